import sharp from 'sharp'
import { expect, test } from 'vitest'
import { must } from '../../core/lib/must.ts'
import { aSignedInConsole, soon } from './whole-desk.ts'

/** An administrator's console that knows the firm's numbers, and the first of them. */
async function atOurNumber() {
  const { api, control } = await aSignedInConsole()
  const numbers = async () => (await api.call('directory.all', {})).numbers
  await expect.poll(async () => (await numbers()).length, soon).toBeGreaterThan(0)
  const number = must((await numbers())[0], 'number')
  return { api, control, numbers, numberId: number.id, number }
}

test('an administrator’s console reads and changes what contacts see of a number', async () => {
  const { api, numberId } = await atOurNumber()
  const changed = await api.call('profile.set', {
    numberId,
    change: { about: 'Werktags von 8 bis 18 Uhr', websites: ['https://nordwerk.example'] },
  })
  expect(changed.profile.about).toBe('Werktags von 8 bis 18 Uhr')
  expect(await api.call('profile.get', { numberId })).toMatchObject({ profile: changed.profile })
  const create = { width: 800, height: 600, channels: 3 as const, background: '#1f6f78' }
  const png = new Uint8Array(await sharp({ create }).png().toBuffer())
  const crop = { left: 100, top: 0, side: 600 }
  const file = { bytes: png, mime: 'image/png', crop }
  expect(await api.call('profile.set-picture', { numberId, ...file })).toMatchObject({
    hasPicture: true,
  })
  const picture = must(await api.call('profile.picture', { numberId }), 'picture')
  expect((await sharp(picture.bytes).metadata()).width).toBe(640)

  const components = { iceBreakers: ['Wo ist mein Paket?'], commands: [], hasWelcome: false }
  await api.call('components.set', { numberId, components })
  expect(await api.call('components.get', { numberId })).toMatchObject({ components })

  const { code } = await api.call('short-link.add', { numberId, text: 'Eine Frage' })
  await api.call('short-link.change', { numberId, code, text: 'Noch eine Frage' })
  const qr = await api.call('short-link.qr', { numberId, code, format: 'png' })
  expect((await sharp(qr.bytes).metadata()).width).toBe(1200)
  const { items } = await api.call('short-link.list', { numberId })
  expect(items).toMatchObject([{ code, text: 'Noch eine Frage' }])
  await api.call('short-link.remove', { numberId, code })
  expect((await api.call('short-link.list', { numberId })).items).toEqual([])
})

test('a contact is blocked and unblocked, a reply delivered costs nothing yet, and the explanation can be checked', async () => {
  const { api, control, numbers } = await atOurNumber()
  const person = { name: 'Ada Beispiel', phone: '+4915112345678' }
  const { id } = await control<{ id: string }>('/customers', person)
  const hello = { type: 'text', text: { body: 'Sind Sie wirklich Nordwerk?' } }
  await control(`/customers/${id}/messages`, hello)
  const inbox = () => api.call('inbox.page', { view: { kind: 'open' }, limit: 10 })
  await expect.poll(async () => (await inbox()).rows.length, soon).toBe(1)
  const { contact, conversation } = must((await inbox()).rows[0], 'conversation')
  const { numberId } = conversation
  const number = must(
    (await numbers()).find(({ id }) => id === numberId),
    'number',
  )

  const { text } = await api.call('explanation.get', { numberId, language: 'de' })
  expect(text).toContain(`„${number.name}“`)
  expect(text).toContain('https://wa.me/')
  const { profile } = await api.call('profile.get', { numberId })
  expect(text).toContain(must(profile.websites[0], 'website'))
  await api.call('message.send', {
    conversationId: conversation.id,
    body: { type: 'text', text },
    basedOn: conversation.lastInbound?.messageId ?? null,
  })
  const delivered = async () => (await api.call('cost.get', {})).items
  await expect
    .poll(delivered, soon)
    .toMatchObject([
      { numberId, country: 'DE', category: 'service', messages: 1, free: 1, amountMicros: 0 },
    ])
  await api.call('cost.set-budget', { budget: { amountMicros: 50_000_000, thresholds: [80] } })
  expect((await api.call('cost.get', { numberId })).budget).toMatchObject({ reached: [] })

  const blocked = await api.call('blocked.add', { numberId, contactId: contact.id })
  expect(await api.call('blocked.list', { numberId, query: 'ada' })).toMatchObject({
    items: [{ key: blocked.key, contact: { id: contact.id } }],
  })
  await api.call('blocked.remove', { numberId, key: blocked.key })
  expect((await api.call('blocked.list', { numberId, contactId: contact.id })).items).toEqual([])
})

test('a firm writes its own explanation; a placeholder that means nothing is named, and an empty text takes it back', async () => {
  const { api, numberId, number } = await atOurNumber()
  const get = () => api.call('explanation.get', { numberId, language: 'en' })
  const set = (template: string) => api.call('explanation.set', { language: 'en', template })
  await set('It is us: {{name}}.\nWe carry {{badge}}.')
  expect(await get()).toMatchObject({ isOwn: true, text: expect.stringContaining('It is us') })
  expect((await get()).text.includes('carry')).toBe(number.isOfficial === true)
  await expect(set('{{firma}}')).rejects.toMatchObject({ code: 'bad-request' })
  await set('')
  expect(await get()).toMatchObject({ isOwn: false, text: expect.stringContaining('really is us') })
})
