import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { makePhoto } from '../../media/picture.ts'
import { qrOf } from '../../media/qr.ts'
import { aDesk } from '../../testing/desk.ts'
import { uploadedHandle } from '../../testing/templates.ts'
import { createRandom } from '../../world/random.ts'

const until = { timeout: 5000, interval: 5 }
const product = { messaging_product: 'whatsapp' }

test('whoever is blocked can neither write nor be written to, until unblocked', async () => {
  await using desk = await aDesk()
  const { id, userId } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const path = `/${desk.numberId}/block_users`
  const ada = { ...product, block_users: [{ user: '+49 151 23456789' }] }
  expect((await desk.graph(path, ada)).body).toEqual({
    ...product,
    block_users: { added_users: [{ input: '+49 151 23456789', wa_id: '4915123456789' }] },
  })
  expect((await desk.graph(`${path}?limit=5`)).body.data).toEqual([
    { block_users: [{ input: '+49 151 23456789', wa_id: '4915123456789' }] },
  ])
  expect((await desk.text('+4915123456789', 'x')).body.error.code).toBe(130403)
  await desk.control(`/customers/${id}/messages`, { type: 'text', text: 'Hört ihr mich?' })
  const byId = { ...product, block_users: [{ user_id: userId }] }
  expect((await desk.graph(path, byId, 'DELETE')).body.block_users).toEqual({
    removed_users: [{ input: userId, user_id: userId }],
  })
  await desk.control(`/customers/${id}/messages`, { type: 'text', text: 'Und jetzt?' })
  await expect
    .poll(() => desk.sink.messages().map(({ text }) => text?.body), until)
    .toEqual(['Hallo!', 'Und jetzt?'])
})

test('blocking that works only in part is refused and says of each what became of it', async () => {
  await using desk = await aDesk()
  const { userId } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const users = ['+4915123456789', '+4915199999999', desk.account.numbers[0]!.displayPhoneNumber]
  const { status, body } = await desk.graph(`/${desk.numberId}/block_users`, {
    ...product,
    block_users: [{ user_id: userId }, ...users.slice(1).map((user) => ({ user }))],
  })
  expect(status).toBe(400)
  expect(body).toMatchObject({
    error: { code: 139100 },
    block_users: {
      added_users: [{ input: userId }],
      failed_users: [{ errors: [{ code: 131047 }] }, { errors: [{ code: 131021 }] }],
    },
  })
})

test('a short link has a real QR code, as SVG and as PNG', async () => {
  await using desk = await aDesk()
  const path = `/${desk.numberId}/message_qrdls`
  const made = await desk.graph(path, { prefilled_message: 'Hilfe', generate_qr_image: 'PNG' })
  const { code, deep_link_url: link, qr_image_url: image } = made.body as Record<string, string>
  const png = await fetch(image!)
  expect(png.headers.get('content-type')).toBe('image/png')
  const fields = 'code,qr_image_url.format(SVG)'
  const shown = (await desk.graph(`${path}/${code}?fields=${fields}`)).body.data[0]
  const svg = await (await fetch(String(shown.qr_image_url))).text()
  const dark = qrOf(link!).flat().filter(Boolean).length
  expect(svg.match(/h1v1h-1z/g)).toHaveLength(dark)
  expect((await desk.graph(path, { code, prefilled_message: 'Rat' })).body.prefilled_message).toBe(
    'Rat',
  )
  expect((await desk.graph(path, { prefilled_message: 'x'.repeat(141) })).body.error.code).toBe(
    131009,
  )
  expect((await desk.graph(`${path}/${code}`, undefined, 'DELETE')).body).toEqual({ success: true })
  expect((await desk.graph(path)).body.data).toEqual([])
})

test('a QR code is what a reader expects of its text', () => {
  const rows = qrOf('https://wa.me/message/ABCDEFGHIJKLM1')
  const bits = rows.map((row) => row.map(Number).join('')).join('')
  // What npm's `qrcode` 1.5 draws for version 3, correction M, mask 0; jsQR reads the text back from it.
  expect(createHash('sha256').update(bits).digest('hex')).toBe(
    '117a18106c4a2a5a0a5a058ec044bfa65dae85ab47e5bae801d6443332cefb9c',
  )
})

