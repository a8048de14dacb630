import { withMessage } from '../../../core/domain/conversation.ts'
import type { Change } from '../../../core/domain/entities.ts'
import type { ConversationId, MutationId, ReplicaId } from '../../../core/domain/ids.ts'
import { entityNames } from '../../../core/domain/entities.ts'
import type { Platform } from '../../../core/lib/clock.ts'
import { must } from '../../../core/lib/must.ts'
import type { Base } from '../../../core/replica/base.ts'
import type { Disk } from '../../../core/replica/ports.ts'
import type { FrameRecord } from '../../../core/replica/records.ts'
import { Replica } from '../../../core/replica/replica.ts'
import { aConversation, aMessage, anId, exampleNowMs } from '../../../core/testing/examples.ts'

const platform: Platform = {
  nowMs: () => exampleNowMs,
  newId: () => anId(),
  random: () => 0.5,
  after: () => () => undefined,
}
const threads = 3
const draftTexts = ['Guten Tag', 'Guten Tag, Frau Yıldız', '']

/** With everything that is on the disk. */
export async function openReplica(disk: Disk): Promise<Replica> {
  const replica = await Replica.open(disk, platform)
  await replica.loading.all()
  return replica
}

/** What a replica did on a disk, and what it had promised by when. A moment is a count the caller keeps. */
export class Life {
  /** Deeds that were said to be saved, since when. */
  readonly saved: { muid: MutationId; sinceMoment: number }[] = []
  /** Refusals about which the person had decided, since when. */
  readonly settled: { muid: MutationId; sinceMoment: number }[] = []
  /** The rows and the acknowledgement at every place a frame led to. */
  readonly places = new Map<string, { rows: string[]; lmid: number }>()
  firstReplica: ReplicaId | null = null
  /** Every replica it was. */
  readonly replicas = new Set<ReplicaId>()
  readonly #moment: () => number
  #seq = 0
  #replica: Replica | null = null

  constructor(moment: () => number) {
    this.#moment = moment
  }

  /** Deeds, frames, drafts, refusals, folds and a fork, in an order in which each meets each other. */
  async live(disk: Disk): Promise<void> {
    this.#replica = await openReplica(disk)
    this.firstReplica = this.#replica.outbox.replica
    this.replicas.add(this.firstReplica)
    await this.#frame(null)
    await this.#deed()
    await this.#frame()
    await Promise.all([this.#deed(), this.#deed(), this.#frame()])
    await this.#fold()
    await this.#draft(0)
    await this.#frame(undefined, 2)
    await this.#deed()
    await this.#frame(undefined, 4, 'conflict')
    await this.#draft(1)
    await this.#fold()
    await this.#settle()
    await this.#draft(2)
    await this.#frame()
    await this.#fold()
    await this.#fork()
    await this.#deed()
    await this.#frame(null)
    await this.#deed()
    await this.#fold()
    await this.#frame()
  }

  /** How much was promised by then. */
  promisesAt(moment: number): number {
    return [...this.saved, ...this.settled].filter((one) => one.sinceMoment <= moment).length
  }

  async #deed(): Promise<void> {
    const { muid } = await this.#now.keepDeed('note.add', { text: 'wichtig' })
    this.saved.push({ muid, sinceMoment: this.#moment() })
  }

  /** @param from null: a whole new copy */
  async #frame(
    from?: null,
    lmid = this.#now.outbox.lmid,
    code: string | null = null,
  ): Promise<void> {
    const { cursor } = this.#now
    const acknowledged = this.saved[lmid - 1]?.muid ?? null // no frame acknowledges anything after the fork
    this.#seq += 1
    const frame: FrameRecord = {
      from: from === null ? null : cursor,
      cursor: { epoch: 'e1', seq: { '0': this.#seq } },
      lmid,
      lmuid: acknowledged,
      scopes: ['ws'],
      put: this.#news().map(({ entity, row }) => [entity, this.#seq, row]),
      del: [],
      results: code === null ? [] : [[must(acknowledged, 'deed'), { ok: false, code }]],
    }
    await this.#now.takeFrame(frame)
    this.places.set(placeOf(this.#now), { rows: rowsOf(this.#now.base), lmid })
  }

  /** One more message in one of the threads. */
  #news(): Change[] {
    const id = threadId(this.#seq)
    const before = this.#now.base.get('conversation', id) ?? aConversation({ id })
    const message = aMessage({ conversationId: id, ord: before.lastOrd + 1 })
    return [
      { entity: 'message', row: message },
      { entity: 'conversation', row: withMessage(before, message) },
    ]
  }

  async #draft(at: number): Promise<void> {
    const text = must(draftTexts[at], 'draft')
    const conversationId = threadId(0)
    await this.#now.putDraft({ conversationId, text, mode: 'reply', updatedAtMs: exampleNowMs })
  }

  async #settle(): Promise<void> {
    for (const muid of this.#now.refused.keys()) {
      await this.#now.settle(muid)
      this.settled.push({ muid, sinceMoment: this.#moment() })
    }
  }

  async #fold(): Promise<void> {
    await this.#now.fold()
  }

  async #fork(): Promise<void> {
    await this.#now.fork()
    this.replicas.add(this.#now.outbox.replica)
  }

  get #now(): Replica {
    return must(this.#replica, 'replica')
  }
}

/** Names where a replica stands. */
export function placeOf(replica: Replica): string {
  return JSON.stringify(replica.cursor)
}

export function rowsOf(base: Base): string[] {
  return entityNames
    .flatMap((entity) => [...base.held(entity)].map((held) => JSON.stringify([entity, ...held])))
    .sort()
}

function threadId(count: number): ConversationId {
  const tail = (count % threads).toString(16).padStart(12, '0')
  return `019aae01-0000-7000-8000-${tail}` as ConversationId // made here
}
