import { expect } from '@playwright/test'
import { createApi } from '../../tools/desk/api.ts'
import { faults } from './axe.ts'
import { signIn, test } from './console.ts'
import { doubtWhoIs } from './people.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing bars the way to sign-in and inbox (${colorScheme})`, async ({
    page,
    desk,
  }, info) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.getByRole('button', { name: 'Anmelden' }).waitFor()
    expect(await faults(page)).toEqual([])

    await signIn(page, desk, 'Anna Krüger')
    await page.getByRole('option', { name: /Dörte Müller-Lüdenscheidt/ }).click()
    await page.getByRole('textbox', { name: /^Antwort an/ }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.screenshot({ path: info.outputPath(`inbox-${colorScheme}.png`) })
  })

  test(`nothing bars the way through the dialogs (${colorScheme})`, async ({
    page,
    desk,
  }, info) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await signIn(page, desk, 'Anna Krüger')
    await page.getByRole('option', { name: /Dörte Müller-Lüdenscheidt/ }).click()
    await page.getByRole('textbox', { name: /^Antwort an/ }).waitFor()
    const dialog = page.getByRole('dialog')

    await test.step('templates, with something missing', async () => {
      await page.getByRole('button', { name: 'Vorlagen' }).click()
      await dialog
        .getByRole('option', { name: /lieferung unterwegs/ })
        .first()
        .click()
      await dialog.getByRole('button', { name: 'Senden' }).click()
      await dialog.getByText('Fehlt noch.').first().waitFor()
      expect(await faults(page)).toEqual([])
      await page.screenshot({ path: info.outputPath(`templates-${colorScheme}.png`) })
      await page.keyboard.press('Escape')
    })

    await test.step('buttons', async () => {
      await page.getByRole('button', { name: 'Schaltflächen senden' }).click()
      await dialog.getByRole('textbox', { name: /^Text/ }).waitFor()
      expect(await faults(page)).toEqual([])
      await page.keyboard.press('Escape')
    })

    await test.step('two contacts side by side', async () => {
      const control = createApi(`${desk.simulatorUrl}/control`)
      const name = await doubtWhoIs(control, colorScheme)
      await page.getByRole('link', { name: /Alle offenen/ }).click()
      await page.getByRole('option', { name: new RegExp(name) }).click()
      await page.getByRole('button', { name: 'Vergleichen' }).click()
      await dialog.getByRole('button', { name: 'Zusammenführen' }).waitFor()
      expect(await faults(page)).toEqual([])
      await page.screenshot({ path: info.outputPath(`merge-${colorScheme}.png`) })
    })
  })
}