test('ice breakers and commands are kept, and limited', async () => {
  await using desk = await aDesk()
  const path = `/${desk.numberId}/conversational_automation`
  const commands = [{ command_name: 'status', command_description: 'Wo ist mein Paket?' }]
  expect((await desk.graph(path, { prompts: ['Termin buchen'], commands })).status).toBe(200)
  expect((await desk.graph(path, { enable_welcome_message: true })).status).toBe(200)
  expect(
    (await desk.graph(`/${desk.numberId}?fields=conversational_automation`)).body,
  ).toMatchObject({
    conversational_automation: {
      prompts: ['Termin buchen'],
      commands,
      enable_welcome_message: true,
    },
  })
  for (const wrong of [
    { prompts: ['a', 'b', 'c', 'd', 'e'] },
    { prompts: ['x'.repeat(81)] },
    { prompts: ['Hallo 👋'] },
    { commands: [...commands, ...commands] },
    { commands: [{ command_name: 'a'.repeat(33), command_description: 'x' }] },
  ]) {
    expect((await desk.graph(path, wrong)).body.error.code).toBe(131009)
  }
})

test('settings are kept by group; storage only changes while the number is off the platform', async () => {
  await using desk = await aDesk()
  const path = `/${desk.numberId}/settings`
  expect((await desk.graph(path)).body).toEqual({})
  await desk.graph(path, { calling: { status: 'ENABLED' } })
  await desk.graph(path, { calling: { call_icon_visibility: 'DEFAULT' }, anything: 'else' })
  const calling = { status: 'ENABLED', call_icon_visibility: 'DEFAULT' }
  expect((await desk.graph(path)).body).toEqual({ calling })
  await expect
    .poll(() => desk.sink.values('account_settings_update'), until)
    .toMatchObject([{}, { phone_number_settings: { phone_number_id: desk.numberId, calling } }])
  const storage = { storage_configuration: { status: 'NO_STORAGE_ENABLED', retention_minutes: 60 } }
  expect((await desk.graph(path, storage)).body.error.code).toBe(100)
  await desk.graph(`/${desk.numberId}/deregister`, {})
  expect((await desk.graph(path, storage)).body).toEqual({ success: true })
})

test('a username is suggested, chosen, moved between our numbers and given up', async () => {
  await using desk = await aDesk()
  const [first, second] = desk.account.numbers.map(({ id }) => `/${id}/username`)
  await desk.control('/customers', { name: 'Bo', phone: '+4915100000001', username: 'besetzt' })
  const { body } = await desk.graph(`/${desk.numberId}/username_suggestions`)
  expect(body.data[0].username_suggestions).toContain('nordwerk.kundenservice')
  const choose = async (path: string, username: string, more = {}) => {
    const answer = await desk.graph(path, { username, ...more })
    return (answer.body.error?.code ?? answer.body.status) as unknown
  }
  for (const wrong of ['ab', '.nordwerk', 'nord..werk', 'wwwnordwerk', 'nordwerk.de', '12345']) {
    expect(await choose(first!, wrong), wrong).toBe(131009)
  }
  expect(await choose(first!, 'Besetzt')).toBe(147001)
  expect(await choose(first!, 'nordwerk')).toBe('approved')
  expect(await choose(second!, 'nordwerk')).toBe(147005)
  expect(await choose(second!, 'nordwerk', { transfer_action: 'force_transfer' })).toBe('approved')
  expect((await desk.graph(first!)).body).toEqual({})
  expect((await desk.graph(second!)).body).toEqual({ username: 'nordwerk', status: 'approved' })
  expect((await desk.graph(second!, undefined, 'DELETE')).body).toEqual({ success: true })
  await expect
    .poll(() => desk.sink.values('business_username_updates').map(({ status }) => status), until)
    .toEqual(['approved', 'deleted', 'approved', 'deleted'])
})

test('the contact book forgets a phone, and webhooks then show the user id alone', async () => {
  await using desk = await aDesk()
  const { id, userId } = await desk.person({
    name: 'Ada',
    phone: '+4915123456789',
    username: 'ada',
  })
  const forget = async () =>
    (
      await desk.graph(
        `/${desk.numberId}/contact_book?messaging_product=whatsapp&bsuid=${userId}`,
        undefined,
        'DELETE',
      )
    ).body as unknown
  expect(await forget()).toEqual({ ...product, success: true, deleted: true })
  expect(await forget()).toEqual({ ...product, success: true, deleted: false })
  await desk.control(`/customers/${id}/messages`, { type: 'text', text: 'Noch da?' })
  await expect.poll(() => desk.sink.messages().length, until).toBe(2)
  const [before, after] = desk.sink.messages()
  expect(before).toMatchObject({ from: '4915123456789', from_user_id: userId })
  expect(after).not.toHaveProperty('from')
})

