import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { createApi } from '../../tools/desk/api.ts'
import { signIn, test } from './console.ts'

test('a contact’s voice note plays, and a document is saved whole', async ({
  page,
  desk,
}, info) => {
  const control = createApi(`${desk.simulatorUrl}/control`)
  const person = { name: 'Insa Thomsen', phone: '+49 171 39200571' }
  const { id } = await control.post<{ id: string }>('/customers', person)
  await control.post(`/customers/${id}/messages`, { type: 'audio', audio: {} })
  await control.post(`/customers/${id}/messages`, { type: 'document', document: {} })
  await signIn(page, desk, 'Anna Krüger')
  await page.getByRole('link', { name: /Alle offenen/ }).click()
  await page.getByRole('option', { name: /Insa Thomsen/ }).click()

  await page.getByRole('button', { name: 'Abspielen: Sprachnachricht' }).click()
  await expect(page.getByRole('slider', { name: /Sprachnachricht/ })).toBeVisible()
  await expect
    .poll(() => page.locator('audio').evaluate((sound: HTMLAudioElement) => sound.currentTime))
    .toBeGreaterThan(0)

  // Electron asks the person where to, and tells Playwright of no download.
  if (info.project.name === 'desktop') return
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /Anlage\.pdf herunterladen/ }).click()
  const path = await (await saved).path()
  expect((await readFile(path)).subarray(0, 5).toString()).toBe('%PDF-')
})
