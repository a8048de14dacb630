import type { MediaBytes, RefusalView } from '../../../core/contract/views.ts'
import type { Change } from '../../../core/domain/entities.ts'
import type { ConversationId } from '../../../core/domain/ids.ts'
import type { User } from '../../../core/domain/people.ts'
import { AppError } from '../../../core/lib/errors.ts'
import type { MutatorArgs, MutatorName } from '../../../core/mutators/all.ts'
import { protocolVersion } from '../../../core/protocol/version.ts'
import { Drafts } from '../../../core/replica/drafts.ts'
import { Overlay } from '../../../core/replica/overlay.ts'
import { Replica } from '../../../core/replica/replica.ts'
import { Search } from '../../../core/replica/search.ts'
import { Views } from '../../../core/replica/views.ts'
import { anId } from '../../../core/testing/examples.ts'
import { createMemoryDisk } from '../../../core/testing/memory-disk.ts'
import { exampleRows } from './rows.ts'

const platform = {
  nowMs: () => Date.now(),
  newId: () => anId<string>(),
  random: () => 0.5,
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}

/** A firm in memory, seen by one person, in which deeds have their real effect. */
export class World {
  readonly me: User
  readonly views: Views
  readonly search: Search
  readonly drafts: Drafts
  refusals: RefusalView[] = []
  readonly #replica: Replica
  readonly #overlay: Overlay
  #listener: (id: ConversationId) => void = () => undefined
  #begun: (id: ConversationId) => void = () => undefined

  constructor(me: User, replica: Replica) {
    this.me = me
    this.#replica = replica
    this.#overlay = new Overlay(replica.base)
    this.drafts = new Drafts({
      ...{ replica, overlay: this.#overlay, userId: me.id, device: 'linux', platform },
      link: () => ({ isSynced: true, proto: protocolVersion }),
      perform: async (args, along) => {
        this.perform('draft.put', args)
        for (const record of along) {
          if (record[0] === 'draft') replica.drafts.set(args.conversationId, record[1])
          else replica.drafts.delete(args.conversationId)
        }
      },
      changed: (id) => this.#begun(id),
      report: (bug) => reportError(bug),
    })
    this.views = new Views(replica, this.#overlay, me.id)
    this.search = new Search(this.#overlay, platform)
  }

  newId<Id extends string>(): Id {
    return anId<Id>()
  }

  /** Writes a row as the server would. */
  put(change: Change): void {
    this.#replica.base.put(change, Date.now())
    this.search.changed([[change.entity, change.row.id]])
  }

  onChange(listener: (id: ConversationId) => void): void {
    this.#listener = listener
  }

  onDraft(listener: (id: ConversationId) => void): void {
    this.#begun = listener
  }

  readonly perform = <N extends MutatorName>(name: N, args: MutatorArgs<N>): void => {
    const outcome = this.#overlay.perform({ name, args }, { user: this.me, nowMs: Date.now() })
    if (!outcome.ok) throw new AppError(outcome.code, name, { details: outcome.details })
    this.search.changed(outcome.changes.map(({ entity, row }) => [entity, row.id]))
    if ('conversationId' in args) this.#listener(args.conversationId)
  }

  /** A photo that is nobody's. */
  async picture(): Promise<MediaBytes> {
    const canvas = new OffscreenCanvas(640, 420)
    const paint = canvas.getContext('2d')!
    const sky = paint.createLinearGradient(0, 0, 640, 420)
    sky.addColorStop(0, '#8fb7c4')
    sky.addColorStop(1, '#d9c49a')
    paint.fillStyle = sky
    paint.fillRect(0, 0, 640, 420)
    paint.fillStyle = '#6b5842'
    paint.fillRect(210, 170, 220, 160)
    paint.fillStyle = '#8a7355'
    paint.fillRect(210, 170, 220, 36)
    const blob = await canvas.convertToBlob({ type: 'image/png' })
    const bytes = new Uint8Array(await blob.arrayBuffer())
    return { mime: 'image/png', bytes, fileName: null }
  }
}

/** @param more conversations besides the examples */
export async function createWorld(more: number): Promise<World> {
  const replica = await Replica.open(createMemoryDisk(), platform)
  const { me, changes } = exampleRows(Date.now(), more)
  changes.forEach((change: Change, index) => replica.base.put(change, index + 1))
  return new World(me, replica)
}
