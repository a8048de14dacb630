import { expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { aDesk, type Desk } from '../../testing/desk.ts'
import { approvedTemplate } from '../../testing/templates.ts'

const until = { timeout: 5000, interval: 5 }
const hourMs = 3_600_000
const components = [{ type: 'BODY', text: 'Es ist so weit.' }]
const draft = { name: 'fertig', components }

const send = (desk: Desk, more: JsonObject = {}, edge = 'messages') =>
  desk.graph(`/v25.0/${desk.numberId}/${edge}`, {
    messaging_product: 'whatsapp',
    to: '+4915123456789',
    type: 'template',
    template: { name: 'fertig', language: { code: 'de' } },
    ...more,
  })
const pass = (desk: Desk, advanceMs: number) => desk.control('/clock', { advanceMs })
const patch = (desk: Desk, id: string, body: JsonObject) =>
  desk.control(`/templates/${id}`, body, 'PATCH')
const statusOf = async (desk: Desk, id: string) =>
  (await desk.graph(`/${id}?fields=status`)).body.status as unknown

test('bad quality pauses a template for three hours, then six, then disables it', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const id = await approvedTemplate(desk, draft)
  for (const [hours, title] of [
    [3, 'FIRST_PAUSE'],
    [6, 'SECOND_PAUSE'],
  ] as const) {
    await patch(desk, id, { quality: 'RED' })
    expect((await send(desk)).body.error.code).toBe(132015)
    await pass(desk, hours * hourMs - 1)
    expect(await statusOf(desk, id)).toBe('PAUSED')
    await pass(desk, 1)
    expect(await statusOf(desk, id)).toBe('APPROVED')
    const events = desk.sink.values('message_template_status_update')
    expect(
      events.map(({ other_info: info }) => (info as { title: string } | undefined)?.title),
    ).toContain(title)
  }
  await patch(desk, id, { quality: 'RED' })
  expect((await send(desk)).body.error.code).toBe(132016)
  await pass(desk, 100 * hourMs)
  expect(await statusOf(desk, id)).toBe('DISABLED')
})

test('a pause can be ended by hand, and does not end a later one early', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const id = await approvedTemplate(desk, draft)
  await patch(desk, id, { quality: 'RED' })
  expect((await desk.graph(`/${id}/unpause`, {})).body).toEqual({ success: true })
  expect((await desk.graph(`/${id}/unpause`, {})).body.error.code).toBe(100)
  await pass(desk, 2 * hourMs)
  await patch(desk, id, { quality: 'RED' })
  await pass(desk, 2 * hourMs)
  expect(await statusOf(desk, id)).toBe('PAUSED')
  await pass(desk, 4 * hourMs)
  expect(await statusOf(desk, id)).toBe('APPROVED')
})

test('a paced template holds messages until good feedback lets them go', async () => {
  await using desk = await aDesk()
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const id = await approvedTemplate(desk, draft)
  await patch(desk, id, { pacing: { passes: 1 } })
  const status = async () => (await send(desk)).body.messages[0].message_status as unknown
  expect(await status()).toBe('accepted')
  expect(await status()).toBe('held_for_quality_assessment')
  await expect.poll(() => desk.sink.statuses().length, until).toBe(2)
  await patch(desk, id, { pacing: 'release' })
  await expect.poll(() => desk.sink.statuses().length, until).toBe(4)
  expect(await status()).toBe('accepted')
})

test('bad feedback pauses a paced template, and what was held fails', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const id = await approvedTemplate(desk, draft)
  await patch(desk, id, { pacing: { passes: 0 } })
  const wamid = (await send(desk)).body.messages[0].id as string
  await patch(desk, id, { pacing: 'pause' })
  await pass(desk, 24 * hourMs)
  expect(await statusOf(desk, id)).toBe('PAUSED')
  expect(desk.sink.statuses()).toMatchObject([
    { id: wamid, status: 'failed', errors: [{ code: 132015 }] },
  ])
})

test('without a verdict, held messages go after an hour', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const id = await approvedTemplate(desk, draft)
  await patch(desk, id, { pacing: { passes: 0 } })
  await send(desk)
  await pass(desk, hourMs - 1)
  expect(desk.sink.statuses()).toEqual([])
  await pass(desk, hourMs)
  expect(desk.sink.statuses().map(({ status }) => status)).toEqual(['sent', 'delivered'])
})

test('another category is announced a day ahead and then comes', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const id = await approvedTemplate(desk, draft)
  await patch(desk, id, { correctCategory: 'MARKETING' })
  expect((await desk.graph(`/${id}?fields=category,correct_category`)).body).toMatchObject({
    category: 'UTILITY',
    correct_category: 'MARKETING',
  })
  await pass(desk, 24 * hourMs)
  expect((await desk.graph(`/${id}?fields=category`)).body.category).toBe('MARKETING')
  expect(desk.sink.values('template_category_update')).toMatchObject([
    { new_category: 'UTILITY', correct_category: 'MARKETING' },
    { previous_category: 'UTILITY', new_category: 'MARKETING' },
  ])
})

