import { expect, type Page } from '@playwright/test'
import { createApi } from '../../tools/desk/api.ts'
import type { Desk } from '../../tools/desk.ts'
import { faults } from './axe.ts'
import { signIn, test } from './console.ts'

type Account = { numbers: { id: string; displayPhone: string }[] }

const control = (desk: Desk) => createApi(`${desk.simulatorUrl}/control`)
const ledger = (page: Page) =>
  page.getByRole('table', { name: 'Was WhatsApp über die Nummer sagt' })
const row = (page: Page, name: RegExp) => ledger(page).getByRole('row', { name })

async function firstNumber(desk: Desk) {
  const [number] = (await control(desk).get<Account>('/account')).numbers
  if (number === undefined) throw new Error('bug: the demo firm has no number')
  return number
}

async function openVerification(page: Page, desk: Desk, who: string): Promise<void> {
  await signIn(page, desk, who)
  await page.getByRole('link', { name: /^Verifizierung/ }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Verifizierung' })).toBeVisible()
  await expect(ledger(page)).toBeVisible()
}

test('a supervisor sees a drop of quality arrive, with what to do and since when', async ({
  page,
  desk,
}) => {
  const { id, displayPhone } = await firstNumber(desk)
  const patch = (change: object) => control(desk).patch(`/numbers/${id}`, change)
  await patch({ quality: 'GREEN' })
  await openVerification(page, desk, 'Jonas Petersen')
  await page.getByRole('link', { name: displayPhone }).click()
  await expect(row(page, /^Qualität/)).toContainText('Hoch')

  await test.step('it arrives by itself', async () => {
    await patch({ quality: 'YELLOW' })
    await expect(page.getByRole('article', { name: /Qualität ist auf „Mittel“/ })).toBeVisible()
    await expect(row(page, /^Qualität/)).toContainText('Mittel')
    await expect(page.getByRole('link', { name: /^Verifizierung, / })).toBeVisible()
    await expect(page.getByRole('link', { name: new RegExp(`Zu prüfen.*gesunken`) })).toBeVisible()
  })

  await test.step('the history tells the same, and can be narrowed to it', async () => {
    const timeline = page.getByRole('region', { name: 'Verlauf' })
    const entry = timeline.getByRole('listitem').filter({ hasText: 'Qualität' }).first()
    await expect(entry).toContainText(/Hoch.*Mittel/)
    await timeline.getByRole('combobox', { name: 'Verlauf filtern' }).selectOption('quality')
    await expect(entry).toContainText(/Hoch.*Mittel/)
  })

  await test.step('a supervisor reads and does not act', async () => {
    await expect(page.getByText(/^Nur zum Lesen/)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Eingriffe' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Jetzt prüfen' })).toHaveCount(0)
  })
  await patch({ quality: 'GREEN' })
})

test('an agent answers “is it really you?” from the thread, and acts on nothing', async ({
  page,
  desk,
}) => {
  await signIn(page, desk, 'Anna Krüger')
  await page.getByRole('option', { name: /Dörte Müller-Lüdenscheidt/ }).click()
  await page.getByRole('button', { name: /^über \+49/ }).click()
  const card = page.getByRole('dialog', { name: 'Unsere Nummer' })
  await expect(card).toContainText('Nordwerk')
  await card.getByRole('button', { name: 'Echtheit erklären' }).click()
  await expect(card).toHaveCount(0)
  const field = page.getByRole('textbox', { name: /^Antwort an/ })
  await expect(field).toBeFocused()
  await expect(field).toHaveValue(/Unser Name bei WhatsApp ist|Unsere Nummer ist/)
  await field.fill('')

  await page.keyboard.press('Alt+Shift+Digit3')
  await expect(ledger(page)).toBeVisible()
  await expect(page.getByText(/^Nur zum Lesen/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Eingriffe' })).toHaveCount(0)
  await page.keyboard.press('Alt+Shift+Digit1')
  await expect(page.getByRole('textbox', { name: /^Antwort an/ })).toBeVisible()
})

test('an administrator sets a PIN by keyboard, and the history names who did it', async ({
  page,
  desk,
}) => {
  await openVerification(page, desk, 'Maren Lorenz')
  await page.getByRole('button', { name: 'Eingriffe' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('p')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /^PIN setzen/ })
  await expect(dialog.getByLabel('PIN', { exact: true })).toBeFocused()
  await page.keyboard.type('204815')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('Die PIN ist gesetzt.')).toBeVisible()
  const timeline = page.getByRole('region', { name: 'Verlauf' })
  await expect(timeline.getByRole('listitem').filter({ hasText: 'PIN gesetzt' })).toContainText(
    'Maren Lorenz',
  )
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing bars the way through the verification, in either language (${colorScheme})`, async ({
    page,
    desk,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await openVerification(page, desk, 'Maren Lorenz')
    await page.getByRole('region', { name: 'Verlauf' }).waitFor()
    expect(await faults(page)).toEqual([])

    await page.getByRole('button', { name: 'Eingriffe' }).click()
    await page.getByRole('menuitem', { name: 'Nummer abmelden' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Nummer abmelden' }).click()
    await dialog.getByText(/^Das ist nicht/).waitFor()
    expect(await faults(page)).toEqual([])
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Einstellungen' }).click()
    await page.getByRole('menuitemradio', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Verification' }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click()
    await page.getByRole('heading', { level: 1, name: 'Verifizierung' }).waitFor()
  })
}
