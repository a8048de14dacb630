import Type from 'typebox'
import { ConversationId } from '../domain/ids.ts'
import { readMarkId, type ReadMark } from '../domain/people.ts'
import { defineMutator, done, refuse } from './mutator.ts'

/**
 * Remembers how far the person has read; that only grows. It takes back that they marked the conversation unread where
 * their screen knew of it (`version`); consoles before version 4 know of no versions and of no such mark.
 */
export const readConversation = defineMutator({
  args: Type.Object({
    conversationId: ConversationId,
    /** `inboundCount` the screen showed. */
    inbound: Type.Integer({ minimum: 0 }),
    /** Of the mark, when the conversation was opened. */
    version: Type.Optional(Type.Integer({ minimum: 0 })),
    /** How consoles before version 4 mark it unread. */
    isUnread: Type.Optional(Type.Boolean()),
  }),
  needs: ({ conversationId }, user) => [
    ['conversation', conversationId],
    ['read', readMarkId(user.id, conversationId)],
  ],
  run(reads, args, context) {
    const conversation = reads.get('conversation', args.conversationId)
    if (conversation === undefined) return refuse('not-found')
    const id = readMarkId(context.user.id, args.conversationId)
    const known = reads.get('read', id)
    const { inbound: before = 0, version = 0, isUnread = false } = known ?? {}
    const seen = Math.min(args.inbound, conversation.inboundCount)
    const inbound = args.isUnread === true ? Math.max(0, seen - 1) : Math.max(before, seen)
    const isStill = isUnread && args.isUnread !== true && (args.version ?? version) < version
    if (known !== undefined && inbound === before && isStill === isUnread) return done()
    const row: ReadMark = {
      id,
      userId: context.user.id,
      conversationId: args.conversationId,
      inbound,
      ...(version === 0 ? {} : { version }),
      ...(isStill ? { isUnread: true } : {}),
    }
    return done({ entity: 'read', row })
  },
})

/**
 * Marks the conversation unread for the person, whatever they have read of it, until they open it again. Of two consoles
 * the one that knew more has the last word: an older `version` changes nothing.
 */
export const markUnread = defineMutator({
  args: Type.Object({
    conversationId: ConversationId,
    /** One more than the mark's that the screen knew. */
    version: Type.Integer({ minimum: 1 }),
  }),
  needs: ({ conversationId }, user) => [
    ['conversation', conversationId],
    ['read', readMarkId(user.id, conversationId)],
  ],
  run(reads, { conversationId, version }, { user }) {
    if (reads.get('conversation', conversationId) === undefined) return refuse('not-found')
    const id = readMarkId(user.id, conversationId)
    const { inbound = 0, version: before = 0 } = reads.get('read', id) ?? {}
    if (version <= before) return done()
    const row: ReadMark = { id, userId: user.id, conversationId, inbound, version, isUnread: true }
    return done({ entity: 'read', row })
  },
})
