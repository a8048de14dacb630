import { beforeEach, expect, test } from 'vitest'
import { isSendable, type Template } from '../../core/domain/template.ts'
import { baseSeconds, body, doerte, inbound, ourNumber, text } from '../../tests/fixtures/bodies.ts'
import { intakeDesk, only } from '../../tests/fixtures/intake.ts'

let wishes = 0
const desk = await intakeDesk({ onTemplates: () => (wishes += 1) })
beforeEach(async () => {
  await desk.reset()
  wishes = 0
  await desk.take(inbound(doerte, text('Hallo')))
})

const told = (field: string, value: object, second: number | undefined = 0) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: ourNumber.accountId,
      ...(second === undefined ? {} : { time: baseSeconds + second }),
      changes: [{ field, value }],
    },
  ],
})
const ours = { display_phone_number: ourNumber.phone }
const number = async () => only(await desk.numbers())

test.each([
  [
    'phone_number_name_update',
    { ...ours, decision: 'APPROVED', requested_verified_name: 'Nordwerk' },
    { name: 'Nordwerk', nameStatus: 'APPROVED' },
  ],
  [
    'phone_number_name_update',
    { ...ours, decision: 'REJECTED', requested_verified_name: 'Räder' },
    { requestedNameStatus: 'DECLINED', requestedName: 'Räder' },
  ],
  [
    'phone_number_quality_update',
    { ...ours, event: 'THROUGHPUT_UPGRADE', max_daily_conversations_per_business: -1 },
    { throughput: 'HIGH', messagingLimit: 'TIER_UNLIMITED' },
  ],
  ['phone_number_quality_update', { ...ours, event: 'FLAGGED' }, { status: 'FLAGGED' }],
  [
    'business_capability_update',
    { max_daily_conversations_per_business: 2000 },
    { messagingLimit: 'TIER_2K' },
  ],
  [
    'business_capability_update',
    { max_daily_conversations_per_business: 'TIER_10K' },
    { messagingLimit: 'TIER_10K' },
  ],
  ['security', { ...ours, event: 'PIN_CHANGED' }, { isPinEnabled: true }],
  [
    'business_username_update',
    { ...ours, username: '@nordwerk', status: 'approved' },
    { username: 'nordwerk' },
  ],
  [
    'account_alerts',
    {
      entity_type: 'PHONE_NUMBER',
      entity_id: ourNumber.id,
      alert_info: { alert_type: 'OBA_APPROVED', alert_status: 'NONE' },
    },
    { isOfficial: true },
  ],
  [
    'account_update',
    { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: 'DISABLE' } },
    { health: 'error', healthReason: '131031' },
  ],
])('%s %j shows on the number, and is kept', async (field, value, expected) => {
  await desk.take(told(field, value))
  expect(await number()).toMatchObject(expected)
  expect(only(await desk.events())).toMatchObject({ field, value, account_id: ourNumber.accountId })
})

test('an account that is disabled and given back works again', async () => {
  const state = (word: string, second: number) =>
    told('account_update', { event: 'DISABLED_UPDATE', ban_info: { waba_ban_state: word } }, second)
  await desk.take(state('DISABLE', 1), state('REINSTATE', 2))
  expect(await number()).toMatchObject({ health: 'ok' })
  expect((await number()).healthReason).toBeUndefined()
  expect((await desk.events()).map(({ after }) => after)).toEqual(['DISABLE', 'REINSTATE'])
})

test('a username that was given up and a name that was approved leave nothing behind', async () => {
  await desk.take(
    told('business_username_updates', { ...ours, username: 'nordwerk', status: 'approved' }, 1),
    told('business_username_updates', { ...ours, status: 'deleted' }, 2),
    told(
      'phone_number_name_update',
      { ...ours, decision: 'PENDING', requested_verified_name: 'Nordwerk' },
      3,
    ),
    told(
      'phone_number_name_update',
      { ...ours, decision: 'APPROVED', requested_verified_name: 'Nordwerk' },
      4,
    ),
  )
  const row = await number()
  expect([row.username, row.requestedName, row.name]).toEqual([undefined, undefined, 'Nordwerk'])
})

test('each event is kept once, however often it is told; the same words later are news', async () => {
  const changed = { ...ours, event: 'PIN_CHANGED' }
  await desk.take(told('security', changed, 1), told('security', changed, 1))
  await desk.take(told('security', changed, 2))
  expect(await desk.events()).toHaveLength(2)
  const nameless = body({ field: 'security', value: { ...ours, event: 'PIN_RESET_REQUEST' } })
  await desk.take(nameless, nameless)
  expect(await desk.events()).toHaveLength(3)
  await Promise.all((await desk.calls()).map(({ id }) => desk.intake.replay(id)))
  expect(await desk.events()).toHaveLength(3)
  expect((await desk.outcomes()).slice(1)).toEqual([
    'stored',
    'duplicate',
    'stored',
    'stored',
    'duplicate',
  ])
})

test('an older event that comes late is kept, and does not undo a newer one', async () => {
  const limit = (word: string, second: number) =>
    told('business_capability_update', { max_daily_conversations_per_business: word }, second)
  await desk.take(limit('TIER_10K', 20), limit('TIER_2K', 10))
  expect((await number()).messagingLimit).toBe('TIER_10K')
  expect(await desk.events()).toHaveLength(2)
})

