import { closeSync, openSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { aConversation, aMessage } from '../../../core/testing/examples.ts'
import type { FrameRecord } from '../../../core/replica/records.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { openFolder } from '../../../electron/host/files.ts'
import { openReplica, rowsOf } from './life.ts'

/**
 * A process of its own with a replica in a folder on a small disk: works, fills the disk, tries everything that writes,
 * makes room, goes on, starts anew. Says on its output what came of each.
 */
const folder = process.argv[2] ?? ''
const ballast = join(folder, 'ballast')
let seq = 0

const disk = await openFolder(join(folder, 'replica'))
const replica = await openReplica(disk)
await replica.takeFrame(frame(replica, 200))
await replica.keepDeed('note.add', { text: 'x'.repeat(9000) })
const before = stateOf(replica)

fill()
const codes = {
  deed: await codeOf(replica.keepDeed('note.add', { text: 'x'.repeat(9000) })),
  frame: await codeOf(replica.takeFrame(frame(replica, 200))),
  fold: await codeOf(replica.fold()),
  fork: await codeOf(replica.fork()),
}
const isUnchanged = stateOf(replica) === before

rmSync(ballast)
await replica.keepDeed('note.add', { text: 'nachher' })
await replica.takeFrame(frame(replica, 2))
// A frame there is room for, and not for the fold its size brings on: it is taken all the same.
fill()
truncateSync(ballast, statSync(ballast).size - 12_000_000)
const tight = await codeOf(replica.takeFrame(frame(replica, 18_000)))
const isTaken = replica.cursor?.seq['0'] === seq
rmSync(ballast)
await replica.takeFrame(frame(replica, 2))
const after = stateOf(replica)
await replica.close()
await disk.close()

const reopened = await openFolder(join(folder, 'replica'))
const isSame = stateOf(await openReplica(reopened)) === after
await reopened.close()
process.stdout.write(`${JSON.stringify({ codes, isUnchanged, tight, isTaken, isSame })}\n`)

function frame({ cursor, outbox }: Replica, messages: number): FrameRecord {
  seq += 1
  const conversation = aConversation()
  const rows = Array.from({ length: messages }, () => aMessage({ conversationId: conversation.id }))
  return {
    from: cursor,
    cursor: { epoch: 'e1', seq: { '0': seq } },
    lmid: outbox.lmid,
    lmuid: null,
    scopes: ['ws'],
    put: [
      ['conversation', seq, conversation],
      ...rows.map((row) => ['message', seq, row] as FrameRecord['put'][0]),
    ],
    del: [],
    results: [],
  }
}

function stateOf({ base, outbox, cursor }: Replica): string {
  return JSON.stringify([outbox.replica, outbox.retained, cursor, rowsOf(base)])
}

function fill(): void {
  const file = openSync(ballast, 'w')
  for (const size of [65_536, 512, 1]) {
    try {
      for (;;) writeSync(file, Buffer.alloc(size, 1))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error // fs throws nothing else
    }
  }
  closeSync(file)
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error)),
  )
}
