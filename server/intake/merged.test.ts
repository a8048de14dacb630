import { beforeEach, expect, test } from 'vitest'
import {
  ayse,
  baseSeconds,
  body,
  change,
  doerte,
  inbound,
  status,
  statuses,
  text,
} from '../../tests/fixtures/bodies.ts'
import { intakeDesk, only } from '../../tests/fixtures/intake.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

const byPhone = { phone: doerte.phone, name: 'Dörte' }
const both = { phone: doerte.phone, userId: ayse.userId }
const at = (second: number) => ({ timestamp: String(baseSeconds + second) })

async function contactNamed(name: string) {
  return only((await desk.contacts()).filter((row) => row.name === name))
}

async function merge() {
  await desk.take(inbound(ayse, text('1'), at(1)), inbound(byPhone, text('2'), at(2)))
  const [from, into] = [await contactNamed(ayse.name), await contactNamed('Dörte')]
  const pair = { from: from.id, into: into.id, activityIds: [desk.newId()] }
  await desk.does('contact.merge', { ...pair, keep: {} })
  return { from, into, pair }
}

test('identifiers that lead to two contacts are a doubt on both, once, until somebody decides', async () => {
  await desk.take(inbound(ayse, text('1')), inbound(byPhone, text('2')))
  await desk.take(inbound(both, text('3')), inbound(both, text('4')))
  const [one, other] = [await contactNamed(ayse.name), await contactNamed('Dörte')]
  const doubt = { kind: 'phone', value: '+494012340101' }
  expect(one.conflicts).toMatchObject([{ ...doubt, contactId: other.id }])
  expect(other.conflicts).toMatchObject([{ ...doubt, contactId: one.id }])

  await desk.does('contact.dismiss-conflict', { contactId: one.id, otherId: other.id })
  await desk.take(inbound(both, text('5')))
  expect((await desk.contacts()).flatMap(({ conflicts = [] }) => conflicts)).toEqual([])
  expect((await desk.parts()).at(-1)).toMatchObject({ outcome: 'stored', reason: null })
})

test('a new user id that somebody else has already is a doubt, and merges nobody', async () => {
  await desk.take(inbound(doerte, text('1')), inbound(ayse, text('2')))
  const update = {
    wa_id: doerte.phone,
    user_id: { previous: doerte.userId, current: ayse.userId },
    timestamp: baseSeconds + 5,
  }
  await desk.take(body(change('user_id_update', { user_id_update: [update] })))
  expect((await desk.contacts()).map(({ conflicts }) => conflicts?.[0]?.kind)).toEqual([
    'user-id',
    'user-id',
  ])
  expect(await desk.conversations()).toHaveLength(2)
})

test('what WhatsApp says of a recipient can raise a doubt as well', async () => {
  await desk.take(inbound(ayse, text('1')), inbound(byPhone, text('2')))
  const conversation = (await desk.conversations())[1]!
  const sent = await desk.sent({ wamid: 'wamid.OUT' })
  await desk.log.write(async (tx) => {
    const row = (await tx.get('message', sent.id))!
    tx.put({
      entity: 'message',
      row: { ...row, conversationId: conversation.id, ord: 99 },
    })
  })
  const recipient = { recipient_id: doerte.phone, recipient_user_id: ayse.userId }
  await desk.take(statuses(status('wamid.OUT', 'delivered', recipient)))
  expect((await contactNamed('Dörte')).conflicts).toHaveLength(1)
})

test('after a merge, what either writes comes to the one that is left', async () => {
  const { from, into } = await merge()
  await desk.take(inbound(ayse, text('3'), at(3)), inbound(byPhone, text('4'), at(4)))
  await desk.take(inbound(both, text('5'), at(5)))
  const shown = only((await desk.conversations()).filter((row) => row.contactId === into.id))
  expect(shown).toMatchObject({ inboundCount: 4, lastMessage: { text: '5' } })
  expect(shown.includes).toHaveLength(1)
  expect(await desk.contacts()).toHaveLength(2)
  expect(await contactNamed(from.name ?? '')).toMatchObject({ mergedInto: into.id })
  expect((await desk.contacts()).flatMap(({ conflicts = [] }) => conflicts)).toEqual([])
})

test('the answer goes to the account that wrote last', async () => {
  const other = { phone: '494012340777', userId: 'DE.777', name: 'Privat' }
  await desk.take(inbound(doerte, text('1'), at(1)), inbound(other, text('2'), at(2)))
  const [into, from] = [await contactNamed(doerte.name), await contactNamed('Privat')]
  const pair = { from: from.id, into: into.id, activityIds: [] }
  await desk.does('contact.merge', { ...pair, keep: { name: 'into' } })
  const reached = async () => (await contactNamed(doerte.name)).phone
  expect(await reached()).toBe('+494012340101')
  await desk.take(inbound(other, text('3'), at(3)))
  expect(await reached()).toBe('+494012340777')
  await desk.take(inbound(doerte, text('4'), at(4)), inbound(other, text('alt'), at(1)))
  expect(await reached()).toBe('+494012340101')
})

test('a reaction taken back after a merge goes, whoever had given it', async () => {
  await desk.take(inbound(ayse, text('1')))
  const sent = await desk.sent({ wamid: 'wamid.T' })
  const reaction = (who: object, emoji: string, second: number) =>
    inbound(who, { type: 'reaction', reaction: { message_id: 'wamid.T', emoji } }, at(second))
  await desk.take(reaction(ayse, '👍', 1), inbound(byPhone, text('2')))
  const [from, into] = [await contactNamed(ayse.name), await contactNamed('Dörte')]
  await desk.does('contact.merge', { from: from.id, into: into.id, keep: {}, activityIds: [] })
  await desk.take(reaction(byPhone, '', 9))
  const target = (await desk.messages()).find(({ id }) => id === sent.id)
  expect(target?.reactions).toEqual([])
})

test('after a merge was taken back, each gets its own again', async () => {
  const { from, into, pair } = await merge()
  const userId = 'DE.NEW.OF.AYSE'
  await desk.take(
    inbound({ ...ayse, parentUserId: 'DE.ENT.1' }, text('3'), at(3)),
    body(
      change('user_id_update', {
        user_id_update: [
          { user_id: { previous: ayse.userId, current: userId }, timestamp: baseSeconds + 4 },
        ],
      }),
    ),
  )
  expect(await contactNamed('Dörte')).toMatchObject({ userId })
  await desk.does('contact.unmerge', { ...pair, activityIds: [] })
  await desk.take(inbound({ userId }, text('4'), at(5)), inbound(byPhone, text('5'), at(6)))
  const countOf = async (id: string) =>
    only((await desk.conversations()).filter((row) => row.contactId === id)).inboundCount
  expect([await countOf(from.id), await countOf(into.id)]).toEqual([2, 3])
  expect(await contactNamed(ayse.name)).toMatchObject({ userId })
})

test('a name that a colleague wrote stays, whatever the contact is called on WhatsApp', async () => {
  await desk.take(inbound(doerte, text('1')))
  const { id: contactId } = only(await desk.contacts())
  await desk.does('contact.rename', { contactId, name: 'Frau Müller (Bestellung 7)' })
  await desk.take(inbound({ ...doerte, name: 'Dörte ☀️' }, text('2')))
  expect(only(await desk.contacts()).name).toBe('Frau Müller (Bestellung 7)')
  await desk.does('contact.rename', { contactId, name: '' })
  await desk.take(inbound({ ...doerte, name: 'Dörte ☀️' }, text('3')))
  expect(only(await desk.contacts()).name).toBe('Dörte ☀️')
})
