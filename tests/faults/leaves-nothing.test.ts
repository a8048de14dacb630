import { readdirSync, readFileSync } from 'node:fs'
import { open as openFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { withMessage } from '../../core/domain/conversation.ts'
import type { MediaId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Put } from '../../core/protocol/down.ts'
import { protocolVersion } from '../../core/protocol/version.ts'
import { Attachments } from '../../core/replica/attachments.ts'
import type { Disk } from '../../core/replica/ports.ts'
import type { FrameRecord } from '../../core/replica/records.ts'
import { Staging } from '../../core/replica/staging.ts'
import { aConversation, aMessage, anId } from '../../core/testing/examples.ts'
import { openFolder } from '../../electron/host/files.ts'
import { aFolder } from '../../electron/testing/folder.ts'
import { aMachine } from '../support/desks.ts'
import { openReplica } from './disk/life.ts'

/** P5: what is taken from somebody's sight is in no file of their replica's, wherever a copy of it may have come to lie. */

const canary = 'KANARIENVOGEL'
const conversation = aConversation()
const picture = { id: anId<MediaId>(), mime: 'image/png', sizeBytes: 1, state: 'ready' as const }
const message = aMessage({
  conversationId: conversation.id,
  type: 'image',
  text: canary,
  media: picture,
} as never)
const rows: Put[] = [
  ['message', 1, message],
  ['conversation', 1, withMessage(conversation, message)],
]
const at = (seq: number) => ({ epoch: 'e1', seq: { '0': seq } })
const draft = {
  conversationId: conversation.id,
  text: canary,
  mode: 'note',
  updatedAtMs: 0,
} as const

/** A frame that leads to `seq`. */
function frame(seq: number, given: Partial<FrameRecord>): FrameRecord {
  const none = { lmid: 0, lmuid: null, scopes: ['ws', 'team:a'], put: [], del: [], results: [] }
  return { from: seq === 1 ? null : at(seq - 1), cursor: at(seq), ...none, ...given }
}
const takesAway = (seq: number) =>
  frame(seq, { scopes: ['ws'], del: [['conversation', conversation.id]] })

/** Every file below the folder that holds the words, or the picture. */
function traces(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(canary))
    .map((path) => path.slice(folder.length + 1))
}

/** A replica on files, not sealed, with the conversation in its rows, a draft in it, and a picture that was looked at. */
async function sitDown() {
  const folder = await aFolder()
  const disk = await openFolder(folder)
  onTestFinished(() => disk.close())
  const room = { isFull: false }
  const replica = await openReplica(lackingRoom(disk, room))
  await replica.takeFrame(frame(1, { put: rows }))
  await replica.putDraft(draft)
  const response = {
    status: 200,
    header: () => null,
    json: async () => null,
    text: async () => '',
    bytes: async () => new Uint8Array(Buffer.from(canary)),
  }
  const server = { upload: () => Promise.reject(new Error('not here')), read: async () => response }
  const machine = aMachine(disk, [])
  const parts = { machine, replica, server, changed: () => undefined }
  const attachments = await Attachments.open(disk, parts)
  await attachments.read(picture.id, 'original')
  return { folder, disk, room, replica, attachments }
}

/** Nothing can be written as a document while there is no room. */
function lackingRoom(disk: Disk, room: { isFull: boolean }): Disk {
  return {
    ...disk,
    document<T>(name: string) {
      const whole = disk.document<T>(name)
      return {
        read: () => whole.read(),
        async write(content: T) {
          if (room.isFull) throw new AppError('disk-full', 'no room')
          await whole.write(content)
        },
      }
    },
  }
}

const offer = { epoch: 'e1', proto: protocolVersion }
const aPage = { head: { epoch: 'e1', seq: 1, scopes: ['ws', 'team:a'] } as never, put: rows }

test('rows, staging, quarantine and files that were looked at keep nothing of what was taken away', async () => {
  const { folder, disk, replica, attachments } = await sitDown()
  await replica.fold()
  const staging = await replica.stage((own) => Staging.open(own, offer, replica.cursor))
  await staging.add({ ...aPage, windows: [], next: 'more' })
  await keepDamagedCopy(folder, disk)
  expect(traces(folder).map((path) => path.replace(/[\d-].*/, ''))).toEqual(
    expect.arrayContaining(['blobs/seen', 'quarantine/other', 'rows', 'staging.log']),
  )

  const gone = await replica.takeFrame(takesAway(2))
  await attachments.took(takesAway(2), gone)
  expect(traces(folder)).toEqual([])
})

test('a disk that was full when it was taken away keeps it only until there is room', async () => {
  const { folder, room, replica } = await sitDown()
  room.isFull = true
  await expect(replica.fold()).rejects.toMatchObject({ code: 'disk-full' })
  await expect(replica.takeFrame(takesAway(2))).rejects.toMatchObject({ code: 'disk-full' })
  expect(replica.base.get('conversation', conversation.id)).toBeUndefined()
  room.isFull = false
  await replica.takeFrame(frame(3, { scopes: ['ws'] }))
  expect(traces(folder).filter((path) => !path.startsWith('blobs/'))).toEqual([])
})

test('the next process does what the one before it had no room for', async () => {
  const { folder, disk, room, replica } = await sitDown()
  await replica.fold()
  room.isFull = true
  await expect(replica.takeFrame(takesAway(2))).rejects.toMatchObject({ code: 'disk-full' })
  const again = await openReplica(disk)
  expect(again.base.get('conversation', conversation.id)).toBeUndefined()
  expect(traces(folder).filter((path) => !path.startsWith('blobs/'))).toEqual([])
})

test('a whole new copy without it leaves nothing of it either', async () => {
  const { folder, disk, replica, attachments } = await sitDown()
  await keepDamagedCopy(folder, disk)
  const staging = await replica.stage((own) => Staging.open(own, offer, replica.cursor))
  const head = { epoch: 'e1', seq: 2, scopes: ['ws'] } as never
  await staging.add({ head, put: [], windows: [], next: null })
  const place = {
    cursor: at(2),
    scopes: ['ws'],
    rowsProto: protocolVersion,
    ...{ lmid: 0, lmuid: null },
  }
  await replica.adopt(staging.base, place, () => false)
  await attachments.replaced()
  expect(traces(folder)).toEqual([])
})

test('a copy that was fetched before the replica went on is not gone on with', async () => {
  const { replica } = await sitDown()
  const staging = await replica.stage((own) => Staging.open(own, offer, replica.cursor))
  await staging.add({ ...aPage, windows: [], next: null })
  await replica.takeFrame(frame(2, {}))
  const found = await replica.stage((own) => Staging.open(own, offer, replica.cursor))
  expect([found.isComplete, found.base.count('message')]).toEqual([false, 0])
})

/** A journal with the words in it is damaged, found so, and kept aside. */
async function keepDamagedCopy(folder: string, disk: Disk): Promise<void> {
  const journal = disk.journal('other')
  await journal.append(['one', canary, 'three'], true)
  const file = await openFile(join(folder, 'other.log'), 'r+')
  await file.write(Buffer.from('X'), 0, 1, 17)
  await file.close()
  await journal.read()
  await journal.remove()
}
