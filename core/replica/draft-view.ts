import type { DraftView } from '../contract/views.ts'
import type { Draft } from '../domain/draft.ts'
import type { ReplicaId } from '../domain/ids.ts'
import { goesOn, type DraftVersion, type SharedDraft } from '../domain/shared-draft.ts'
import { present } from '../lib/present.ts'

/**
 * What a person sees of a draft: what they write here stands before what their machines share, which then stands
 * beside it unless it was written on top of it.
 *
 * @param replica the machine that looks
 */
export function viewOfDraft(
  local: Draft | undefined,
  shared: SharedDraft | undefined,
  replica: ReplicaId,
): DraftView | null {
  const { shown = null, other = null } = shared ?? {}
  if (local === undefined) {
    if (shared === undefined || (shown === null && other === null)) return null
    return { ...asDraft(shared), ...beside(other, replica) }
  }
  const isIn = (one: DraftVersion) => one.version === local.base || goesOn(local.text, one.text)
  const others = [shown, other].filter((one) => one !== null && !isIn(one))
  return { ...local, ...beside(others[0] ?? null, replica) }
}

/** What the list shows: a text that was put aside is one too. */
export function listedDraft(view: DraftView | null): Draft | null {
  if (view === null) return null
  const { other, ...draft } = view
  if (draft.text !== '') return draft
  return other === undefined ? null : { ...draft, text: other.text, mode: other.mode }
}

function asDraft({ conversationId, shown }: SharedDraft): Draft {
  if (shown === null) return { conversationId, text: '', mode: 'reply', updatedAtMs: 0 }
  const { version: base, text, mode, replyTo, writtenAtMs: updatedAtMs } = shown
  return { conversationId, text, mode, updatedAtMs, base, ...present({ replyTo }) }
}

function beside(one: DraftVersion | null, own: ReplicaId): Pick<DraftView, 'other'> {
  if (one === null) return {}
  const { version, text, mode, device, replica, writtenAtMs } = one
  return { other: { version, text, mode, device, isOwn: replica === own, writtenAtMs } }
}
