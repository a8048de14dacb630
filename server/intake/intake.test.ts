import { beforeEach, expect, test } from 'vitest'
import { windowMs } from '../../core/domain/conversation.ts'
import {
  aWamid,
  ayse,
  baseSeconds,
  body,
  change,
  contact,
  doerte,
  failure,
  inbound,
  message,
  ourNumber,
  status,
  statuses,
  text,
} from '../../tests/fixtures/bodies.ts'
import { intakeDesk, type IntakeDesk } from '../../tests/fixtures/intake.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

const outcomes = async (desk: IntakeDesk) => (await desk.parts()).map(({ outcome }) => outcome)
const only = <T>(rows: readonly T[]): T => {
  expect(rows).toHaveLength(1)
  return rows[0]!
}

test('a first message makes number, contact and conversation, which waits for a reply', async () => {
  await desk.take(inbound(doerte, text('Wo bleibt mein Paket?')))
  expect(only(await desk.numbers())).toMatchObject({
    phoneNumberId: ourNumber.id,
    accountId: ourNumber.accountId,
    displayPhone: '+494030068810',
    health: 'ok',
  })
  expect(only(await desk.contacts())).toMatchObject({
    name: doerte.name,
    phone: '+494012340101',
    userId: doerte.userId,
  })
  const received = only(await desk.messages())
  expect(received).toMatchObject({
    direction: 'in',
    type: 'text',
    status: 'received',
    ord: 1,
    sentAtMs: baseSeconds * 1000,
    author: { kind: 'contact', name: doerte.name },
  })
  expect(only(await desk.conversations())).toMatchObject({
    status: 'open',
    inboundCount: 1,
    windowExpiresAtMs: baseSeconds * 1000 + windowMs,
    waitingSinceMs: baseSeconds * 1000,
    lastMessage: { messageId: received.id, text: 'Wo bleibt mein Paket?' },
  })
  expect(only(await desk.parts())).toMatchObject({
    kind: 'message-received',
    outcome: 'stored',
    message_id: received.id,
    conversation_id: received.conversationId,
  })
})

test('the same call twice, or its message in another batch, is one row', async () => {
  const once = message(doerte, text('Hallo'))
  const value = body(change('messages', { contacts: [contact(doerte)], messages: [once] }))
  const batch = body(
    change('messages', { messages: [once, message(doerte, text('Noch da?')), once] }),
  )
  await desk.take(value, value, batch)
  expect((await desk.messages()).map((row) => row.text)).toEqual(['Hallo', 'Noch da?'])
  expect(await outcomes(desk)).toEqual(['stored', 'duplicate', 'duplicate', 'stored', 'duplicate'])
  expect((await desk.parts())[1]?.message_id).toBe((await desk.messages())[0]?.id)
})

test('a file is remembered to be fetched', async () => {
  const image = { id: '1801', mime_type: 'image/jpeg', sha256: 'LCa0', caption: 'Rechnung' }
  await desk.take(inbound(doerte, { type: 'image', image }))
  const { media, text: caption } = only(await desk.messages())
  expect(caption).toBe('Rechnung')
  expect(media).toMatchObject({ mime: 'image/jpeg', state: 'pending' })
  const number = only(await desk.numbers())
  expect(desk.files).toEqual([
    {
      mediaId: media?.id,
      numberId: number.id,
      metaMediaId: '1801',
      mime: 'image/jpeg',
      sha256: 'LCa0',
    },
  ])
})

test('a reply quotes what we know, and keeps the id of what we do not', async () => {
  const ours = await desk.sent({ wamid: 'wamid.OURS' })
  await desk.take(
    inbound(doerte, { ...text('Ja'), context: { id: 'wamid.OURS' } }),
    inbound(doerte, { ...text('Nein'), context: { id: 'wamid.ELSEWHERE' } }),
  )
  const replies = (await desk.messages()).filter(({ direction }) => direction === 'in')
  expect(replies.map(({ replyTo }) => replyTo)).toEqual([
    { wamid: 'wamid.OURS', messageId: ours.id },
    { wamid: 'wamid.ELSEWHERE' },
  ])
})

// Reports of our own messages

