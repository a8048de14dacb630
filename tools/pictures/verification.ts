import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { createServer, type ViteDevServer } from 'vite'
import { createApi } from '../desk/api.ts'
import type { Desk } from '../desk.ts'
import { say } from '../say.mjs'
import { root } from '../setup.mjs'

const size = { width: 1440, height: 900 }

/** What of the verification centre a demo desk never shows, from the gallery's made-up numbers. */
const states = [
  { name: 'never-checked', wishes: 'numbers=never&role=administrator' },
  { name: 'refused-token', wishes: 'numbers=refused&role=administrator' },
  { name: 'read-only', wishes: 'numbers=three&role=supervisor' },
  { name: 'ten-numbers', wishes: 'numbers=ten&role=administrator' },
]

/** What a desk shows once the quality of its number has fallen. */
export async function dropQuality(desk: Desk): Promise<void> {
  const control = createApi(`${desk.simulatorUrl}/control`)
  const { numbers } = await control.get<{ numbers: { id: string }[] }>('/account')
  const [first] = numbers
  if (first === undefined) throw new Error('bug: the demo firm has no number')
  for (const quality of ['GREEN', 'YELLOW'])
    await control.patch(`/numbers/${first.id}`, { quality })
}

/** The verification centre on a desk somebody is signed in to: the state, and further down the history. */
export async function takeVerification(page: Page, desk: Desk, ending: string): Promise<void> {
  await page.goto(`${desk.url}/#/verification`)
  await isThere(page)
  await page.getByRole('article', { name: /„Mittel“|“Medium”/ }).waitFor()
  await save(page, `verification-${ending}`)
  await page.evaluate("document.querySelector('section.number').scrollTo(0, 1e6)")
  await save(page, `verification-history-${ending}`)
}

/** The states that a demo desk never shows. */
export async function takeStates(browser: Browser): Promise<void> {
  const gallery = await createServer({
    configFile: join(root, 'renderer', 'vite.config.ts'),
    root: join(root, 'renderer'),
    logLevel: 'warn',
    server: { port: 0, host: '127.0.0.1' },
  })
  await gallery.listen()
  try {
    for (const { name, wishes } of states) {
      const page = await open(browser, gallery, wishes)
      await save(page, `verification-${name}`)
      await page.context().close()
    }
  } finally {
    await gallery.close()
  }
}

async function open(browser: Browser, gallery: ViteDevServer, wishes: string): Promise<Page> {
  const context = await browser.newContext({
    viewport: size,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const address = gallery.resolvedUrls?.local[0] ?? ''
  await page.goto(`${address}testing/harness/index.html?${wishes}#/verification`)
  await isThere(page)
  return page
}

async function isThere(page: Page): Promise<void> {
  await page.getByRole('table').waitFor()
  const last = /^(So sehen Kontakte uns|How contacts see us)$/
  await page.getByRole('heading', { name: last }).waitFor()
  await page.evaluate('document.fonts.ready.then(() => null)')
}

async function save(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: join(root, 'docs', `${file}.png`), animations: 'disabled' })
  say(`docs/${file}.png`)
}
