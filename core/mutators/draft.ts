import Type from 'typebox'
import { ConversationId, DraftVersionId } from '../domain/ids.ts'
import {
  afterWriting,
  DraftVersion,
  sharedDraftId,
  type SharedDraft,
} from '../domain/shared-draft.ts'
import { present } from '../lib/present.ts'
import { defineMutator, done, refuse } from './mutator.ts'

/**
 * Gives a person's other machines what they have begun to write. Never refused because of what another machine wrote:
 * both are kept. Emptying, choosing and discarding are the same deed; only `base` and the text differ.
 */
export const putDraft = defineMutator({
  args: Type.Object({
    conversationId: ConversationId,
    /** The version it was written on top of, whether it is still there or not; null for none. */
    base: Type.Union([DraftVersionId, Type.Null()]),
    /** Without text `base` is taken away, and the rest says nothing. */
    ...DraftVersion.properties,
  }),
  needs: ({ conversationId }, user) => [
    ['conversation', conversationId],
    ['draft', sharedDraftId(user.id, conversationId)],
  ],
  run(reads, args, { user, nowMs }) {
    const { conversationId, base, version, text, mode, replyTo, device, replica } = args
    if (reads.get('conversation', conversationId) === undefined) return refuse('not-found')
    const id = sharedDraftId(user.id, conversationId)
    const before = reads.get('draft', id) ?? nothing(id, { userId: user.id, conversationId })
    const writtenAtMs = Math.min(args.writtenAtMs, Math.round(nowMs))
    const own = { version, text, mode, device, replica, writtenAtMs, ...present({ replyTo }) }
    const after = afterWriting(before, base, text.trim() === '' ? null : own)
    const isSame = after.shown === before.shown && after.other === before.other
    return isSame ? done() : done({ entity: 'draft', row: { ...before, ...after } })
  },
})

function nothing(id: string, pair: Pick<SharedDraft, 'userId' | 'conversationId'>): SharedDraft {
  return { id, ...pair, shown: null, other: null }
}