test('a report finds its message by our own id when the answer to the send was lost', async () => {
  const ours = await desk.sent({ status: 'uncertain' })
  const wamid = aWamid()
  await desk.take(statuses(status(wamid, 'delivered', { biz_opaque_callback_data: ours.id })))
  expect(only(await desk.messages())).toMatchObject({ status: 'delivered', wamid })
  expect(only(await desk.conversations())).toMatchObject({
    lastMessage: { status: 'delivered' },
    lastReply: { wamid },
  })
})

test('a report that overtakes the send waits, and is folded when the wamid is stored', async () => {
  const wamid = aWamid()
  const early = statuses(status(wamid, 'read'), status(wamid, 'sent'))
  await desk.take(early, early)
  expect(await outcomes(desk)).toEqual(['parked', 'parked', 'duplicate', 'duplicate'])
  const ours = await desk.sent({ status: 'sending' })
  await desk.log.write(async (tx) => {
    const row = (await tx.get('message', ours.id))!
    tx.put({ entity: 'message', row: { ...row, wamid, status: 'accepted' } })
  })
  const row = (await desk.messages()).find(({ id }) => id === ours.id)
  expect(row).toMatchObject({ status: 'read', statusAt: { sent: baseSeconds * 1000 } })
  expect(await outcomes(desk)).toEqual(['stored', 'stored', 'duplicate', 'duplicate'])
  expect(await desk.db.selectFrom('parked').selectAll().execute()).toEqual([])
})

test('a price and what the recipient is called are kept', async () => {
  await desk.sent({ wamid: 'wamid.P' })
  const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' }
  await desk.take(statuses(status('wamid.P', 'sent', { pricing })))
  expect(only(await desk.messages()).price).toEqual({
    billable: true,
    model: 'PMP',
    type: 'regular',
    category: 'service',
  })
})

test('a closed window fails the message, not the number; a refused token fails both', async () => {
  await desk.sent({ wamid: 'wamid.1' })
  await desk.sent({ wamid: 'wamid.2' })
  await desk.take(statuses(status('wamid.1', 'failed', failure(131047, 'Re-engagement message'))))
  expect(only(await desk.numbers()).health).toBe('ok')
  await desk.take(statuses(status('wamid.2', 'failed', failure(190, 'Token expired'))))
  expect(only(await desk.numbers())).toMatchObject({ health: 'error', healthReason: '190' })
  const errors = (await desk.messages()).map(({ error }) => error?.code)
  expect(errors.sort()).toEqual([131047, 190])
})

test('a replayed failure does not stop a number that works again', async () => {
  await desk.sent({ wamid: 'wamid.1' })
  await desk.take(statuses(status('wamid.1', 'failed', failure(190, 'Token expired'))))
  const { healthReason: _mended, ...number } = only(await desk.numbers())
  await desk.log.write(async (tx) => {
    await tx.get('number', number.id)
    tx.put({ entity: 'number', row: { ...number, health: 'ok' } })
  })
  await desk.intake.replay(only(await desk.calls()).id)
  expect(only(await desk.numbers()).health).toBe('ok')
})

test('who stopped marketing is remembered, from the wish and from a refusal', async () => {
  const wish = (value: string, timestamp: number) =>
    body(
      change('user_preferences', {
        user_preferences: [
          { wa_id: doerte.phone, category: 'marketing_messages', value, timestamp },
        ],
      }),
    )
  await desk.take(wish('stop', 200), wish('resume', 100))
  expect(only(await desk.contacts()).marketing).toEqual({ value: 'stop', atMs: 200_000 })
  await desk.take(wish('resume', 300))
  expect(only(await desk.contacts()).marketing?.value).toBe('resume')
  await desk.sent({ wamid: 'wamid.M' })
  await desk.take(statuses(status('wamid.M', 'failed', failure(131050, 'Stopped'))))
  const refusing = (await desk.contacts()).find(({ name }) => name === 'Empfängerin')
  expect(refusing?.marketing?.value).toBe('stop')
})

// Reactions, edits, deletions

const reaction = (target: string, emoji: string, second: number, head = {}) =>
  inbound(
    doerte,
    { type: 'reaction', reaction: { message_id: target, emoji } },
    { timestamp: String(baseSeconds + second), ...head },
  )

