import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Conversation } from '../domain/conversation.ts'
import { entityNames, type Change } from '../domain/entities.ts'
import type { ConversationId, MessageId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'
import type { Platform } from '../lib/clock.ts'
import { must } from '../lib/must.ts'
import { aConversation, aMessage, anId, exampleNowMs } from '../testing/examples.ts'
import { createMemoryDisk, type MemoryDisk } from '../testing/memory-disk.ts'
import { slowly } from '../testing/slow-disk.ts'
import type { Base } from './base.ts'
import type { FrameRecord, JournalRecord } from './records.ts'
import { Replica } from './replica.ts'

const platform: Platform = {
  nowMs: () => exampleNowMs,
  newId: () => anId(),
  random: () => 0.5,
  after: () => () => undefined,
}
const threads = 5
const each = 3
const conversations = Array.from({ length: threads }, () => aConversation())
const messages = conversations.map(({ id }, thread) =>
  Array.from({ length: each }, (_, at) =>
    aMessage({ conversationId: id, ord: at + 1, text: `M${thread}-${at}.` }),
  ),
)
const idOf = (thread: number): ConversationId => must(conversations[thread], 'thread').id
const messageOf = (thread: number, at: number): Message => must(messages[thread]?.[at], 'message')

/** A replica whose conversations are folded, and whose process ended when it had written these frames to its journal. */
async function aFoldedDisk(later: readonly FrameRecord[] = []): Promise<MemoryDisk> {
  const disk = createMemoryDisk()
  const replica = await Replica.open(disk, platform)
  const rows = conversations.map((row): Change => ({ entity: 'conversation', row }))
  for (const row of messages.flat()) rows.push({ entity: 'message', row })
  await replica.takeFrame(
    frameOf(1, null, { put: rows.map(({ entity, row }) => [entity, 1, row]) }),
  )
  await replica.fold()
  await replica.close()
  const journal = disk.journal('journal-2')
  await journal.append(
    later.map((frame) => ['frame', frame] satisfies JournalRecord),
    true,
  )
  disk.crash({ keepUnsynced: Infinity })
  return disk
}

function frameOf(seq: number, from: FrameRecord['from'], rest: Partial<FrameRecord>): FrameRecord {
  const cursor = { epoch: 'e1', seq: { '0': seq } }
  const acked = { lmid: 0, lmuid: null, results: [] }
  return { from, cursor, scopes: ['ws'], put: [], del: [], ...acked, ...rest }
}

/** Lets everything through until this is done. */
async function through<T>(work: Promise<T>, letThrough: ((at: number) => void) | null): Promise<T> {
  let isDone = false
  void work.finally(() => (isDone = true)).catch(() => undefined) // heard of below
  while (!isDone) {
    letThrough?.(0)
    await settle()
  }
  return work
}

const settle = () => new Promise<void>((done) => setImmediate(done))

function rowsOf(base: Base): string[] {
  return entityNames
    .flatMap((entity) => [...base.held(entity)].map((held) => JSON.stringify([entity, ...held])))
    .sort()
}

function holds(disk: MemoryDisk, { text }: Message): boolean {
  return JSON.stringify([...disk.documents()]).includes(text ?? '')
}

/** What happens while messages are read. */
type Step =
  | { kind: 'let-through'; at: number }
  | { kind: 'change' | 'remove' | 'add'; thread: number; at: number }
  | { kind: 'lose' | 'open'; thread: number }
  | { kind: 'anew'; threads: number }
  | { kind: 'fold' | 'fork' | 'deed' }

const thread = fc.nat(threads - 1)
const at = fc.nat(each - 1)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('let-through' as const), at: fc.nat(9) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('change' as const, 'remove' as const, 'add' as const),
      thread,
      at,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('lose' as const, 'open' as const), thread }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('anew' as const), threads: fc.nat(threads) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('fold' as const, 'deed' as const) }),
  },
)

