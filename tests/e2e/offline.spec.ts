import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { chromium, expect, type Page } from '@playwright/test'
import { findChromium } from '../../tools/chromium.ts'
import { createApi } from '../../tools/desk/api.ts'
import { signIn, test } from './console.ts'
import { startDesktop, withFolder } from './electron.ts'

type Seat = { page: Page; kill(): Promise<void> }

/** A console that keeps what it has in `folder`, and can be killed and started again on it. */
async function sitDown(project: string, url: string, folder: string): Promise<Seat> {
  if (project === 'desktop') {
    const { app, page } = await startDesktop(folder, { KONTOR_SERVER_URL: url })
    const process = app.process()
    return {
      page,
      async kill() {
        const closed = app.waitForEvent('close')
        process.kill('SIGKILL')
        await closed
        await endAll(folder)
      },
    }
  }
  const { executablePath, args } = await findChromium()
  const options = { executablePath, locale: 'de-DE', viewport: { width: 1440, height: 900 } }
  const context = await chromium.launchPersistentContext(folder, {
    ...options,
    args: [...args, '--accept-lang=de-DE'],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  await page.goto(url)
  return {
    page,
    async kill() {
      const closed = context.waitForEvent('close')
      await endAll(folder)
      await closed
    },
  }
}

/** Ends every process that works on `folder`, at once. */
async function endAll(folder: string): Promise<void> {
  await promisify(execFile)('pkill', ['-9', '-f', folder]).catch(() => undefined) // 1: there is none
}

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

async function openThread(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: /Alle offenen/ }).click()
  await page
    .getByRole('listbox', { name: 'Unterhaltungen' })
    .getByRole('option', { name: new RegExp(name) })
    .click()
}
