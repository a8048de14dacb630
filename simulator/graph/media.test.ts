import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { aDesk, type Desk } from '../testing/desk.ts'

async function upload(desk: Desk, bytes: Buffer, fields: Record<string, string>, mime: string) {
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([new Uint8Array(bytes)], { type: mime }), 'file')
  const answer = await fetch(`${desk.url}/v25.0/${desk.numberId}/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.account.token}` },
    body: form,
  })
  return (await answer.json()) as { id: string; error?: { code: number } }
}

const picture = () =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer()

test('a file goes up, is described, comes down the same, and can be sent', async () => {
  await using desk = await aDesk()
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const bytes = await picture()
  const { id } = await upload(desk, bytes, { type: 'image/png' }, 'image/png')

  const { body: media } = await desk.graph(`/v25.0/${id}?phone_number_id=${desk.numberId}`)
  expect(media).toMatchObject({
    id,
    messaging_product: 'whatsapp',
    mime_type: 'image/png',
    file_size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })
  expect(media.url).toContain('/media-cdn/')
  const headers = { authorization: `Bearer ${desk.account.token}` }
  const down = await fetch(media.url as string, { headers })
  expect(Buffer.from(await down.arrayBuffer())).toEqual(bytes)
  expect((await fetch(media.url as string)).status).toBe(400)

  const message = {
    messaging_product: 'whatsapp',
    to: '+4915123456789',
    type: 'image',
    image: { id },
  }
  expect((await desk.graph(`/${desk.numberId}/messages`, message)).status).toBe(200)
})

test('its type may be named as a kind', async () => {
  await using desk = await aDesk()
  expect((await upload(desk, await picture(), { type: 'image' }, 'image/png')).id).toMatch(/^\d+$/)
})

test.each([
  ['a type WhatsApp does not take', 'application/zip', 'application/zip', 100],
  ['a picture called a video', 'video', 'image/png', 100],
  ['Ogg without Opus in it', 'audio/ogg', 'audio/ogg', 100],
])('%s is refused', async (_, type, mime, code) => {
  await using desk = await aDesk()
  expect((await upload(desk, Buffer.from('x'.repeat(100)), { type }, mime)).error?.code).toBe(code)
})

test('a picture over 5 MB is refused', async () => {
  await using desk = await aDesk()
  const { error } = await upload(
    desk,
    Buffer.alloc(5 * 1024 * 1024 + 1, 1),
    { type: 'image/png' },
    'image/png',
  )
  expect(error?.code).toBe(131053)
})

test('an address leads to the file for five minutes, and the file stays for thirty days', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { id } = await upload(desk, await picture(), { type: 'image/png' }, 'image/png')
  const { url } = (await desk.graph(`/${id}`)).body as { url: string }
  const headers = { authorization: `Bearer ${desk.account.token}` }
  await desk.control('/clock', { advanceMs: 5 * 60_000 })
  expect((await fetch(url, { headers })).status).toBe(404)
  expect((await desk.graph(`/${id}`)).status).toBe(200)
  await desk.control('/clock', { advanceMs: 30 * 86_400_000 })
  expect((await desk.graph(`/${id}`)).body.error).toMatchObject({ code: 100, error_subcode: 33 })
})

test('a deleted file, and one of the other number, cannot be had', async () => {
  await using desk = await aDesk()
  const { id } = await upload(desk, await picture(), { type: 'image/png' }, 'image/png')
  const other = desk.account.numbers[1]!.id
  expect((await desk.graph(`/${id}?phone_number_id=${other}`)).status).toBe(400)
  expect((await desk.graph(`/${id}`, undefined, 'DELETE')).body).toEqual({ success: true })
  expect((await desk.graph(`/${id}`)).status).toBe(400)
})
