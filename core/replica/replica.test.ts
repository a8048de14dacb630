import { expect, test } from 'vitest'
import { withMessage } from '../domain/conversation.ts'
import type { Change } from '../domain/entities.ts'
import type { MessageId, MutationId } from '../domain/ids.ts'
import type { Platform } from '../lib/clock.ts'
import { AppError } from '../lib/errors.ts'
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
async function open(disk: MemoryDisk, nowMs = () => exampleNowMs): Promise<Replica> {
  const replica = await Replica.open(disk, { ...platform, nowMs })
  await replica.loading.all()
  return replica
}

/** A frame of these rows that leads to `seq`. */
function frame(seq: number, rows: Change[], given: Partial<FrameRecord> = {}): FrameRecord {
  return {
    from: seq === 1 ? null : { epoch: 'e1', seq: { '0': seq - 1 } },
    cursor: { epoch: 'e1', seq: { '0': seq } },
    lmid: 0,
    lmuid: null,
    scopes: ['ws'],
    put: rows.map(({ entity, row }, index) => [entity, seq + index, row]),
    del: [],
    results: [],
    ...given,
  }
}

function aThread() {
  const message = aMessage()
  const conversation = aConversation({ id: message.conversationId })
  const rows: Change[] = [
    { entity: 'message', row: message },
    { entity: 'conversation', row: withMessage(conversation, message) },
  ]
  return { message, rows }
}

test('a deed survives a power cut, a frame that was only just heard need not', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  const deed = await replica.keepDeed('note.add', { text: 'wichtig' })
  const { rows } = aThread()
  await replica.takeFrame(frame(1, rows))
  disk.crash()

  const again = await open(disk)
  expect(again.outbox.pending).toEqual([deed])
  expect(again.cursor).toBeNull()
  expect(again.outbox.replica).toBe(replica.outbox.replica)
})

test('rows and the place they lead to come back together', async () => {
  const disk = createMemoryDisk()
  const { message, rows } = aThread()
  const replica = await open(disk)
  await replica.takeFrame(frame(1, rows))
  disk.crash({ keepUnsynced: 1 })

  const again = await open(disk)
  expect(again.cursor).toEqual({ epoch: 'e1', seq: { '0': 1 } })
  expect(again.base.get('message', message.id)).toEqual(message)
})

test('a power cut anywhere while folding loses nothing', async () => {
  const { message, rows } = aThread()
  for (let writes = 0; writes < 12; writes += 1) {
    const disk = createMemoryDisk()
    const replica = await open(disk)
    await replica.takeFrame(frame(1, rows))
    await replica.keepDeed('note.add', { text: 'wichtig' })
    const image = stopAfter(disk, writes)
    await replica.fold().catch(() => undefined)

    const again = await open(image())
    expect(again.outbox.pending.map(({ args }) => args)).toEqual([{ text: 'wichtig' }])
    if (again.cursor !== null) expect(again.base.get('message', message.id)).toEqual(message)
  }
})

/** Lets `writes` more changes reach the disk; `image` is what was on it then. */
function stopAfter(disk: MemoryDisk, writes: number): () => MemoryDisk {
  let image: MemoryDisk | null = null
  let left = writes
  const count = () => {
    if (left === 0) image ??= disk.copy()
    left -= 1
  }
  const document = disk.document.bind(disk)
  const journal = disk.journal.bind(disk)
  const removeDocument = disk.removeDocument.bind(disk)
  disk.document = (name) => {
    const inner = document<never>(name)
    return {
      read: () => inner.read(),
      write: (value: never) => (count(), inner.write(value)),
    } as never
  }
  disk.journal = (name) => {
    const inner = journal(name)
    return { ...inner, append: (records, isDurable) => (count(), inner.append(records, isDurable)) }
  }
  disk.removeDocument = (name) => (count(), removeDocument(name))
  return () => image ?? disk.copy()
}

test('a damaged journal gives up its rows, never its deeds, and asks the server for everything', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  const { rows } = aThread()
  await replica.takeFrame(frame(1, rows))
  await replica.keepDeed('note.add', { text: 'wichtig' })
  disk.damage('journal-1', 1)
  disk.crash({ keepUnsynced: Infinity })

  const again = await open(disk)
  expect(again.cursor).toBeNull()
  expect([...again.base.all('message')]).toEqual([])
  expect(again.outbox.pending.map(({ args }) => args)).toEqual([{ text: 'wichtig' }])
  disk.crash()
  expect((await open(disk)).outbox.pending).toHaveLength(1)
})