test('a reaction is a chip on its target, counts as unread, and makes no bubble', async () => {
  const first = inbound(doerte, text('Danke'), { id: 'wamid.T' })
  await desk.take(first, reaction('wamid.T', '👍', 1))
  const target = (await desk.messages()).find(({ wamid }) => wamid === 'wamid.T')
  expect(target?.reactions).toMatchObject([{ emoji: '👍', author: { kind: 'contact' } }])
  expect(only(await desk.conversations())).toMatchObject({
    inboundCount: 2,
    lastMessage: { messageId: target?.id },
  })
})

test.each([
  [0, 1, 2],
  [2, 1, 0],
  [1, 2, 0],
])(
  'the newest reaction of a person shows, in whatever order they come (%i %i %i)',
  async (...order) => {
    const given = [
      reaction('wamid.T', '👍', 1),
      reaction('wamid.T', '', 2),
      reaction('wamid.T', '❤️', 3),
    ]
    await desk.take(inbound(doerte, text('Danke'), { id: 'wamid.T' }))
    for (const index of order) await desk.take(given[index])
    const target = (await desk.messages()).find(({ wamid }) => wamid === 'wamid.T')
    expect(target?.reactions.map(({ emoji }) => emoji)).toEqual(['❤️'])
  },
)

test('a reaction taken off late stays off when the reaction itself comes after it', async () => {
  await desk.take(
    inbound(doerte, text('Danke'), { id: 'wamid.T' }),
    reaction('wamid.T', '', 2),
    reaction('wamid.T', '👍', 1),
  )
  const target = (await desk.messages()).find(({ wamid }) => wamid === 'wamid.T')
  expect(target?.reactions).toEqual([])
})

test('a reaction waits for the message it is for', async () => {
  await desk.take(reaction('wamid.T', '👍', 1))
  expect(await outcomes(desk)).toEqual(['parked'])
  await desk.take(inbound(doerte, text('Danke'), { id: 'wamid.T' }))
  expect(await outcomes(desk)).toEqual(['stored', 'stored'])
  const target = (await desk.messages()).find(({ wamid }) => wamid === 'wamid.T')
  expect(target?.reactions.map(({ emoji }) => emoji)).toEqual(['👍'])
  const given = (await desk.messages()).find(({ type }) => type === 'reaction')
  expect(given?.reaction?.messageId).toBe(target?.id)
})

test('our own reaction that WhatsApp refuses comes off its target', async () => {
  await desk.take(inbound(doerte, text('Danke'), { id: 'wamid.T' }))
  const target = only(await desk.messages())
  const ours = await desk.sent({
    wamid: 'wamid.R',
    type: 'reaction',
    reaction: { messageId: target.id, wamid: 'wamid.T', emoji: '👍' },
  })
  await desk.log.write(async (tx) => {
    const row = (await tx.get('message', target.id))!
    const chip = { emoji: '👍', author: ours.author!, messageId: ours.id }
    tx.put({ entity: 'message', row: { ...row, reactions: [chip] } })
  })
  await desk.take(statuses(status('wamid.R', 'failed', failure(131009, 'Invalid target'))))
  expect((await desk.messages()).find(({ id }) => id === target.id)?.reactions).toEqual([])
})

const edit = (words: string, second: number) =>
  inbound(
    doerte,
    { type: 'edit', edit: { original_message_id: 'wamid.T', message: text(words) } },
    { timestamp: String(baseSeconds + second) },
  )
const revoke = inbound(doerte, { type: 'revoke', revoke: { original_message_id: 'wamid.T' } })

test('an edit shows the newest text and keeps what stood before', async () => {
  await desk.take(edit('zweite', 1), inbound(doerte, text('erste'), { id: 'wamid.T' }))
  await desk.take(edit('vierte', 3), edit('dritte', 2), edit('vierte', 3))
  expect(only(await desk.messages())).toMatchObject({
    text: 'vierte',
    previousTexts: ['erste', 'zweite'],
    editedAtMs: (baseSeconds + 3) * 1000,
  })
  expect(only(await desk.conversations()).lastMessage?.text).toBe('vierte')
})

test('what was deleted for everyone leaves the thread and the list', async () => {
  await desk.take(inbound(doerte, text('geheim'), { id: 'wamid.T' }), revoke, revoke, edit('x', 9))
  const row = only(await desk.messages())
  expect(row.deletedAtMs).toBe(baseSeconds * 1000)
  expect(JSON.stringify([row, await desk.conversations()])).not.toContain('geheim')
  expect(await outcomes(desk)).toEqual(['stored', 'stored', 'duplicate', 'ignored'])
})

