import type { Draft } from '../domain/draft.ts'
import type { ConversationId, MutationId } from '../domain/ids.ts'
import type { MutatorArgs } from '../mutators/all.ts'
import type { Base } from './base.ts'
import type { Outbox } from './outbox.ts'
import type { Deed, FrameRecord, JournalRecord, Refused } from './records.ts'

/** A draft as its machine keeps it, as long as the person's other machines do not have all of it. */
export type LocalDraft = Draft & {
  /** The server would not have it: it stays here until somebody writes on. */
  isRefused?: boolean
}

type Drafts = Map<ConversationId, LocalDraft>

/** What the journal says of it; null when there is nothing to say. Emptied on top of a shared one it is still something. */
export function recordOf(drafts: Drafts, draft: LocalDraft): JournalRecord | null {
  if (draft.text !== '' || draft.base !== undefined) return ['draft', draft]
  const { conversationId } = draft
  return drafts.has(conversationId) ? ['draft-gone', { conversationId }] : null
}

/** The arguments of a draft's deed; null of any other. */
export function draftIn({ name, args }: Pick<Deed, 'name' | 'args'>) {
  return name === 'draft.put' ? (args as MutatorArgs<'draft.put'>) : null // it was checked when it was done
}

type Work = {
  base: Base
  drafts: Drafts
  outbox: Outbox
  refused: Map<MutationId, Refused>
}

/** Keeps what the server refused until the person has decided. About a draft nobody has to: it is here again. */
export function takeRefusals(
  { base, drafts, outbox, refused }: Work,
  results: FrameRecord['results'],
): void {
  for (const one of outbox.takeRefused(results)) {
    const args = draftIn(one.deed)
    if (args === null) refused.set(one.deed.muid, one)
    else takeBack(drafts, args, base)
  }
}

function takeBack(drafts: Drafts, args: MutatorArgs<'draft.put'>, base: Base): void {
  const { conversationId, text } = args
  const isHeld = base.get('conversation', conversationId) !== undefined
  if (isHeld && text !== '' && !drafts.has(conversationId))
    drafts.set(conversationId, asRefused(args))
}

function asRefused(args: MutatorArgs<'draft.put'>): LocalDraft {
  const { conversationId, text, mode, replyTo, base, writtenAtMs: updatedAtMs } = args
  return {
    ...{ conversationId, text, mode, updatedAtMs, isRefused: true },
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(base === null ? {} : { base }),
  }
}

/** What was begun in a conversation that is not there leaves nothing behind. @returns whether there were words in deeds */
export function forgetDrafts(drafts: Drafts, outbox: Outbox, base: Base): boolean {
  const isGone = (id: ConversationId) => base.get('conversation', id) === undefined
  for (const id of drafts.keys()) if (isGone(id)) drafts.delete(id)
  return outbox.forgetDrafts(isGone)
}

/**
 * These deeds without the words of drafts of conversations that are gone: a deed the server has is dropped, one that
 * waits keeps its place and is emptied.
 */
export function withoutDrafts(
  deeds: readonly Deed[],
  lmid: number,
  isGone: (id: ConversationId) => boolean,
): Deed[] {
  return deeds.flatMap((deed) => {
    const draft = draftIn(deed)
    if (draft === null || draft.text === '' || !isGone(draft.conversationId)) return [deed]
    return deed.mid <= lmid ? [] : [{ ...deed, args: { ...draft, text: '' } }]
  })
}