test('a journal whose beginning is damaged gives up no deed either', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  await replica.keepDeed('note.add', { text: 'eins' })
  await replica.keepDeed('note.add', { text: 'zwei' })
  disk.damage('journal-1', 0)
  disk.crash()

  const texts = (one: Replica) =>
    one.outbox.retained.map(({ args }) => (args as { text: string }).text)
  expect(texts(await open(disk))).toEqual(['eins', 'zwei'])
  disk.crash()
  expect(texts(await open(disk))).toEqual(['eins', 'zwei'])
})

test('a fork the disk has no room for has not happened', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  await replica.keepDeed('note.add', { text: 'eins' })
  const before = { id: replica.outbox.replica, deeds: [...replica.outbox.retained] }
  disk.isFull = true
  await expect(replica.fork()).rejects.toThrow(AppError)
  expect({ id: replica.outbox.replica, deeds: [...replica.outbox.retained] }).toEqual(before)
})

test('a missing document of the inbox means asking the server again, not half an inbox', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  await replica.takeFrame(frame(1, aThread().rows))
  await replica.fold()
  const rows = [...disk.documents().keys()].find((name) => name.endsWith('-desk'))
  await disk.removeDocument(rows ?? '')
  disk.crash()

  const again = await open(disk)
  expect(again.cursor).toBeNull()
  expect([...again.base.all('conversation')]).toEqual([])
})

test('with a full disk nothing is taken over and the place does not move', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  disk.isFull = true
  await expect(replica.keepDeed('note.add', {})).rejects.toThrow(AppError)
  await expect(replica.takeFrame(frame(1, aThread().rows))).rejects.toThrow(AppError)
  expect(replica.outbox.pending).toEqual([])
  expect(replica.cursor).toBeNull()
  disk.isFull = false
  expect((await replica.keepDeed('note.add', {})).mid).toBe(1)
})

test('an acknowledged deed leaves the queue but is kept a week, through folding and forks', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  const deed = await replica.keepDeed('note.add', { text: 'getan' })
  await replica.takeFrame(
    frame(1, [], { lmid: 1, lmuid: deed.muid, results: [[deed.muid, { ok: true }]] }),
  )
  await replica.fold()
  disk.crash()

  const again = await open(disk)
  expect(again.outbox.pending).toEqual([])
  expect(again.outbox.retained).toEqual([deed])
  expect((await again.keepDeed('note.add', { text: 'danach' })).prev).toBe(deed.muid)
  await again.fork()
  expect(again.outbox.pending.map(({ mid, muid }) => [mid, muid])).toEqual([
    [1, deed.muid],
    [2, again.outbox.last.muid],
  ])
})

test('a refused deed stays until the person has decided, also after a restart', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  const deed = await replica.keepDeed('note.add', { text: 'nein' })
  const results: FrameRecord['results'] = [[deed.muid, { ok: false, code: 'forbidden' }]]
  await replica.takeFrame(frame(1, [], { lmid: 1, lmuid: deed.muid, results }))
  await replica.fold()
  disk.crash()

  const again = await open(disk)
  expect([...again.refused.values()]).toMatchObject([
    { code: 'forbidden', deed: { args: { text: 'nein' } } },
  ])
  await again.settle(deed.muid)
  disk.crash()
  expect((await open(disk)).refused.size).toBe(0)
})

test('a server that knows more of us than we do, or something else, is noticed', async () => {
  const replica = await open(createMemoryDisk())
  const deed = await replica.keepDeed('note.add', {})
  expect(replica.outbox.isForked(1, deed.muid)).toBe(false)
  expect(replica.outbox.isForked(2, anId<MutationId>())).toBe(true)
  expect(replica.outbox.isForked(1, anId<MutationId>())).toBe(true)
  expect(replica.outbox.isForked(0, null)).toBe(false)
})

