import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Browser, type Page } from '@playwright/test'
import { buildConsole } from '../../tools/desk/build.ts'
import { startDesk, type Desk } from '../../tools/desk.ts'
import { findChromium } from '../../tools/chromium.ts'
import { startDesktop } from './electron.ts'

type Own = {
  /** A console nobody has signed in to: a browser's tab, or the desktop's window. */
  page: Page
}
type Shared = {
  /** A demo desk of the tests' own. */
  desk: Desk
  /** Null on the desktop. */
  browserForTests: Browser | null
}

/** The same test for both ways of using the console. */
export const test = base.extend<Own, Shared>({
  desk: [
    // Playwright reads the names of what a fixture needs from its first argument, so it must be a pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use, { project }) => {
      const folder = await mkdtemp(join(tmpdir(), 'kontor-e2e-'))
      const said: string[] = []
      await buildConsole({ withWindow: project.name === 'desktop' })
      const desk = await startDesk({
        folder,
        port: 0,
        simulatorPort: 0,
        isEmpty: false,
        say: (text) => said.push(text),
        onServerLine: (line) => said.push(line),
      })
      await use(desk)
      await desk.close()
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker', timeout: 240_000 },
  ],

  browserForTests: [
    async ({ playwright }, use, { project }) => {
      if (project.name === 'desktop') return use(null)
      const chromium = await findChromium()
      // The language of workers, where the console lives, is the browser's and not the page's.
      const args = [...chromium.args, '--accept-lang=de-DE']
      const browser = await playwright.chromium.launch({ ...chromium, args })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  page: async ({ desk, browserForTests, locale, timezoneId, viewport }, use) => {
    if (browserForTests) {
      const context = await browserForTests.newContext({
        ...(locale ? { locale } : {}),
        ...(timezoneId ? { timezoneId } : {}),
        viewport,
      })
      const page = await context.newPage()
      await page.goto(desk.url)
      await use(page)
      return context.close()
    }
    const folder = await mkdtemp(join(tmpdir(), 'kontor-window-'))
    const { app, page } = await startDesktop(folder, { KONTOR_SERVER_URL: desk.url })
    await use(page)
    await app.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
})

/** Signs the person in, and waits for their inbox. */
export async function signIn(page: Page, desk: Desk, name: string): Promise<void> {
  const user = desk.users.find((one) => one.name === name)
  if (!user) throw new Error(`nobody here is called ${name}`)
  await page.getByLabel('E-Mail').fill(user.email)
  await page.getByLabel('Passwort').fill(user.password)
  await page.getByRole('button', { name: 'Anmelden' }).click()
  await page.getByRole('listbox', { name: 'Unterhaltungen' }).waitFor()
}
