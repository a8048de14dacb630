import Type, { type Static } from 'typebox'
import { mostDraftText, writing } from './draft.ts'
import { ConversationId, DraftVersionId, ReplicaId, UserId } from './ids.ts'
import { AtMs } from './time.ts'

/** What a person calls the machine they wrote on. */
export const Device = Type.Enum(['windows', 'mac', 'linux', 'browser'])
export type Device = Static<typeof Device>

/** A draft as one machine had it. Never changed: who writes on makes another version. */
export const DraftVersion = Type.Object({
  version: DraftVersionId,
  ...writing,
  device: Device,
  /** Tells a machine its own. */
  replica: ReplicaId,
  writtenAtMs: AtMs,
})
export type DraftVersion = Static<typeof DraftVersion>

/**
 * What a person has begun to write in a conversation, as all their machines have it. Nobody else sees it. Where two
 * machines wrote without knowing of each other, both texts are there.
 */
export const SharedDraft = Type.Object({
  /** Both ids joined: there is one for a person and a conversation. */
  id: Type.String(),
  userId: UserId,
  conversationId: ConversationId,
  /** What the field shows; null where nothing is begun. */
  shown: Type.Union([DraftVersion, Type.Null()]),
  /** What stood there before and was not seen by whoever wrote `shown`. The person decides about it. */
  other: Type.Union([DraftVersion, Type.Null()]),
})
export type SharedDraft = Static<typeof SharedDraft>
type Versions = Pick<SharedDraft, 'shown' | 'other'>

export function sharedDraftId(userId: UserId, conversationId: ConversationId): string {
  return `${userId}:${conversationId}`
}

/** The conversation of a draft of which only the id is left. */
export function conversationOfDraft(id: string): ConversationId {
  return id.slice(id.indexOf(':') + 1) as ConversationId // see sharedDraftId
}

/** Of such a row nothing is to be seen, so it goes to nobody and is taken away where it was. */
export function isEmptyDraft({ shown, other }: Versions): boolean {
  return shown === null && other === null
}

/**
 * What is there after a person wrote `next` on top of `base` (null: took `base` away). What they had not seen stays
 * beside it. No third is kept beside two: the older ones become one text, so nothing written is ever lost.
 */
export function afterWriting(
  { shown, other }: Versions,
  base: DraftVersionId | null,
  next: DraftVersion | null,
): Versions {
  const unseen = (one: DraftVersion | null) => (one?.version === base ? null : one)
  const left = { shown: unseen(shown), other: unseen(other) }
  if (next === null) return left
  const [newer = null, older = null] = [left.shown, left.other].filter(
    (one) => one !== null && !goesOn(next.text, one.text),
  )
  return { shown: next, other: together(newer, older, next.version) }
}

/** Who has the longer text misses nothing of the shorter one. */
export function goesOn(text: string, before: string): boolean {
  return text.startsWith(before.trimEnd())
}

function together(
  newer: DraftVersion | null,
  older: DraftVersion | null,
  beside: DraftVersionId,
): DraftVersion | null {
  if (newer === null || older === null) return newer ?? older
  if (goesOn(newer.text, older.text)) return newer
  if (goesOn(older.text, newer.text)) return older
  const text = `${newer.text.trimEnd()}\n\n${older.text}`.slice(0, mostDraftText)
  return { ...newer, version: `${beside.slice(0, 36)}+` as DraftVersionId, text } // as DraftVersionId has it
}