test('a server put back further than deeds are kept is met as a new replica, with all that is kept', async () => {
  let nowMs = Date.UTC(2026, 10, 23)
  const replica = await open(createMemoryDisk(), () => nowMs)
  const old = await replica.keepDeed('note.add', { text: 'alt' })
  await replica.takeFrame(frame(1, [], { lmid: 1, lmuid: old.muid }))
  nowMs += 8 * 24 * 60 * 60_000
  await replica.fold()
  expect(replica.outbox.isForked(1, old.muid)).toBe(false)
  expect(replica.outbox.isForked(0, null)).toBe(true)
  const fresh = await replica.keepDeed('note.add', { text: 'neu' })
  expect(replica.outbox.isForked(0, null)).toBe(true)
  await replica.fork()
  expect(replica.outbox.isForked(0, null)).toBe(false)
  expect(replica.outbox.batch(0)).toMatchObject([{ mid: 1, prev: null, muid: fresh.muid }])
})

test('an empty draft is no draft', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  const { message } = aThread()
  const draft = { conversationId: message.conversationId, mode: 'reply' as const, updatedAtMs: 1 }
  await replica.putDraft({ ...draft, text: 'Guten', replyTo: anId<MessageId>() })
  await replica.putDraft({ ...draft, text: '' })
  disk.crash({ keepUnsynced: Infinity })
  expect((await open(disk)).drafts.size).toBe(0)
})

test('a fork keeps the rows and their place, and what is done then belongs to the history they are of', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  const { message, rows } = aThread()
  await replica.takeFrame(frame(1, rows))
  await replica.fork()
  expect((await replica.keepDeed('note.add', { text: 'x' })).ep).toBe('e1')
  const again = await open(disk)
  for (const one of [replica, again]) {
    expect(one.cursor).toEqual({ epoch: 'e1', seq: { '0': 1 } })
    expect(one.base.get('message', message.id)).toEqual(message)
  }
})

test('a refused deed is never done again by itself: not after a fork, nor on a server that was set back', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  await replica.takeFrame(frame(1, aThread().rows))
  const before = await replica.keepDeed('note.add', { text: 'getan' })
  const refused = await replica.keepDeed('note.add', { text: 'abgelehnt' })
  const after = await replica.keepDeed('note.add', { text: 'danach' })
  const results: FrameRecord['results'] = [[refused.muid, { ok: false, code: 'forbidden' }]]
  await replica.takeFrame(frame(2, [], { lmid: 2, lmuid: refused.muid, results }))
  for (const one of [replica, await open(disk)]) {
    expect(one.refused.get(refused.muid)?.deed).toEqual(refused)
    expect(one.outbox.pending).toEqual([after])
    expect(one.outbox.retained).toEqual([before, after])
    expect(one.outbox.isForked(2, refused.muid)).toBe(false)
    // A server from before it was refused cannot go on from there: what comes next names a deed it never heard of.
    expect(one.outbox.isForked(1, before.muid)).toBe(true)
  }
  await replica.settle(refused.muid)
  await replica.fold()
  await replica.fork()
  const again = await open(disk)
  expect(again.refused.size).toBe(0)
  expect(again.outbox.pending.map(({ mid, muid, prev }) => [mid, muid, prev])).toEqual([
    [1, before.muid, null],
    [2, after.muid, before.muid],
  ])
})

test('a deed done in place of a refused one settles it in the same moment', async () => {
  const disk = createMemoryDisk()
  const replica = await open(disk)
  const refused = await replica.keepDeed('note.add', { text: 'abgelehnt' })
  const results: FrameRecord['results'] = [[refused.muid, { ok: false, code: 'forbidden' }]]
  await replica.takeFrame(frame(1, [], { lmid: 1, lmuid: refused.muid, results }))
  disk.isFull = true
  await expect(
    replica.keepDeed('note.add', {}, [['settled', { muid: refused.muid }]]),
  ).rejects.toThrow(AppError)
  expect(replica.refused.size).toBe(1)
  disk.isFull = false
  const instead = await replica.keepDeed('note.add', { text: 'doch' }, [
    ['settled', { muid: refused.muid }],
  ])
  disk.crash({ keepUnsynced: Infinity })
  const again = await open(disk)
  expect(again.outbox.pending).toEqual([instead])
  expect(again.refused.size).toBe(0)
})
