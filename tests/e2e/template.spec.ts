import { expect } from '@playwright/test'
import { createApi } from '../../tools/desk/api.ts'
import { signIn, test } from './console.ts'

type OnPhone = { type: string; template?: { name: string }; status: string }

test('when the window is closed a template is chosen, filled in and read, all by keyboard', async ({
  page,
  desk,
}) => {
  const control = createApi(`${desk.simulatorUrl}/control`)
  const dialog = page.getByRole('dialog', { name: /Vorlage senden/ })
  const person = { name: 'Hanne Jessen', phone: '+49 171 39200561', reads: true }
  const { id } = await control.post<{ id: string }>('/customers', person)

  await test.step('somebody wrote the day before yesterday', async () => {
    const timestamp = String(Math.floor(Date.now() / 1000) - 47 * 3600)
    const message = { type: 'text', text: { body: 'Wann kommt der Techniker?' }, timestamp }
    await control.post(`/customers/${id}/messages`, message)
    await signIn(page, desk, 'Anna Krüger')
    await page.getByRole('link', { name: /Alle offenen/ }).click()
    // The newest stand first, and a long list shows only what is in sight.
    await page.getByRole('option').first().press('End')
    await page.getByRole('option', { name: /Hanne Jessen/ }).click()
    await expect(page.getByText(/Das Antwortfenster ist seit .* zu\./)).toBeVisible()
    await expect(page.getByRole('textbox')).toHaveCount(0)
  })

  await test.step('a template is found and filled in', async () => {
    await page.getByRole('button', { name: 'Vorlage wählen' }).press('Enter')
    await expect(dialog.getByRole('combobox', { name: 'Vorlage suchen' })).toBeFocused()
    await page.keyboard.type('erinnern an ihren')
    await expect(dialog.getByRole('option', { name: /termin erinnerung/ })).toBeVisible()
    await page.keyboard.press('Enter')
    for (const value of ['Frau Jessen', '3. Dezember', '10']) {
      await page.keyboard.type(value)
      await page.keyboard.press('Tab')
    }
    await expect(dialog.getByText(/Guten Tag Frau Jessen, wir erinnern/)).toBeVisible()
  })

  await test.step('it goes out once, and its ticks come back', async () => {
    await page.keyboard.press('Control+Enter')
    await expect(dialog).toHaveCount(0)
    await expect(
      page.getByRole('article', { name: /gelesen/ }).getByText(/Termin am 3\. Dezember um 10 Uhr/),
    ).toBeVisible()
    const { items } = await control.get<{ items: OnPhone[] }>(`/customers/${id}/messages`)
    expect(items.map(({ type, template }) => [type, template?.name])).toEqual([
      ['template', 'termin_erinnerung'],
    ])
  })

  await test.step('focus is back where one goes on', async () => {
    await expect(page.getByRole('button', { name: 'Vorlage wählen' })).toBeFocused()
  })
})
