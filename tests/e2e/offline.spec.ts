import { expect } from '@playwright/test'
import { createApi } from '../../tools/desk/api.ts'
import { signIn, test } from './console.ts'
import { withFolder } from './electron.ts'
import { openThread, sitDown } from './seat.ts'

type OnPhone = { text?: { body: string }; status: string }

test('a reply written without the server survives the console being killed and leaves once', async ({
  desk,
}, { project }) => {
  test.skip(process.platform === 'win32', 'pkill ends the console here')
  const control = createApi(`${desk.simulatorUrl}/control`)
  const person = { name: 'Uwe Harmsen', phone: '+49 171 39200552', reads: true }
  const { id } = await control.post<{ id: string }>('/customers', person)
  const question = 'Wann kommt der Monteur?'
  await control.post(`/customers/${id}/messages`, { type: 'text', text: { body: question } })
  const answer = 'Am Dienstag zwischen acht und zehn Uhr.'

  await withFolder(async (folder) => {
    const before = await sitDown(project.name, desk.url, folder)
    await signIn(before.page, desk, 'Anna Krüger')
    await openThread(before.page, person.name)
    await expect(before.page.getByText(question).last()).toBeVisible()
    await expect(before.page.getByText('Verbunden')).toBeVisible()

    const startServer = await desk.withoutServer()
    await expect(before.page.getByText(/Keine Verbindung/).first()).toBeVisible()
    await before.page.getByRole('textbox', { name: `Antwort an ${person.name}` }).fill(answer)
    await before.page.keyboard.press('Enter')
    await expect(
      before.page.getByRole('article', { name: /wartet/ }).getByText(answer),
    ).toBeVisible()
    await before.kill()

    const after = await sitDown(project.name, desk.url, folder)
    await openThread(after.page, person.name)
    await expect(after.page.getByText(question).last()).toBeVisible()
    await expect(
      after.page.getByRole('article', { name: /wartet/ }).getByText(answer),
    ).toBeVisible()

    await startServer()
    const onPhone = async () => {
      const { items } = await control.get<{ items: OnPhone[] }>(`/customers/${id}/messages`)
      return items.map(({ text, status }) => ({ text: text?.body, status }))
    }
    await expect.poll(onPhone, { timeout: 45_000 }).toEqual([{ text: answer, status: 'read' }])
    await expect(
      after.page.getByRole('article', { name: /gelesen/ }).getByText(answer),
    ).toBeVisible()
    const { items } = await control.get<{ items: { to: string }[] }>('/accepted')
    expect(items.filter(({ to }) => to.replace(/\D/g, '') === '4917139200552')).toHaveLength(1)
    await after.kill()
  })
})
