import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { createApi } from '../../tools/desk/api.ts'
import { signIn, test } from './console.ts'

test('what is held is found and opened with the server gone', async ({ page, desk }, info) => {
  const control = createApi(`${desk.simulatorUrl}/control`)
  const person = { name: 'Jürgen Groß', phone: '+49 171 39200663', reads: true }
  const { id } = await control.post<{ id: string }>('/customers', person)
  const say = (body: string) =>
    control.post(`/customers/${id}/messages`, { type: 'text', text: { body } })
  await say('Meine Bestellung 7311-0942 fehlt noch.')
  // Enough that the first is not on the first page.
  for (let at = 1; at <= 70; at += 1) await say(`Nachtrag ${at}`)

  await signIn(page, desk, 'Anna Krüger')
  await page.getByRole('link', { name: /Alle offenen/ }).click()
  const list = page.getByRole('listbox', { name: 'Unterhaltungen' })
  await expect(list.getByRole('option', { name: /Jürgen Groß.*Nachtrag 70/ })).toBeVisible()

  const startServer = await desk.withoutServer()
  await expect(page.getByText(/Keine Verbindung/).first()).toBeVisible()

  await test.step('by part of a number, at the message itself', async () => {
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Suchen oder Befehl eingeben' })
    await expect(field).toBeFocused()
    await field.fill('0942')
    const found = page.getByRole('option', { name: /7311-0942/ })
    await expect(found.locator('mark')).toHaveText('0942')
    await found.click()
    await expect(field).toBeHidden()
    const message = page.getByRole('article').filter({ hasText: '7311-0942' })
    await expect(message).toBeInViewport()
    await expect(message).toBeFocused()
    await expect(page.getByText(/zu weit zurück/)).toBeHidden()
    await expect(page).not.toHaveURL(/\/inbox\/open\/[^/]+\/./)
  })

  await test.step('by a name without its umlaut, ready to answer', async () => {
    await page.keyboard.press('Alt+Shift+K')
    await page.getByRole('combobox').fill('juergen gross')
    await expect(page.getByRole('option', { name: /Jürgen Groß/ }).first()).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'Antwort an Jürgen Groß' })).toBeFocused()
  })

  await test.step('in light and dark, and without a barrier', async () => {
    const opener = page.getByRole('button', { name: 'Suchen oder Befehl eingeben' })
    await opener.click()
    await page.getByRole('combobox').fill('paket')
    await expect(page.getByRole('option').first()).toBeVisible()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await faults(page)).toEqual([])
      await page.screenshot({ path: info.outputPath(`search-${colorScheme}.png`) })
    }
    await page.keyboard.press('Escape')
    await expect(opener).toBeFocused()
  })
  await startServer()
})

/** What axe finds against WCAG 2.2 A and AA, and where. */
async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))
}
