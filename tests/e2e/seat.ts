import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { findChromium } from '../../tools/chromium.ts'
import { startDesktop } from './electron.ts'

type Seat = { page: Page; kill(): Promise<void> }

/** A console that keeps what it has in `folder`, and can be killed and started again on it. */
export async function sitDown(project: string, url: string, folder: string): Promise<Seat> {
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

export async function openThread(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: /Alle offenen/ }).click()
  await page
    .getByRole('listbox', { name: 'Unterhaltungen' })
    .getByRole('option', { name: new RegExp(name) })
    .click()
}
