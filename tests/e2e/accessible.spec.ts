import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { signIn, test } from './console.ts'

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
}

/** What axe finds against WCAG 2.2 A and AA, and where. */
async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    // One injected script instead of a page of its own, which Electron does not give out.
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }))
}
