import { expect, type Page } from '@playwright/test'
import { faults } from './axe.ts'
import { signIn, test } from './console.ts'
import { withFolder } from './electron.ts'
import { openThread, sitDown } from './seat.ts'

const contact = 'Dörte Müller-Lüdenscheidt'
const removal = (name: string) => `Merkmal „${name}“ entfernen`

/** The labels of the open conversation, as its panel shows them. */
const labelsOf = (page: Page) =>
  page.getByRole('region', { name: 'Merkmale' }).getByRole('listitem').allInnerTexts()

test('labels put on and taken off by two without the server come together, and lead to the conversation', async ({
  desk,
  page: annas,
}, { project }) => {
  await withFolder(async (folder) => {
    const seat = await sitDown(project.name, desk.url, folder)
    const jonas = seat.page
    await signIn(annas, desk, 'Anna Krüger')
    await signIn(jonas, desk, 'Jonas Petersen')
    for (const page of [annas, jonas]) {
      await openThread(page, contact)
      await expect.poll(() => labelsOf(page)).toEqual(['Reklamation', 'Stammkundschaft'])
    }

    const startServer = await desk.withoutServer()
    await expect(annas.getByText(/Keine Verbindung/).first()).toBeVisible()
    const row = annas.getByRole('option', { name: new RegExp(contact) })
    await expect(row).toHaveAccessibleName(/ Merkmal Reklamation\. /)
    await row.focus()
    await annas.keyboard.press('l')
    await annas.getByRole('combobox', { name: 'Merkmal suchen' }).fill('ruck')
    await annas.keyboard.press('Enter')
    await expect(annas.getByRole('option', { name: 'Rückruf', selected: true })).toBeVisible()
    expect(await faults(annas)).toEqual([])
    await annas.keyboard.press('Escape')
    await expect(row).toBeFocused()
    await expect(annas.getByText(`${contact}: Merkmal „Rückruf“ hinzugefügt`)).toBeVisible()
    await jonas.getByRole('button', { name: removal('Reklamation') }).click()
    await expect.poll(() => labelsOf(jonas)).toEqual(['Stammkundschaft'])

    await startServer()
    for (const page of [annas, jonas]) {
      await expect
        .poll(() => labelsOf(page), { timeout: 45_000 })
        .toEqual(['Rückruf', 'Stammkundschaft'])
    }

    await jonas.getByRole('button', { name: 'Suchen oder Befehl eingeben' }).click()
    await jonas.getByRole('combobox').fill('# rück')
    await jonas.keyboard.press('Enter')
    await expect(jonas.getByRole('heading', { level: 1, name: 'Rückruf' })).toBeVisible()
    await expect(jonas.getByRole('option', { name: new RegExp(contact) })).toBeVisible()
    await seat.kill()
  })
})
