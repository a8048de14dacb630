import { randomBytes } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import sharp from 'sharp'
import { createApi } from '../../tools/desk/api.ts'
import { signIn, test } from './console.ts'
import { withFolder } from './electron.ts'
import { openThread, sitDown } from './seat.ts'

type OnPhone = { type: string; text?: { body: string } }
const replies = Array.from({ length: 10 }, (_, at) => `Antwort ${at + 1} von zehn.`)
/** After so many of them comes the photo. */
const photoAfter = 5
const written = [...replies.slice(0, photoAfter), 'image', ...replies.slice(photoAfter)]

async function aPhoto(): Promise<Buffer> {
  const raw = { width: 400, height: 300, channels: 3 as const }
  return sharp(randomBytes(raw.width * raw.height * 3), { raw })
    .png()
    .toBuffer()
}

test('ten replies, a photo and an assignment made without a network are there once and in order', async ({
  desk,
}, { project }) => {
  test.skip(process.platform === 'win32', 'pkill ends the console here')
  test.setTimeout(180_000)
  const control = createApi(`${desk.simulatorUrl}/control`)
  const person = { name: 'Grete Oltmanns', phone: '+49 171 39200554' }
  const { id } = await control.post<{ id: string }>('/customers', person)
  const question = 'Wie sieht die Reparatur aus?'
  await control.post(`/customers/${id}/messages`, { type: 'text', text: { body: question } })
  const photo = { name: 'reparatur.png', mimeType: 'image/png', buffer: await aPhoto() }

  await withFolder(async (folder) => {
    const before = await sitDown(project.name, desk.url, folder)
    await signIn(before.page, desk, 'Anna Krüger')
    await openThread(before.page, person.name)
    await expect(before.page.getByText(question).last()).toBeVisible()
    await expect(before.page.getByText('Verbunden')).toBeVisible()

    const startServer = await desk.withoutServer()
    await expect(before.page.getByText(/Keine Verbindung/).first()).toBeVisible()
    for (const [at, text] of replies.entries()) {
      if (at === photoAfter) await sendPhoto(before.page, photo)
      await before.page.getByRole('textbox', { name: `Antwort an ${person.name}` }).fill(text)
      await before.page.keyboard.press('Enter')
      await expect(waiting(before.page).getByText(text)).toBeVisible()
    }
    await before.page.getByRole('button', { name: 'Mir zuweisen' }).click()
    await expect(before.page.getByText('Anna Krüger hat übernommen')).toBeVisible()
    await before.kill()

    const after = await sitDown(project.name, desk.url, folder)
    await openThread(after.page, person.name)
    await expect(waiting(after.page)).toHaveCount(written.length)
    await expectPhoto(after.page)
    await expect(after.page.getByText('Wartet auf den Upload')).toBeVisible()

    await startServer()
    const onPhone = async () => {
      const { items } = await control.get<{ items: OnPhone[] }>(`/customers/${id}/messages`)
      return items.map(({ type, text }) => text?.body ?? type)
    }
    await expect.poll(onPhone, { timeout: 90_000 }).toEqual(written)
    await expect(waiting(after.page)).toHaveCount(0)
    await expect(after.page.getByText('Wartet auf den Upload')).toHaveCount(0)
    await expectPhoto(after.page)
    await expect(after.page.getByText('Anna Krüger hat übernommen')).toHaveCount(1)
    const { items } = await control.get<{ items: { to: string }[] }>('/accepted')
    const called = items.filter(({ to }) => to.replace(/\D/g, '') === '4917139200554')
    expect(called).toHaveLength(written.length)
    await after.kill()
  })
})

/** Messages that only this machine has so far. */
function waiting(page: Page) {
  return page.getByRole('article', { name: /wartet/ })
}

async function sendPhoto(
  page: Page,
  photo: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  const before = await waiting(page).count()
  await page.locator('input[type=file]').first().setInputFiles(photo)
  await expect(page.getByRole('list', { name: 'Anhänge' }).getByText(/KB$/)).toBeVisible()
  await page.getByRole('button', { name: 'Senden', exact: true }).click()
  await expect(waiting(page)).toHaveCount(before + 1)
  await expectPhoto(page)
}

/** Not its empty frame: the picture itself. */
async function expectPhoto(page: Page): Promise<void> {
  const shown = page.getByRole('article').getByRole('img', { name: /^Foto/ })
  await expect(shown).toBeVisible()
  const width = () => shown.evaluate((image) => (image as HTMLImageElement).naturalWidth)
  await expect.poll(width).toBe(400)
}
