import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from '@playwright/test'
import { findChromium } from './chromium.ts'
import { buildConsole } from './desk/build.ts'
import { startDesk, type Desk } from './desk.ts'
import { say } from './say.mjs'
import { root } from './setup.mjs'

/** Photographs the console on a demo desk for docs/: `npm run pictures`. */
type Shot = {
  file: string
  language: 'de' | 'en'
  scheme: 'light' | 'dark'
  width: number
  height: number
}

const large = { width: 1440, height: 900 }
const small = { width: 1024, height: 700 }
const shots: Shot[] = [
  { file: 'inbox-light-de', language: 'de', scheme: 'light', ...large },
  { file: 'inbox-dark-de', language: 'de', scheme: 'dark', ...large },
  { file: 'inbox-light-en', language: 'en', scheme: 'light', ...large },
  { file: 'inbox-dark-en', language: 'en', scheme: 'dark', ...large },
  { file: 'inbox-light-de-small', language: 'de', scheme: 'light', ...small },
  { file: 'inbox-dark-en-small', language: 'en', scheme: 'dark', ...small },
]
const shown = /Dörte Müller-Lüdenscheidt/

const folder = await mkdtemp(join(tmpdir(), 'kontor-pictures-'))
await buildConsole({ withWindow: false })
const desk = await startDesk({ folder, port: 0, simulatorPort: 0, isEmpty: false, say })
const browser = await chromium.launch(await findChromium())
try {
  for (const shot of shots) await take(browser, desk, shot)
} finally {
  await browser.close()
  await desk.close()
  await rm(folder, { recursive: true, force: true })
}

async function take(browser: Browser, desk: Desk, shot: Shot): Promise<void> {
  const { language, scheme, width, height, file } = shot
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(desk.url)
  await page
    .getByRole('radio', { name: language === 'de' ? 'Deutsch' : 'English' })
    .check({ force: true })
  const [me] = desk.users
  if (me === undefined) throw new Error('bug: nobody to sign in')
  await page.getByLabel(/^E-?mail/i).fill(me.email)
  await page.locator('input[type=password]').fill(me.password)
  await page.keyboard.press('Enter')
  await page.getByRole('option').first().waitFor()
  await page.goto(`${desk.url}/#/inbox/open`)
  const conversation = page.getByRole('option', { name: shown })
  const id = await conversation.getAttribute('data-conversation')
  await page.goto(`${desk.url}/#/inbox/open/${id}`)
  await page.getByRole('log').waitFor()
  await page.getByRole('article').last().waitFor()
  await page.evaluate('document.fonts.ready.then(() => null)')
  await page.mouse.move(width / 2, 4)
  await page.screenshot({ path: join(root, 'docs', `${file}.png`), animations: 'disabled' })
  say(`docs/${file}.png`)
  await context.close()
}