test('every event says what it is about', async () => {
  const alert = {
    alert_severity: 'WARNING',
    alert_status: 'ACTIVE',
    alert_type: 'PROFILE_PICTURE_LOST',
  }
  await desk.take(
    told('account_review_update', { decision: 'APPROVED' }, 1),
    told(
      'flows',
      { event: 'FLOW_STATUS_CHANGE', flow_id: '66', old_status: 'DRAFT', new_status: 'PUBLISHED' },
      2,
    ),
    told('account_alerts', { entity_type: 'BUSINESS', entity_id: '5069', alert_info: alert }, 3),
    told(
      'partner_solutions',
      { event: 'SOLUTION_CREATED', solution_id: '1', solution_status: 'INITIATED' },
      4,
    ),
    told(
      'account_settings_update',
      { type: 'PHONE_NUMBER_SETTINGS', phone_number_settings: { phone_number_id: ourNumber.id } },
      5,
    ),
  )
  const { id } = await number()
  const rows = await desk.events()
  expect(
    rows.map((row) => [row.event, row.subject_kind, row.subject_id, row.before, row.after]),
  ).toEqual([
    ['APPROVED', 'account', ourNumber.accountId, null, 'APPROVED'],
    ['FLOW_STATUS_CHANGE', 'flow', '66', 'DRAFT', 'PUBLISHED'],
    ['PROFILE_PICTURE_LOST', 'business', '5069', null, 'ACTIVE'],
    ['SOLUTION_CREATED', 'business', ourNumber.accountId, null, 'INITIATED'],
    ['PHONE_NUMBER_SETTINGS', 'number', ourNumber.id, null, null],
  ])
  expect(rows.at(-1)?.number_id).toBe(id)
  expect(rows.map(({ at }) => at.getTime() / 1000 - baseSeconds)).toEqual([1, 2, 3, 4, 5])
})

const metaId = '16890000000000012345'
const named = {
  message_template_id: metaId,
  message_template_name: 'termin',
  message_template_language: 'de',
}
const status = (event: string, second: number, more: object = {}) =>
  told('message_template_status_update', { event, ...named, ...more }, second)

async function aTemplate(): Promise<Template> {
  const row: Template = {
    id: desk.newId(),
    accountId: ourNumber.accountId,
    metaId,
    name: 'termin',
    language: 'de',
    status: 'APPROVED',
    category: 'UTILITY',
    quality: 'GREEN',
    format: 'POSITIONAL',
    body: 'Ihr Termin ist am {{1}}.',
    buttons: [],
    examples: {},
    updatedAtMs: 1,
  }
  await desk.log.write(async (tx) => tx.put({ entity: 'template', row }))
  return row
}
const template = async () => {
  const rows = await desk.db.selectFrom('template').select('data').execute()
  return only(rows).data
}
const hourMs = 3_600_000

test.each([
  ['FIRST_PAUSE', 3 * hourMs],
  ['SECOND_PAUSE', 6 * hourMs],
])('a template that is paused (%s) is not offered, until when is shown', async (title, pauseMs) => {
  await aTemplate()
  await desk.take(status('PAUSED', 10, { other_info: { title, description: '…' } }))
  const row = await template()
  expect(row).toMatchObject({
    status: 'PAUSED',
    pausedUntilMs: (baseSeconds + 10) * 1000 + pauseMs,
  })
  expect(isSendable(row)).toBe(false)
  await desk.take(status('REINSTATED', 20))
  expect(isSendable(await template())).toBe(true)
  expect((await template()).pausedUntilMs).toBeUndefined()
  expect((await desk.events()).map(({ before, after }) => [before, after])).toEqual([
    ['APPROVED', 'PAUSED'],
    ['PAUSED', 'APPROVED'],
  ])
})

test('a warning leaves a template as it is; a rejection says why; deleted is gone', async () => {
  await aTemplate()
  await desk.take(status('FLAGGED', 1))
  expect(isSendable(await template())).toBe(true)
  await desk.take(status('REJECTED', 2, { reason: 'INVALID_FORMAT' }))
  expect(await template()).toMatchObject({ status: 'REJECTED', rejectedReason: 'INVALID_FORMAT' })
  await desk.take(status('DISABLED', 3, { reason: 'NONE' }))
  expect((await template()).rejectedReason).toBeUndefined()
  await desk.take(status('DELETED', 4))
  expect(await template()).toMatchObject({ isGone: true })
})

test('quality, and a category that is announced and then changes, show on the template', async () => {
  await aTemplate()
  const quality = { previous_quality_score: 'GREEN', new_quality_score: 'YELLOW', ...named }
  const announced = {
    ...named,
    new_category: 'UTILITY',
    correct_category: 'MARKETING',
    category_update_timestamp: baseSeconds + 86400,
  }
  await desk.take(
    told('message_template_quality_update', quality, 1),
    told('template_category_update', announced, 2),
  )
  expect(await template()).toMatchObject({
    quality: 'YELLOW',
    category: 'UTILITY',
    coming: { category: 'MARKETING', atMs: (baseSeconds + 86400) * 1000 },
  })
  const done = { ...named, previous_category: 'UTILITY', new_category: 'MARKETING' }
  await desk.take(told('template_category_update', done, 3))
  expect((await template()).coming).toBeUndefined()
  expect((await template()).category).toBe('MARKETING')
})

test('new parts, and a template nobody knows yet, are read from WhatsApp', async () => {
  await desk.take(status('APPROVED', 1))
  expect((await desk.parts()).at(-1)).toMatchObject({
    kind: 'template-changed',
    outcome: 'ignored',
    reason: 'template not known yet, will be read',
  })
  expect([wishes, (await desk.events()).length]).toEqual([1, 1])
  const before = await aTemplate()
  await desk.take(
    told('message_template_components_update', { ...named, message_template_element: 'Neu' }, 2),
  )
  expect(wishes).toBe(2)
  expect(await template()).toEqual(before)
})
