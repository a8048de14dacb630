import Type from 'typebox'
import { ContactId, ConversationId, MessageId } from '../domain/ids.ts'
import type { Contact } from '../domain/people.ts'
import type { Change } from '../domain/entities.ts'
import { present } from '../lib/present.ts'
import { withActivity } from './activity.ts'
import { defineMutator, done, refuse } from './mutator.ts'

/**
 * Gives the contact a name of ours, which stays; without one, the contact's own word counts again. The last word
 * stands. Where a colleague had named the contact otherwise than `base` says, the thread named there tells of both.
 */
export const renameContact = defineMutator({
  args: Type.Object({
    contactId: ContactId,
    name: Type.String({ maxLength: 200 }),
    base: Type.Optional(
      Type.Object({
        /** What the person's screen had shown. */
        name: Type.String({ maxLength: 200 }),
        conversationId: ConversationId,
        activityId: MessageId,
      }),
    ),
  }),
  needs: ({ contactId, base }) => [
    ['contact', contactId],
    ...(base === undefined
      ? []
      : ([
          ['conversation', base.conversationId],
          ['message', base.activityId],
        ] as const)),
  ],
  alsoNeeds(reads, { contactId }) {
    const by = reads.get('contact', contactId)?.namedById
    return by === undefined ? [] : [['user', by]]
  },
  run(reads, { contactId, name: typed, base }, context) {
    const contact = reads.get('contact', contactId)
    if (contact === undefined) return refuse('not-found')
    const { namedBy: _by, namedById: by, ...rest } = contact
    const name = typed.trim()
    const row: Contact =
      name === '' ? rest : { ...rest, name, namedBy: 'colleague', namedById: context.user.id }
    const renamed: Change = { entity: 'contact', row }
    const from = contact.name ?? ''
    const isClash = by !== undefined && by !== context.user.id && from !== name
    if (base === undefined || !isClash || from === base.name) return done(renamed)
    const conversation = reads.get('conversation', base.conversationId)
    if (conversation?.contactId !== contactId) return done(renamed)
    const told = withActivity(reads, conversation, base.activityId, context, {
      kind: 'contact-renamed',
      from,
      to: name,
      ...present({ by: reads.get('user', by)?.name }),
    })
    return told.ok ? done(renamed, ...told.changes) : told
  },
})