/** The frame a step brings, if it brings one. */
function frameFor(step: Step, seq: number): FrameRecord | null {
  const from = { epoch: 'e1', seq: { '0': seq - 1 } }
  switch (step.kind) {
    case 'change': {
      const row = { ...messageOf(step.thread, step.at), text: `changed at ${seq}` }
      const conversation = must(conversations[step.thread], 'thread')
      return frameOf(seq, from, {
        put: [
          ['conversation', seq, conversation],
          ['message', seq, row],
        ],
      })
    }
    case 'add': {
      const id = `019aae09-0000-7000-8000-${String(seq).padStart(12, '0')}` as MessageId // made here
      const row = { ...messageOf(step.thread, 0), id, ord: 10 + seq, text: `added at ${seq}` }
      const conversation = must(conversations[step.thread], 'thread')
      return frameOf(seq, from, {
        put: [
          ['conversation', seq, conversation],
          ['message', seq, row],
        ],
      })
    }
    case 'remove':
      return frameOf(seq, from, { del: [['message', messageOf(step.thread, step.at).id]] })
    case 'lose':
      return frameOf(seq, from, { del: [['conversation', idOf(step.thread)]] })
    case 'anew': {
      const kept: Conversation[] = conversations.slice(0, step.threads)
      const rows = kept.flatMap((row, index): FrameRecord['put'] => [
        ['conversation', seq, row],
        ['message', seq, messageOf(index, 0)],
      ])
      return frameOf(seq, null, { put: rows })
    }
    default:
      return null
  }
}

/** Of all that happened, messages of a thread that may be gone by now. */
function mayBeGone(steps: readonly Step[], { id, conversationId }: Message): boolean {
  return steps.some((one) => {
    if (one.kind === 'remove') return messageOf(one.thread, one.at).id === id
    return one.kind === 'anew' || (one.kind === 'lose' && idOf(one.thread) === conversationId)
  })
}

/**
 * Plays the steps. Frames come one after the other, as a line brings them; all else happens when it happens.
 *
 * @param before what is in the journal
 * @param letThrough null when everything is read before the first step
 */
async function play(
  disk: MemoryDisk,
  [before, steps]: readonly [before: readonly Step[], steps: readonly Step[]],
  letThrough: ((at: number) => void) | null,
): Promise<Replica> {
  const replica = await through(Replica.open(disk, platform), letThrough)
  if (letThrough === null) await replica.loading.all()
  else replica.loadRest({ came: () => undefined, damaged: () => undefined })
  const others: Promise<unknown>[] = []
  let line: Promise<unknown> = Promise.resolve()
  let seq = replica.cursor?.seq['0'] ?? 0
  for (const one of steps) {
    const frame = frameFor(one, seq + 1)
    if (frame !== null) {
      seq += 1
      line = line.then(async () => {
        await replica.takeFrame(frame)
        if (one.kind === 'remove' || one.kind === 'lose')
          expect(holds(disk, messageOf(one.thread, one.kind === 'remove' ? one.at : 0))).toBe(false)
      })
    } else if (one.kind === 'let-through') letThrough?.(one.at)
    else if (one.kind === 'fold') others.push(replica.fold())
    else if (one.kind === 'deed') others.push(replica.keepDeed('note.add', { text: 'wichtig' }))
    else if (one.kind === 'open') {
      const id = idOf(one.thread)
      const opened = replica.loading.surely(id).then(() => {
        const shown = new Set(replica.base.messages(id).map((message) => message.id))
        const missing = must(messages[one.thread], 'thread').filter(
          (message) => !shown.has(message.id) && !mayBeGone([...before, ...steps], message),
        )
        expect(missing).toEqual([])
      })
      others.push(opened)
    }
    if (letThrough === null) await Promise.all([line, ...others])
    else await settle()
  }
  await through(Promise.all([line, ...others, replica.loading.all()]), letThrough)
  return replica
}

test('rows that are read late, in whatever order with all else, leave the same as rows that are read first', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 4 }),
      fc.array(step, { minLength: 1, maxLength: 14 }),
      async (before, steps) => {
        const journal: FrameRecord[] = []
        for (const one of before) {
          const frame = frameFor(one, journal.length + 2)
          if (frame !== null) journal.push(frame)
        }
        const disk = await aFoldedDisk(journal)
        const late = slowly(disk.copy())
        const [first, behind] = [disk.copy(), late.disk]
        const expected = await play(first, [before, steps], null)
        const replica = await play(behind, [before, steps], late.letThrough)
        expect(rowsOf(replica.base)).toEqual(rowsOf(expected.base))
        expect(replica.cursor).toEqual(expected.cursor)
        expect(replica.outbox.pending).toHaveLength(expected.outbox.pending.length)
        for (const conversation of conversations) {
          expect(replica.base.messages(conversation.id)).toEqual(
            expected.base.messages(conversation.id),
          )
        }
        await replica.fold()
        for (const message of messages.flat()) {
          if (expected.base.get('message', message.id) === undefined)
            expect(holds(behind, message)).toBe(false)
        }
        behind.crash({ keepUnsynced: Infinity })
        const again = await through(Replica.open(behind, platform), late.letThrough)
        expect(await through(again.loading.all(), late.letThrough)).toBe(true)
        expect(rowsOf(again.base)).toEqual(rowsOf(expected.base))
      },
    ),
    { numRuns: 300 },
  )
})
