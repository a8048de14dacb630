import { randomUUID } from 'node:crypto'
import type { Change } from '../../../core/domain/entities.ts'
import { Overlay } from '../../../core/replica/overlay.ts'
import type { FrameRecord } from '../../../core/replica/records.ts'
import { Replica } from '../../../core/replica/replica.ts'
import { Views } from '../../../core/replica/views.ts'
import { aNumber } from '../../../core/testing/examples.ts'
import { openFolder } from '../../../electron/host/files.ts'
import { me } from '../held.ts'
import type { Inbox, Store } from './store.ts'

const platform = {
  nowMs: () => Date.now(),
  newId: () => randomUUID(),
  random: () => Math.random(),
  after: () => () => undefined,
}

/** Our own replica on files, sealed when there is a key. */
export async function openKontor(folder: string, key: Buffer | null): Promise<Store> {
  const disk = await openFolder(folder, key)
  const replica = await Replica.open(disk, platform)
  const { loading } = replica
  const damaged = () => {
    throw new Error('a document cannot be read')
  }
  replica.loadRest({ came: () => undefined, damaged })
  const views = new Views(replica, new Overlay(replica.base), me)
  let seq = replica.cursor?.seq['0'] ?? 0
  let place = replica.cursor
  /** The next one, also when the one before is not taken yet. */
  const frame = (changes: readonly Change[]): FrameRecord => {
    seq += 1
    const from = place
    place = { epoch: 'bench', seq: { '0': seq } }
    return {
      from,
      cursor: place,
      lmid: 0,
      lmuid: null,
      scopes: ['ws'],
      put: changes.map(({ entity, row }) => [entity, seq, row]),
      del: [],
      results: [],
    }
  }
  return {
    async fill({ contacts, conversations, reads, messages }) {
      const number = aNumber({ id: conversations[0]!.numberId })
      await replica.takeFrame(
        frame([
          { entity: 'number', row: number },
          ...contacts.map((row): Change => ({ entity: 'contact', row })),
          ...conversations.map((row): Change => ({ entity: 'conversation', row })),
          ...reads.map((row): Change => ({ entity: 'read', row })),
          ...messages.map((row): Change => ({ entity: 'message', row })),
        ]),
      )
      await replica.fold()
    },
    inbox(limit) {
      const counts = views.counts().map(({ view, count, unread }) => [view.kind, { count, unread }])
      return {
        rows: views.page({ kind: 'open' }, limit).rows,
        views: Object.fromEntries(counts) as Inbox['views'], // made of the line above
      }
    },
    async loaded() {
      await loading.all()
    },
    async thread(id, limit) {
      await loading.surely(id)
      return views.thread(id, limit).messages
    },
    async arrive(message, conversation) {
      await replica.takeFrame(
        frame([
          { entity: 'message', row: message },
          { entity: 'conversation', row: conversation },
        ]),
      )
    },
    tidyUp: { name: 'a fold', run: () => replica.fold() },
    async close() {
      await replica.close()
      await disk.close()
    },
  }
}
