import { expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { aDesk, type Desk } from '../../testing/desk.ts'
import { approvedTemplate, uploadedHandle } from '../../testing/templates.ts'

const until = { timeout: 5000, interval: 5 }
const body = {
  type: 'BODY',
  text: 'Guten Tag {{1}}, Ihr Termin ist am {{2}} um 10 Uhr.',
  example: { body_text: [['Frau Becker', 'Montag']] },
}
const draft = { name: 'termin', language: 'de', category: 'utility', components: [body] }

const create = (desk: Desk, more: JsonObject = {}) =>
  desk.graph(`/v25.0/${desk.account.accountId}/message_templates`, { ...draft, ...more })

const approved = (desk: Desk, more: JsonObject = {}) =>
  approvedTemplate(desk, { ...draft, ...more })

const send = (desk: Desk, components: JsonObject[], more: JsonObject = {}) =>
  desk.graph(`/v25.0/${desk.numberId}/messages`, {
    messaging_product: 'whatsapp',
    to: '+4915123456789',
    type: 'template',
    template: { name: 'termin', language: { code: 'de' }, components, ...more },
  })
const bodyOf = (...parameters: JsonObject[]) => [{ type: 'body', parameters }]
const text = (value: string) => ({ type: 'text', text: value })

test('a template is reviewed for a while, and its approval announced', async () => {
  await using desk = await aDesk({ latencyMs: { review: 300 } })
  const { body: made } = await create(desk)
  expect(made).toEqual({ id: expect.any(String) as string, status: 'PENDING', category: 'UTILITY' })
  expect((await send(desk, bodyOf(text('Ada'), text('Montag')))).body.error.code).toBe(132001)
  await expect
    .poll(() => desk.sink.values('message_template_status_update'), until)
    .toMatchObject([
      {
        event: 'APPROVED',
        message_template_id: Number(made.id),
        message_template_name: 'termin',
        reason: 'NONE',
      },
    ])
  expect(
    (await send(desk, bodyOf(text('Ada'), text('Montag')))).body.messages[0].message_status,
  ).toBe('accepted')
})

test('a rejection says why', async () => {
  await using desk = await aDesk()
  await desk.control(
    '/account',
    { templateDecision: { status: 'REJECTED', reason: 'PROMOTIONAL' } },
    'PATCH',
  )
  const { id } = (await create(desk)).body as { id: string }
  await expect
    .poll(() => desk.sink.values('message_template_status_update'), until)
    .toMatchObject([{ event: 'REJECTED', reason: 'PROMOTIONAL' }])
  expect((await desk.graph(`/${id}?fields=rejected_reason`)).body.rejected_reason).toBe(
    'PROMOTIONAL',
  )
})

test.each<[string, number, JsonObject[], JsonObject]>([
  ['too few values', 132000, bodyOf(text('Ada')), {}],
  ['too many values', 132000, bodyOf(text('a'), text('b'), text('c')), {}],
  [
    'a name where there are numbers',
    132012,
    bodyOf({ ...text('a'), parameter_name: 'x' }, text('b')),
    {},
  ],
  ['a picture for a text', 132012, bodyOf({ type: 'image', image: {} }, text('b')), {}],
  ['a line break in a value', 132012, bodyOf(text('a\nb'), text('c')), {}],
  ['values that make it too long', 132005, bodyOf(text('a'.repeat(1100)), text('b')), {}],
  [
    'a header it does not have',
    132000,
    [...bodyOf(text('a'), text('b')), { type: 'header', parameters: [text('x')] }],
    {},
  ],
  [
    'a language it does not have',
    132001,
    bodyOf(text('a'), text('b')),
    { language: { code: 'de_AT' } },
  ],
  ['a name nobody has', 132001, bodyOf(text('a'), text('b')), { name: 'nichts' }],
  ['no language', 131008, bodyOf(text('a'), text('b')), { language: undefined }],
])('%s is refused with %i', async (_, code, components, more) => {
  await using desk = await aDesk()
  await approved(desk)
  const { status, body: answer } = await send(desk, components, more)
  expect(answer.error.code).toBe(code)
  expect(status).toBe(code === 132001 ? 404 : 400)
})

test('named values need their names', async () => {
  await using desk = await aDesk()
  const named = {
    type: 'BODY',
    text: 'Guten Tag {{name}}, es ist so weit.',
    example: { body_text_named_params: [] },
  }
  await approved(desk, { parameter_format: 'NAMED', components: [named] })
  expect((await send(desk, bodyOf({ ...text('Ada'), parameter_name: 'name' }))).status).toBe(200)
  expect((await send(desk, bodyOf(text('Ada')))).body.error.code).toBe(132012)
  expect(
    (await send(desk, bodyOf({ ...text('Ada'), parameter_name: 'nam' }))).body.error.code,
  ).toBe(132012)
})

test('headers and buttons with values need them', async () => {
  await using desk = await aDesk()
  const url = {
    type: 'URL',
    text: 'Ansehen',
    url: 'https://nordwerk.example/{{1}}',
    example: ['a1'],
  }
  const components = [
    { type: 'HEADER', format: 'IMAGE', example: { header_handle: [await uploadedHandle(desk)] } },
    body,
    { type: 'BUTTONS', buttons: [url] },
  ]
  await approved(desk, { components })
  const [filled] = bodyOf(text('Ada'), text('Montag'))
  const header = {
    type: 'header',
    parameters: [{ type: 'image', image: { link: 'https://cdn.example/a.jpg' } }],
  }
  const button = { type: 'button', sub_type: 'url', index: '0', parameters: [text('a1')] }
  expect((await send(desk, [header, filled!, button])).status).toBe(200)
  expect((await send(desk, [filled!, button])).body.error.code).toBe(132012)
  expect((await send(desk, [header, filled!])).body.error.code).toBe(132000)
  expect(
    (await send(desk, [header, filled!, { ...button, sub_type: 'quick_reply' }])).body.error.code,
  ).toBe(132012)
})

test('a paused or disabled template is not sent', async () => {
  await using desk = await aDesk()
  const id = await approved(desk)
  for (const [status, code] of [
    ['PAUSED', 132015],
    ['DISABLED', 132016],
  ] as const) {
    await desk.control(`/templates/${id}`, { status }, 'PATCH')
    expect((await send(desk, bodyOf(text('a'), text('b')))).body.error.code).toBe(code)
  }
})

test('marketing does not reach who opted out', async () => {
  await using desk = await aDesk()
  const { id } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await approved(desk, { category: 'MARKETING' })
  await desk.control(`/customers/${id}/opt-out`, {})
  await send(desk, bodyOf(text('a'), text('b')))
  await expect
    .poll(() => desk.sink.statuses(), until)
    .toMatchObject([{ status: 'failed', errors: [{ code: 131050 }] }])
})

test('a template is edited into review again, listed, and deleted by name', async () => {
  await using desk = await aDesk()
  const id = await approved(desk)
  const path = `/${desk.account.accountId}/message_templates`
  expect((await desk.graph(`/${id}`, { category: 'MARKETING' })).body.error.code).toBe(100)
  expect((await desk.graph(`/${id}`, { components: [body] })).body).toEqual({ success: true })
  expect((await desk.graph(`${path}?name=termin&fields=name`)).body.data).toEqual([
    { id, name: 'termin' },
  ])
  expect((await desk.graph(`${path}?name=termin`, undefined, 'DELETE')).body).toEqual({
    success: true,
  })
  expect((await desk.graph(`${path}?name=termin`)).body.data).toEqual([])
})

test.each<[string, number | undefined, JsonObject]>([
  ['a bad name', undefined, { name: 'Termin!' }],
  ['no body', 2388072, { components: [{ type: 'FOOTER', text: 'x' }] }],
  [
    'a variable at the edge',
    2388299,
    { components: [{ ...body, text: '{{1}} ist da und so weiter' }] },
  ],
  ['too many variables', 2388293, { components: [{ ...body, text: 'Der {{1}} und {{2}} ja' }] }],
  ['a body that is too long', 2388040, { components: [{ type: 'BODY', text: 'x'.repeat(1025) }] }],
  ['a footer with a variable', 2388073, { components: [body, { type: 'FOOTER', text: '{{1}}' }] }],
])('%s is refused when it is created', async (_, subcode, more) => {
  await using desk = await aDesk()
  const { status, body: answer } = await create(desk, more)
  expect(status).toBe(400)
  expect(answer.error).toMatchObject({
    code: 100,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
  })
})

test('a name is taken once per language', async () => {
  await using desk = await aDesk()
  await create(desk)
  expect((await create(desk)).body.error.error_subcode).toBe(2388024)
  expect((await create(desk, { language: 'en' })).status).toBe(200)
})
