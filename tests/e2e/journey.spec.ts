import { expect } from '@playwright/test'
import { createApi } from '../../tools/desk/api.ts'
import { signIn, test } from './console.ts'

type OnPhone = { wamid: string; type: string; text?: { body: string }; status: string }

test('a customer writes, an agent answers, and the ticks come back', async ({ page, desk }) => {
  const control = createApi(`${desk.simulatorUrl}/control`)
  const list = page.getByRole('listbox', { name: 'Unterhaltungen' })

  await test.step('the demo inbox is there after signing in', async () => {
    await signIn(page, desk, 'Anna Krüger')
    await expect(list.getByRole('option', { name: /Dörte Müller-Lüdenscheidt/ })).toBeVisible()
    await page.getByRole('link', { name: /Alle offenen/ }).click()
    await expect(list.getByRole('option', { name: /Thomas Wagner/ })).toBeVisible()
    await expect.poll(() => list.getByRole('option').count()).toBeGreaterThan(9)
  })

  const { id } = await control.post<{ id: string }>('/customers', {
    name: 'Frieda Nissen',
    phone: '+49 171 39200551',
    reads: true,
  })
  await test.step('what a customer writes appears without a reload', async () => {
    await page.evaluate(() => document.body.setAttribute('data-still-here', ''))
    const question = 'Moin, ist meine Bohrmaschine schon unterwegs?'
    await control.post(`/customers/${id}/messages`, { type: 'text', text: { body: question } })
    await list.getByRole('option', { name: /Frieda Nissen/ }).click()
    await expect(page.getByText(question).last()).toBeVisible()
    await expect(page.locator('[data-still-here]')).toHaveCount(1)
  })

  const answer = 'Moin Frau Nissen, sie geht heute Nachmittag raus.'
  const onPhone = async () => {
    const { items } = await control.get<{ items: OnPhone[] }>(`/customers/${id}/messages`)
    return items.map(({ text, status }) => ({ text: text?.body, status }))
  }
  await test.step('the reply is on the phone once, and its ticks turn to read', async () => {
    await page.getByRole('textbox', { name: 'Antwort an Frieda Nissen' }).fill(answer)
    await page.keyboard.press('Enter')
    await expect.poll(onPhone).toEqual([{ text: answer, status: 'read' }])
    await expect(page.getByRole('article', { name: /gelesen/ }).getByText(answer)).toBeVisible()
  })

  await test.step('it left once', async () => {
    const { items } = await control.get<{ items: { to: string }[] }>('/accepted')
    expect(items.filter(({ to }) => to.replace(/\D/g, '') === '4917139200551')).toHaveLength(1)
    expect(await onPhone()).toHaveLength(1)
  })
})