// Who people are

test('phone first, then phone and user id, then user id alone is one person', async () => {
  const { phone, userId } = doerte
  await desk.take(inbound({ phone }, text('1')), inbound({ phone, userId }, text('2')))
  await desk.take(inbound({ userId }, text('3')))
  expect(only(await desk.contacts())).toMatchObject({ phone: '+494012340101', userId })
  expect(only(await desk.conversations()).inboundCount).toBe(3)
})

test('a user name is shown, and never makes two people one', async () => {
  await desk.take(inbound(ayse, text('1')), inbound({ ...ayse, userId: 'DE.999' }, text('2')))
  expect((await desk.contacts()).map(({ username }) => username)).toEqual([
    'ayse.kaya',
    'ayse.kaya',
  ])
  expect(await desk.conversations()).toHaveLength(2)
})

test('a phone of one and a user id of another are not merged: a person has to look', async () => {
  await desk.take(inbound({ phone: doerte.phone }, text('1')), inbound(ayse, text('2')))
  await desk.take(inbound({ phone: doerte.phone, userId: ayse.userId }, text('3')))
  expect(await desk.contacts()).toHaveLength(2)
  const [part] = (await desk.parts()).slice(-1)
  expect(part).toMatchObject({ outcome: 'stored', reason: 'identity-conflict' })
  const byAyse = (await desk.messages()).filter(({ author }) => author?.name === ayse.name)
  expect(byAyse.map((row) => row.text)).toEqual(['2', '3'])
})

const system = (inside: Record<string, unknown>, from?: string) =>
  body(
    change('messages', {
      messages: [
        { from, id: aWamid(), timestamp: String(baseSeconds + 5), type: 'system', system: inside },
      ],
    }),
  )
const newUserId = 'DE.99999999999999999999'
const changed = {
  'in the thread': system({
    type: 'user_changed_user_id',
    body: `User Dörte changed from ${doerte.userId} to ${newUserId}`,
    user_id: newUserId,
  }),
  'as a field of its own': body(
    change('user_id_update', {
      contacts: [{ profile: { name: 'Dörte' }, wa_id: '494012349999' }],
      user_id_update: [
        {
          wa_id: '494012349999',
          user_id: { previous: doerte.userId, current: newUserId },
          timestamp: baseSeconds + 6,
        },
      ],
    }),
  ),
}

test.each([
  ['in the thread', 'as a field of its own'],
  ['as a field of its own', 'in the thread'],
] as const)(
  'a new user id, told first %s, then %s: the old thread goes on',
  async (first, second) => {
    await desk.take(inbound({ userId: doerte.userId, name: doerte.name }, text('1')))
    await desk.take(changed[first], changed[second], changed[first])
    await desk.take(inbound({ userId: newUserId }, text('2')))
    await desk.take(inbound({ phone: '494012349999' }, text('3')))
    expect(only(await desk.contacts())).toMatchObject({ userId: newUserId, phone: '+494012349999' })
    const rows = await desk.messages()
    expect(rows.flatMap((row) => row.text ?? [])).toEqual(['1', '2', '3'])
    const lines = rows.filter(({ activity }) => activity?.kind === 'user-id-changed')
    expect(only(lines).activity).toMatchObject({ from: doerte.userId, to: newUserId })
    expect(only(await desk.conversations()).inboundCount).toBe(3)
  },
)

test('a new number keeps the thread, and an old call does not bring the old number back', async () => {
  const move = system(
    { type: 'user_changed_number', body: 'User D changed from 1 to 2', wa_id: '494012349999' },
    doerte.phone,
  )
  await desk.take(inbound({ phone: doerte.phone, name: 'Dörte' }, text('1')), move)
  await desk.take(
    inbound({ phone: '494012349999' }, text('2')),
    inbound({ phone: doerte.phone }, text('3')),
  )
  expect(only(await desk.contacts()).phone).toBe('+494012349999')
  expect(only(await desk.conversations()).inboundCount).toBe(3)
})

test('somebody a colleague entered by hand is found when they write', async () => {
  const id = '019aae00-0000-7000-8000-00000000abcd' as Awaited<
    ReturnType<typeof desk.contacts>
  >[number]['id']
  await desk.log.write(async (tx) =>
    tx.put({
      entity: 'contact',
      row: { id, name: 'Frau Müller', phone: '+494012340101', createdAtMs: 1 },
    }),
  )
  await desk.take(inbound({ phone: doerte.phone }, text('1')))
  expect(only(await desk.contacts()).id).toBe(id)
})