test('the official badge is asked for, and decided on by control', async () => {
  await using desk = await aDesk()
  const path = `/${desk.numberId}/official_business_account`
  const request = {
    business_website_url: 'https://nordwerk.example',
    primary_country_of_operation: 'Germany',
    supporting_links: ['https://zeitung.example/nordwerk'],
  }
  expect((await desk.graph(path, {})).body.error.code).toBe(131008)
  expect((await desk.graph(path, request)).body).toMatchObject({
    success: true,
    updated_status: { id: desk.numberId, oba_status: 'PENDING' },
  })
  expect((await desk.graph(path, request)).body.error.code).toBe(100)
  await desk.control(
    `/numbers/${desk.numberId}`,
    { officialStatus: 'REJECTED', officialMessage: 'Zu unbekannt' },
    'PATCH',
  )
  expect(
    (await desk.graph(`/${desk.numberId}?fields=official_business_account`)).body,
  ).toMatchObject({
    official_business_account: { oba_status: 'REJECTED', status_message: 'Zu unbekannt' },
  })
})

test('a profile picture is uploaded in steps and then anybody can see it', async () => {
  await using desk = await aDesk()
  const bytes = await makePhoto(createRandom(2))
  const handle = await uploadedHandle(desk, bytes, 'image/jpeg')
  const path = `/${desk.numberId}/whatsapp_business_profile`
  const change = (profile_picture_handle: string) =>
    desk.graph(path, { ...product, profile_picture_handle })
  expect((await change('4::nothing')).body.error.code).toBe(131009)
  expect((await change(handle)).status).toBe(200)
  const { body } = await desk.graph(`${path}?fields=profile_picture_url`)
  const picture = await fetch(String(body.data[0].profile_picture_url))
  expect(Buffer.from(await picture.arrayBuffer())).toEqual(bytes)
})

test('a test number writes to those on its list, a number in maintenance to nobody', async () => {
  await using desk = await aDesk()
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const path = `/numbers/${desk.numberId}`
  const code = async () =>
    (await desk.text('+4915123456789', 'x')).body.error?.code as number | undefined
  await desk.control(path, { accountMode: 'SANDBOX' }, 'PATCH')
  expect(await code()).toBe(131030)
  await desk.control(path, { testRecipients: ['+49 151 23456789'] }, 'PATCH')
  expect(await code()).toBeUndefined()
  await desk.control(path, { accountMode: 'LIVE', isInMaintenance: true }, 'PATCH')
  expect(await code()).toBe(131057)
  await expect
    .poll(() => desk.sink.values('account_update'), until)
    .toMatchObject([{ event: 'VERIFIED_ACCOUNT', phone_number: '494030068810' }])
})

test('a number that is also in the app hands over its contacts and its past once', async () => {
  await using desk = await aDesk()
  const ask = async (sync_type: string) => {
    const { body } = await desk.graph(`/${desk.numberId}/smb_app_data`, { ...product, sync_type })
    return (body.error?.code ?? typeof body.request_id) as unknown
  }
  expect(await ask('history')).toBe(100)
  await desk.control(`/numbers/${desk.numberId}`, { isOnBizApp: true }, 'PATCH')
  await desk.person({ name: 'Ada Beispiel', phone: '+4915123456789' })
  await desk.text('+4915123456789', 'Guten Tag')
  await expect.poll(() => desk.sink.statuses().length, until).toBe(2)
  expect(await ask('smb_app_state_sync')).toBe('string')
  expect(await ask('history')).toBe('string')
  expect(await ask('history')).toBe(2593108)
  await expect
    .poll(() => desk.sink.values('history'), until)
    .toMatchObject([
      {
        history: [
          {
            metadata: { progress: 100 },
            threads: [
              {
                id: '4915123456789',
                messages: [
                  { type: 'text', text: { body: 'Hallo!' }, from: '4915123456789' },
                  { type: 'text', text: { body: 'Guten Tag' }, from: '494030068810' },
                ],
              },
            ],
          },
        ],
      },
    ])
  expect(desk.sink.values('smb_app_state_sync')).toMatchObject([
    { state_sync: [{ contact: { full_name: 'Ada Beispiel', phone_number: '4915123456789' } }] },
  ])
})
