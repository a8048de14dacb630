import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type Page } from '@playwright/test'
import { findChromium } from './chromium.ts'
import { buildConsole } from './desk/build.ts'
import { startDesk, type Desk } from './desk.ts'
import { dropQuality, takeStates, takeVerification } from './pictures/verification.ts'
import { playWhatContactsSend } from './pictures/what-contacts-send.ts'
import { playWhatWeSend } from './pictures/what-we-send.ts'
import type { Language } from './pictures/words.ts'
import { say } from './say.mjs'
import { root } from './setup.mjs'

/**
 * Photographs the console on a demo desk for docs/: `npm run pictures`, or of it only what is named:
 * `npm run pictures -- types verification`.
 */
type Look = { language: Language; scheme: 'light' | 'dark'; width: number; height: number }

const large = { width: 1440, height: 900 }
const small = { width: 1024, height: 700 }
const languages: Language[] = ['de', 'en']
const schemes = ['light', 'dark'] as const
const wanted = process.argv.slice(2)
const isWanted = (what: string) => wanted.length === 0 || wanted.includes(what)

const folder = await mkdtemp(join(tmpdir(), 'kontor-pictures-'))
await buildConsole({ withWindow: false })
const desk = await startDesk({ folder, port: 0, simulatorPort: 0, isEmpty: false, say })
const browser = await chromium.launch(await findChromium())
try {
  if (isWanted('inbox')) await takeInboxes(browser, desk)
  if (isWanted('types')) await takeTypes(browser, desk)
  if (isWanted('verification')) await takeVerifications(browser, desk)
} finally {
  await browser.close()
  await desk.close()
  await rm(folder, { recursive: true, force: true })
}

async function takeInboxes(browser: Browser, desk: Desk): Promise<void> {
  for (const language of languages)
    for (const scheme of schemes)
      for (const size of [large, small]) {
        const page = await openInbox(browser, desk, { language, scheme, ...size })
        await openConversation(page, desk, /Dörte Müller-Lüdenscheidt/)
        await page.mouse.move(size.width / 2, 4)
        const ending = size === small ? '-small' : ''
        await save(page, `inbox-${scheme}-${language}${ending}`)
      }
}

async function takeTypes(browser: Browser, desk: Desk): Promise<void> {
  for (const language of languages) {
    say(`Playing every kind of message (${language}) …`)
    const shown = {
      in: await playWhatContactsSend(desk, language),
      out: await playWhatWeSend(desk, language),
    }
    for (const scheme of schemes) {
      const page = await openInbox(browser, desk, { language, scheme, ...small })
      for (const [side, name] of Object.entries(shown)) {
        await openConversation(page, desk, new RegExp(name))
        await takeThread(page, `types-${side}-${scheme}-${language}`)
      }
      await page.context().close()
    }
  }
}

async function takeVerifications(browser: Browser, desk: Desk): Promise<void> {
  await dropQuality(desk)
  for (const language of languages)
    for (const scheme of schemes) {
      const page = await openInbox(browser, desk, { language, scheme, ...large })
      await takeVerification(page, desk, `${scheme}-${language}`)
      await page.context().close()
    }
  await takeStates(browser)
}

/** The whole thread, as high as it is. */
async function takeThread(page: Page, file: string): Promise<void> {
  await page.setViewportSize({ width: small.width, height: 6_000 })
  await playSound(page)
  await page.locator('article .frame:not(:has(img))').first().waitFor({ state: 'detached' })
  const height = await page.evaluate<number>(
    "[...document.querySelector('[role=log] .rows').children].reduce((sum, row) => sum + row.scrollHeight + 9, 0)",
  )
  await page.setViewportSize({ width: small.width, height: Math.ceil(height) + 420 })
  const path = join(root, 'docs', `${file}.png`)
  await page.locator('section.conversation').screenshot({ path, animations: 'disabled' })
  say(`docs/${file}.png`)
}

/** A moment of the first sound, so that its shape is seen. */
async function playSound(page: Page): Promise<void> {
  const sound = /: (Sprachnachricht|Voice message)$/
  await page
    .getByRole('button', { name: new RegExp(`^(Abspielen|Play)${sound.source}`) })
    .first()
    .click()
  const pause = page.getByRole('button', { name: new RegExp(`^(Anhalten|Pause)${sound.source}`) })
  await pause.waitFor()
  await page.waitForTimeout(600)
  await pause.click()
}

async function openInbox(browser: Browser, desk: Desk, look: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.scheme,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(desk.url)
  await page
    .getByRole('radio', { name: look.language === 'de' ? 'Deutsch' : 'English' })
    .check({ force: true })
  const [me] = desk.users
  if (me === undefined) throw new Error('bug: nobody to sign in')
  await page.getByLabel(/^E-?mail/i).fill(me.email)
  await page.locator('input[type=password]').fill(me.password)
  await page.keyboard.press('Enter')
  await page.getByRole('option').first().waitFor()
  return page
}

async function openConversation(page: Page, desk: Desk, name: RegExp): Promise<void> {
  await page.goto(`${desk.url}/#/inbox/open`)
  const id = await page.getByRole('option', { name }).getAttribute('data-conversation')
  await page.goto(`${desk.url}/#/inbox/open/${id}`)
  await page.getByRole('log').waitFor()
  await page.getByRole('article').last().waitFor()
  await page.evaluate('document.fonts.ready.then(() => null)')
}

async function save(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: join(root, 'docs', `${file}.png`), animations: 'disabled' })
  say(`docs/${file}.png`)
  await page.context().close()
}