// The past, the app, calls

test('history fills the thread without waking anybody, and a later message opens it', async () => {
  const past = (second: number, from: string, words: string, more = {}) => ({
    from,
    id: aWamid(),
    timestamp: String(baseSeconds - second),
    ...text(words),
    ...more,
  })
  const thread = {
    id: doerte.phone,
    messages: [
      past(500, ourNumber.phone, 'ours', { to: doerte.phone, history_context: { status: 'READ' } }),
      past(900, doerte.phone, 'first'),
    ],
  }
  await desk.take(
    body(change('history', { history: [{ metadata: { phase: 0 }, threads: [thread] }] })),
  )
  expect(await desk.messages()).toMatchObject([
    { text: 'ours', direction: 'out', status: 'read', isHistory: true },
    { text: 'first', direction: 'in', isHistory: true },
  ])
  expect(only(await desk.conversations())).toMatchObject({
    status: 'resolved',
    openedAtMs: (baseSeconds - 500) * 1000,
    inboundCount: 0,
    windowExpiresAtMs: null,
    waitingSinceMs: null,
    lastMessage: { text: 'ours' },
  })
  await desk.take(inbound(doerte, text('neu')))
  expect(only(await desk.conversations())).toMatchObject({ status: 'open', inboundCount: 1 })
})

test('a placeholder of a file from the past becomes the file', async () => {
  const id = aWamid()
  const chunk = (content: Record<string, unknown>) =>
    body(
      change('history', {
        history: [
          {
            threads: [
              {
                id: doerte.phone,
                messages: [{ from: doerte.phone, id, timestamp: '1', ...content }],
              },
            ],
          },
        ],
      }),
    )
  await desk.take(chunk({ type: 'media_placeholder' }))
  await desk.take(chunk({ type: 'image', image: { id: '7', mime_type: 'image/png' } }))
  const row = only(await desk.messages())
  expect(row).toMatchObject({ type: 'image', media: { mime: 'image/png' } })
  expect(row.raw).toBeUndefined()
})

test('what the firm writes in the app is seen in the thread', async () => {
  await desk.take(inbound(doerte, text('Hallo')))
  const echo = {
    from: ourNumber.phone,
    to: doerte.phone,
    id: aWamid(),
    timestamp: '1',
    ...text('Ja?'),
  }
  await desk.take(body(change('smb_message_echoes', { message_echoes: [echo] })))
  expect((await desk.messages())[1]).toMatchObject({
    text: 'Ja?',
    direction: 'out',
    status: 'sent',
    author: { kind: 'agent', name: '+494030068810' },
  })
  expect(only(await desk.conversations()).inboundCount).toBe(1)
})

test('a call is one line, and one by the contact opens the reply window', async () => {
  const call = (event: string) =>
    body(
      change('calls', {
        calls: [
          {
            id: 'wacid.1',
            from: doerte.phone,
            to: ourNumber.phone,
            event,
            direction: 'USER_INITIATED',
            timestamp: String(baseSeconds),
          },
        ],
      }),
    )
  await desk.take(call('connect'), call('terminate'))
  expect(only(await desk.messages())).toMatchObject({
    direction: 'system',
    activity: { kind: 'call' },
  })
  expect(only(await desk.conversations()).windowExpiresAtMs).toBe(baseSeconds * 1000 + windowMs)
})

test('an approved name is shown; events of the account are kept with a reason', async () => {
  await desk.take(inbound(doerte, text('Hallo')))
  const named = {
    display_phone_number: ourNumber.phone,
    decision: 'APPROVED',
    requested_verified_name: 'Nordwerk',
  }
  await desk.take(
    body({ field: 'phone_number_name_update', value: named }),
    body({ field: 'account_update', value: { event: 'ACCOUNT_DELETED' } }),
    body({ field: 'something_new', value: {} }),
  )
  expect(only(await desk.numbers()).name).toBe('Nordwerk')
  expect((await desk.parts()).slice(2).map(({ reason }) => reason)).toEqual([
    'account-level event, kept',
    'unknown field something_new, kept',
  ])
})
