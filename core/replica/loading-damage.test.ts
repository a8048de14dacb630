import { expect, test } from 'vitest'
import type { Change } from '../domain/entities.ts'
import type { Platform } from '../lib/clock.ts'
import { must } from '../lib/must.ts'
import { aConversation, aMessage, anId, exampleNowMs } from '../testing/examples.ts'
import { createMemoryDisk, type MemoryDisk } from '../testing/memory-disk.ts'
import type { FrameRecord } from './records.ts'
import { Replica } from './replica.ts'

const platform: Platform = {
  nowMs: () => exampleNowMs,
  newId: () => anId(),
  random: () => 0.5,
  after: () => () => undefined,
}
const open = (disk: MemoryDisk) => Replica.open(disk, platform)
const message = aMessage()
const conversation = aConversation({ id: message.conversationId })
const rows: Change[] = [
  { entity: 'message', row: message },
  { entity: 'conversation', row: conversation },
]

function frameOf(seq: number, from: FrameRecord['from']): FrameRecord {
  const put = rows.map(({ entity, row }): FrameRecord['put'][0] => [entity, seq, row])
  const cursor = { epoch: 'e1', seq: { '0': seq } }
  return { from, cursor, lmid: 0, lmuid: null, scopes: ['ws'], put, del: [], results: [] }
}

/** A replica with a deed, opened on a disk that has lost the document of the only message. */
async function aDamagedReplica() {
  const disk = createMemoryDisk()
  const before = await open(disk)
  await before.takeFrame(frameOf(1, null))
  await before.keepDeed('note.add', { text: 'wichtig' })
  await before.fold()
  const lost = [...disk.documents().keys()].find((name) => name.includes('messages'))
  await disk.removeDocument(must(lost, 'document'))
  disk.crash()
  const replica = await open(disk)
  const told: string[] = []
  replica.loadRest({ came: () => told.push('came'), damaged: () => told.push('damaged') })
  return { disk, replica, told }
}

test('messages that cannot be read are asked of the server again; what is here stays, deeds above all', async () => {
  const { disk, replica, told } = await aDamagedReplica()
  expect(replica.cursor).not.toBeNull()
  await expect.poll(() => told).toEqual(['damaged'])
  expect(replica.cursor).toBeNull()
  expect(replica.base.get('conversation', conversation.id)).toEqual(conversation)
  expect(replica.outbox.pending.map(({ args }) => args)).toEqual([{ text: 'wichtig' }])
  await replica.keepDeed('note.add', { text: 'danach' })

  disk.crash()
  const again = await open(disk)
  expect(await again.loading.all()).toBe(false)
  expect(again.outbox.pending).toHaveLength(2)
})

test('whoever opens that conversation waits until the server has sent it, and sees it then', async () => {
  const { replica } = await aDamagedReplica()
  let isShown = false
  const opening = replica.loading.surely(conversation.id).then(() => (isShown = true))
  expect(await replica.loading.messagesOf(conversation.id)).toBe(false)
  expect(isShown).toBe(false)
  await replica.takeFrame(frameOf(7, null))
  await opening
  expect(replica.base.messages(conversation.id)).toEqual([message])
  expect(replica.loading.isOver).toBe(true)
})

test('half a replica is never folded, and goes on from nowhere', async () => {
  const { disk, replica, told } = await aDamagedReplica()
  await expect.poll(() => told).toEqual(['damaged'])
  const before = new Map(disk.documents())
  await expect(replica.fold()).rejects.toMatchObject({ code: 'unavailable' })
  const { epoch, seq } = frameOf(1, null).cursor
  await expect(replica.takeFrame(frameOf(2, { epoch, seq }))).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(replica.cursor).toBeNull()
  expect(disk.documents()).toEqual(before)
})

test('a console that ends while somebody waits for messages lets them go', async () => {
  const { replica } = await aDamagedReplica()
  const opening = replica.loading.surely(conversation.id)
  await replica.close()
  await expect(opening).rejects.toMatchObject({ code: 'offline' })
  await expect(replica.fold()).rejects.toMatchObject({ code: 'unavailable' })
})