test('marketing messages take marketing templates only, and say how they went', async () => {
  await using desk = await aDesk()
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await approvedTemplate(desk, { ...draft, category: 'MARKETING' })
  await approvedTemplate(desk, { name: 'hinweis', components })
  const edge = 'marketing_messages'
  const codeOf = async (more: JsonObject) =>
    (await send(desk, more, edge)).body.error?.code as unknown
  const utility = { template: { name: 'hinweis', language: { code: 'de' } } }
  expect(await codeOf({ type: 'text', text: { body: 'x' } })).toBe(131055)
  expect(await codeOf(utility)).toBe(134100)
  expect(await codeOf({ product_policy: 'STRICT' })).toBe(134102)
  const categories = () =>
    desk.sink.statuses().map(({ pricing }) => (pricing as { category: string }).category)
  expect((await send(desk, {}, edge)).body.messages[0].message_status).toBe('accepted')
  await expect.poll(categories, until).toEqual(['marketing', 'marketing'])
  await desk.control('/account', { marketingOnboarding: 'ONBOARDED' }, 'PATCH')
  expect(await codeOf({ product_policy: 'STRICT' })).toBeUndefined()
  await expect.poll(categories, until).toHaveLength(4)
  expect(categories().slice(2)).toEqual(['marketing_lite', 'marketing_lite'])
  const change = { disable_marketing_messages_on_cloud_api: true }
  await desk.graph(`/${desk.account.accountId}`, change)
  expect((await send(desk)).body.error.code).toBe(131063)
})

test('two templates are compared by how often they were sent and who blocked the firm', async () => {
  await using desk = await aDesk()
  const { id: ada } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const first = await approvedTemplate(desk, draft)
  const second = await approvedTemplate(desk, { ...draft, name: 'zweite' })
  await send(desk)
  await send(desk)
  await desk.control(`/customers/${ada}/block`, {})
  const now = Math.floor(Date.now() / 1000)
  const query = `template_ids=[${second}]&start=${now - 60}&end=${now + 60}`
  expect((await desk.graph(`/${first}/compare?${query}`)).body.data).toEqual([
    { metric: 'BLOCK_RATE', type: 'RELATIVE', order_by_relative_metric: [second, first] },
    {
      metric: 'MESSAGE_SENDS',
      type: 'NUMBER_VALUES',
      number_values: [
        { key: first, value: 2 },
        { key: second, value: 0 },
      ],
    },
    expect.objectContaining({ metric: 'TOP_BLOCK_REASON' }),
  ])
})

test('an authentication template has the platform’s words, as its preview shows', async () => {
  await using desk = await aDesk()
  const id = await approvedTemplate(desk, {
    name: 'code',
    category: 'AUTHENTICATION',
    components: [
      { type: 'body', add_security_recommendation: true },
      { type: 'footer', code_expiration_minutes: 5 },
      { type: 'buttons', buttons: [{ type: 'otp', otp_type: 'copy_code' }] },
    ],
  })
  const query = `category=AUTHENTICATION&languages=de,en_US&add_security_recommendation=true&code_expiration_minutes=5&button_types=OTP`
  const previews = await desk.graph(`/${desk.account.accountId}/message_template_previews?${query}`)
  const [german] = previews.body.data as { body: string; footer: string; language: string }[]
  expect(previews.body.data).toHaveLength(2)
  const { body } = await desk.graph(`/${id}?fields=components`)
  expect(body.components).toMatchObject([
    { type: 'BODY', text: german!.body },
    { type: 'FOOTER', text: german!.footer },
    { type: 'BUTTONS', buttons: [{ type: 'URL' }] },
  ])
  const otp = (code: string, onButton: string) => [
    { type: 'body', parameters: [{ type: 'text', text: code }] },
    { type: 'button', sub_type: 'url', index: 0, parameters: [{ type: 'text', text: onButton }] },
  ]
  const codeOf = async (list: JsonObject[]) =>
    (await send(desk, { template: { name: 'code', language: { code: 'de' }, components: list } }))
      .body.error?.code as unknown
  expect(await codeOf(otp('123456', '123456'))).toBeUndefined()
  expect(await codeOf(otp('123456', '654321'))).toBe(132018)
  expect(await codeOf(otp('1'.repeat(16), '1'.repeat(16)))).toBe(132005)
})

test('a template from the library needs no review', async () => {
  await using desk = await aDesk()
  const { body } = await desk.graph('/message_template_library?search=invoice&language=en_US')
  expect(body.data).toMatchObject([{ name: 'payment_due_1', category: 'UTILITY' }])
  const path = `/${desk.account.accountId}/message_templates`
  const wanted = { name: 'rechnung', language: 'de', library_template_name: 'payment_due_1' }
  expect((await desk.graph(path, wanted)).body.error.code).toBe(100)
  const inputs = [{ type: 'URL', url: { base_url: 'https://nordwerk.example/r' } }]
  const made = await desk.graph(path, { ...wanted, library_template_button_inputs: inputs })
  expect(made.body).toMatchObject({ status: 'APPROVED', category: 'UTILITY' })
})

test('an approved template is edited once a day; a deleted name stays taken for 30 days', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const id = await approvedTemplate(desk, draft)
  expect((await desk.graph(`/${id}`, { components })).body).toEqual({ success: true })
  await pass(desk, hourMs)
  expect((await desk.graph(`/${id}`, { components })).body.error.code).toBe(100)
  await pass(desk, 24 * hourMs)
  expect((await desk.graph(`/${id}`, { components })).body).toEqual({ success: true })
  await pass(desk, hourMs)

  const path = `/${desk.account.accountId}/message_templates`
  const again = { ...draft, language: 'de', category: 'UTILITY' }
  await desk.graph(`${path}?name=fertig`, undefined, 'DELETE')
  expect((await desk.graph(path, again)).body.error.error_subcode).toBe(2388023)
  await pass(desk, 30 * 24 * hourMs)
  expect((await desk.graph(path, again)).status).toBe(200)
})

test('a hundred templates can be created in an hour', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const path = `/${desk.account.accountId}/message_templates`
  const create = (turn: number) =>
    desk.graph(path, { name: `t${turn}`, language: 'de', category: 'UTILITY', components })
  for (let turn = 0; turn < 100; turn++) expect((await create(turn)).status).toBe(200)
  expect((await create(100)).body.error.code).toBe(80007)
  await pass(desk, hourMs)
  expect((await create(100)).status).toBe(200)
})
