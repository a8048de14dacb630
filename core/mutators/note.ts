import Type from 'typebox'
import { previewOf, withMessage, type Conversation } from '../domain/conversation.ts'
import type { Change } from '../domain/entities.ts'
import { ConversationId, MessageId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'
import { maxTextLength } from './body.ts'
import { entryOf, isTaken } from './message.ts'
import { defineMutator, done, refuse, type Need, type Reads } from './mutator.ts'

const NoteText = Type.String({ minLength: 1, maxLength: maxTextLength, pattern: '\\S' })
/** A note by its id, and the conversation it is in. */
const note = { noteId: MessageId, conversationId: ConversationId }
type Named = { noteId: MessageId; conversationId: ConversationId }

/** Writes to colleagues. Never leaves the firm, needs no reply window. */
export const addNote = defineMutator({
  args: Type.Object({ id: MessageId, conversationId: ConversationId, text: NoteText }),
  needs: ({ id, conversationId }) => [
    ['message', id],
    ['conversation', conversationId],
  ],
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    if (conversation === undefined) return refuse('not-found')
    if (isTaken(reads, args.id)) return refuse('already-exists')
    const written: Message = {
      ...entryOf(conversation, args.id, context),
      direction: 'note',
      type: 'note',
      text: args.text,
    }
    return done(
      { entity: 'message', row: written },
      { entity: 'conversation', row: withMessage(conversation, written) },
    )
  },
})

/**
 * Writes one's own note anew; what stood there stays reachable. Written on top of an edit the screen had not shown, both
 * are kept, this one on top. On a deleted note it is refused (`conflict`), unless it takes just that deletion back.
 */
export const editNote = defineMutator({
  args: Type.Object({
    ...note,
    text: NoteText,
    /** The note's `revision` that the person's screen had shown. */
    baseRevision: Type.Integer({ minimum: 0 }),
  }),
  needs: needsOf,
  alsoNeeds: shownIn,
  run(reads, args, { user, nowMs }) {
    const before = noteIn(reads, args)
    if (before === undefined) return refuse('not-found')
    if (before.author?.id !== user.id) return refuse('forbidden')
    const { deletedAtMs, deletedBy: _by, isEditedAtOnce: _once, ...rest } = before
    const revision = before.revision ?? 0
    const isOnTop = args.baseRevision === revision
    const next = { ...rest, text: args.text, revision: revision + 1 }
    if (deletedAtMs !== undefined) {
      return isOnTop ? done(...changed(reads, next, nowMs)) : refuse('conflict', { deletedAtMs })
    }
    if (before.text === args.text) return done()
    const row: Message = {
      ...next,
      previousTexts: [...(before.previousTexts ?? []), before.text ?? ''],
      editedAtMs: nowMs,
      ...(isOnTop ? {} : { isEditedAtOnce: true }),
    }
    return done(...changed(reads, row, nowMs))
  },
})

/** Takes a note out of the thread, with all that ever stood in it; that there was one stays. One's own, or as a supervisor. */
export const deleteNote = defineMutator({
  args: Type.Object(note),
  needs: needsOf,
  alsoNeeds: shownIn,
  run(reads, args, { user, nowMs }) {
    const before = noteIn(reads, args)
    if (before === undefined) return refuse('not-found')
    const isOwn = before.author?.id === user.id
    if (!isOwn && user.role === 'agent') return refuse('forbidden')
    if (before.deletedAtMs !== undefined) return done()
    const { text: _text, previousTexts: _texts, editedAtMs: _at, ...rest } = before
    const { isEditedAtOnce: _once, ...left } = rest
    const row: Message = {
      ...left,
      deletedAtMs: nowMs,
      revision: (before.revision ?? 0) + 1,
      ...(isOwn ? {} : { deletedBy: user.name }),
    }
    return done(...changed(reads, row, nowMs))
  },
})

function needsOf({ noteId, conversationId }: Named): Need[] {
  return [
    ['message', noteId],
    ['conversation', conversationId],
  ]
}

/** Since its contact was merged, a conversation is shown in another, whose row may quote the note. */
function shownIn(reads: Reads, { conversationId }: Named): Need[] {
  const mergedInto = reads.get('conversation', conversationId)?.mergedInto
  return mergedInto === undefined ? [] : [['conversation', mergedInto]]
}

function noteIn(reads: Reads, { noteId, conversationId }: Named): Message | undefined {
  const found = reads.get('message', noteId)
  const isThere = found?.type === 'note' && found.conversationId === conversationId
  return isThere && reads.get('conversation', conversationId) !== undefined ? found : undefined
}

/** The note, and the rows of the list that quote it. */
function changed(reads: Reads, row: Message, nowMs: number): Change[] {
  const own = reads.get('conversation', row.conversationId)
  const shown = own?.mergedInto && reads.get('conversation', own.mergedInto)
  const quoting = [own, shown].filter(
    (one): one is Conversation => one?.lastMessage?.messageId === row.id,
  )
  return [
    { entity: 'message', row },
    ...quoting.map((one): Change => {
      const updatedAtMs = Math.max(one.updatedAtMs, nowMs)
      return { entity: 'conversation', row: { ...one, lastMessage: previewOf(row), updatedAtMs } }
    }),
  ]
}
