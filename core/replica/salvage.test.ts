import { expect, test } from 'vitest'
import type { ConversationId, MutationId } from '../domain/ids.ts'
import type { Platform } from '../lib/clock.ts'
import { aConversation, anId, exampleNowMs } from '../testing/examples.ts'
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
const conversation = aConversation()

/** A frame that leads to `seq`; the first brings a conversation. */
function frame(seq: number, given: Partial<FrameRecord> = {}): FrameRecord {
  return {
    from: seq === 1 ? null : { epoch: 'e1', seq: { '0': seq - 1 } },
    cursor: { epoch: 'e1', seq: { '0': seq } },
    lmid: 0,
    lmuid: null,
    scopes: ['ws'],
    put: seq === 1 ? [['conversation', 1, conversation]] : [],
    del: [],
    results: [],
    ...given,
  }
}

const aDraft = (id: ConversationId) => ({
  conversationId: id,
  text: 'Guten Tag',
  mode: 'reply' as const,
  updatedAtMs: exampleNowMs,
})
const note = (text: string) => ['note.add', { text }] as const
const texts = ({ outbox }: Replica) =>
  outbox.pending.map(({ args }) => (args as { text: string }).text)

/** Everything of the person's own that a replica can hold, half of it folded; two were refused, one is decided. */
async function aWorkingReplica(disk: MemoryDisk) {
  const replica = await open(disk)
  await replica.takeFrame(frame(1))
  await replica.keepDeed(...note('eins'))
  const { muid: refused } = await replica.keepDeed(...note('abgelehnt'))
  const { muid: settled } = await replica.keepDeed(...note('entschieden'))
  await replica.fold()
  await replica.putDraft(aDraft(conversation.id))
  const no = (muid: MutationId): FrameRecord['results'][0] => [
    muid,
    { ok: false, code: 'forbidden' },
  ]
  const results = [no(refused), no(settled)]
  await replica.takeFrame(frame(2, { lmid: 3, lmuid: settled, results }))
  await replica.settle(settled)
  await replica.keepDeed(...note('zwei'))
  return { replica, refused }
}

test.each([
  ['is lost', null],
  ['is of a release this one does not know', { format: 99 }],
  ['names a journal that is not there', { format: 1, journal: 'journal-7', shards: {} }],
])('when the manifest %s, what the person did is there, as another replica', async (_, left) => {
  const disk = createMemoryDisk()
  const { replica, refused } = await aWorkingReplica(disk)
  if (left === null) await disk.removeDocument('manifest')
  else await disk.document('manifest').write(left)
  disk.crash({ keepUnsynced: Infinity })

  for (let start = 0; start < 2; start += 1) {
    const again = await open(disk)
    expect(texts(again)).toEqual(['eins', 'zwei'])
    expect(again.outbox.pending.map(({ mid }) => mid)).toEqual([1, 2])
    expect(again.outbox.replica).not.toBe(replica.outbox.replica)
    expect([...again.refused.keys()]).toEqual([refused])
    expect([...again.drafts.values()]).toEqual([aDraft(conversation.id)])
    expect([again.cursor, again.base.count('conversation')]).toEqual([null, 0])
    disk.crash()
  }
})

test('nothing of the generations before is left once the new manifest counts', async () => {
  const disk = createMemoryDisk()
  await aWorkingReplica(disk)
  await disk.removeDocument('manifest')
  disk.crash({ keepUnsynced: Infinity })
  await open(disk)
  expect(await disk.list()).toEqual({ documents: ['manifest'], journals: ['journal-3'] })
})

test('a full disk keeps everything until the work can be written down anew', async () => {
  const disk = createMemoryDisk()
  await aWorkingReplica(disk)
  await disk.removeDocument('manifest')
  disk.crash({ keepUnsynced: Infinity })
  const before = await disk.list()
  disk.isFull = true
  await expect(open(disk)).rejects.toMatchObject({ code: 'disk-full' })
  expect(await disk.list()).toEqual(before)
  disk.isFull = false
  expect(texts(await open(disk))).toEqual(['eins', 'zwei'])
})

test('a fold without its manifest hides nothing that was done after it', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  await replica.keepDeed(...note('eins'))
  const document = disk.document.bind(disk)
  disk.document = (name) => {
    const whole = document<never>(name)
    const write = () => Promise.reject(new Error('the machine stopped'))
    return name === 'manifest' ? { read: () => whole.read(), write } : (whole as never)
  }
  await expect(replica.fold()).rejects.toThrow('stopped')
  disk.document = document
  await replica.keepDeed(...note('zwei'))
  await disk.removeDocument('manifest')
  disk.crash()
  expect((await disk.list()).journals).toEqual(['journal-1', 'journal-2'])
  expect(texts(await open(disk))).toEqual(['eins', 'zwei'])
})
