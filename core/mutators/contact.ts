import Type from 'typebox'
import { withMessage, type Conversation } from '../domain/conversation.ts'
import type { Change } from '../domain/entities.ts'
import { ContactId, MessageId } from '../domain/ids.ts'
import {
  changedBetween,
  isReachedBy,
  joinedContact,
  joinedConversation,
  Keep,
  restored,
  restoredConversation,
  withoutConflict,
  withoutIncluded,
} from '../domain/merge.ts'
import type { Activity, Message } from '../domain/message.ts'
import { contactName, type Contact, type Merge } from '../domain/people.ts'
import { entryOf, isTaken } from './message.ts'
import { defineMutator, done, refuse, type Context, type Reads } from './mutator.ts'

/** For the lines in the threads, one for each; a thread for which none is left gets no line. */
const ActivityIds = Type.Array(MessageId, { maxItems: 100 })

const pair = {
  /** Who is found to be somebody else we know. */
  from: ContactId,
  /** Who stands for both from then on. */
  into: ContactId,
  activityIds: ActivityIds,
}

/**
 * Finds that two contacts are one person. Of their conversations on the same number one is shown, with the messages
 * of both; the others are handed over. `conflict` when one of them is merged already.
 */
export const mergeContact = defineMutator({
  args: Type.Object({ ...pair, keep: Keep }),
  needs: ({ from, into, activityIds }) => [
    ['contact', from],
    ['contact', into],
    ...activityIds.map((id) => ['message', id] as const),
  ],
  contacts: ({ from, into }) => [from, into],
  run(reads, args, context) {
    const from = reads.get('contact', args.from)
    const into = reads.get('contact', args.into)
    if (from === undefined || into === undefined) return refuse('not-found')
    if (from.id === into.id) return refuse('bad-request')
    if (from.mergedInto !== undefined || into.mergedInto !== undefined) return refuse('conflict')
    if (args.activityIds.some((id) => isTaken(reads, id))) return refuse('already-exists')
    const joined = joinedContact(from, into, args.keep)
    const lines = linesOf(args.activityIds, context, {
      kind: 'contact-merged',
      from: contactName(from),
      to: contactName(joined),
    })
    const changes: Change[] = []
    const conversations: Merge['conversations'] = []
    for (const conversation of reads.conversationsOf(from.id)) {
      if (conversation.mergedInto !== undefined) continue
      const shown = shownOn(reads, into, conversation)
      if (shown === undefined) {
        conversations.push({ id: conversation.id })
        changes.push(...lines({ ...conversation, contactId: into.id }))
        continue
      }
      const reached = { from: isReachedBy(joined, from), into: isReachedBy(joined, into) }
      const next = joinedConversation(conversation, shown, reached, shown.lastOrd + 1)
      const changed = changedBetween(shown, next, ['includes', 'assignVersion'])
      conversations.push({ id: conversation.id, into: { id: shown.id, changed } })
      changes.push({ entity: 'conversation', row: { ...conversation, mergedInto: shown.id } })
      changes.push(...lines(next))
    }
    const merge: Merge = {
      atMs: context.nowMs,
      by: context.user.name,
      contact: changedBetween(into, joined, ['includes', 'conflicts']),
      conversations,
    }
    return done(
      {
        entity: 'contact',
        row: { ...withoutConflict(from, into.id), mergedInto: into.id, merge },
      },
      { entity: 'contact', row: joined },
      ...changes,
    )
  },
})

/**
 * Takes a merge back, the latest into a contact first (`conflict` else). What was written meanwhile stays where it
 * is, and so does what colleagues have changed since.
 */
export const unmergeContact = defineMutator({
  args: Type.Object(pair),
  needs: ({ from, into, activityIds }) => [
    ['contact', from],
    ['contact', into],
    ...activityIds.map((id) => ['message', id] as const),
  ],
  contacts: ({ from, into }) => [from, into],
  run(reads, args, context) {
    const from = reads.get('contact', args.from)
    const into = reads.get('contact', args.into)
    if (from === undefined || into === undefined) return refuse('not-found')
    const { mergedInto, merge, ...rest } = from
    if (merge === undefined || mergedInto !== into.id) return refuse('conflict')
    const latest = into.includes?.at(-1)
    if (latest !== from.id || into.mergedInto !== undefined) {
      return refuse('conflict', { contactId: into.mergedInto === undefined ? latest : into.id })
    }
    if (args.activityIds.some((id) => isTaken(reads, id))) return refuse('already-exists')
    const back = restored(withoutIncluded(into, [from.id]), merge.contact)
    const lines = linesOf(args.activityIds, context, {
      kind: 'contact-unmerged',
      from: contactName(back),
      to: contactName(from),
    })
    return done(
      { entity: 'contact', row: rest },
      { entity: 'contact', row: back },
      ...putBack(reads, { from, into, merge }, lines),
    )
  },
})

/** Says that two contacts are two people, whatever WhatsApp calls them: the doubt does not come back. */
export const dismissConflict = defineMutator({
  args: Type.Object({ contactId: ContactId, otherId: ContactId }),
  needs: ({ contactId, otherId }) => [
    ['contact', contactId],
    ['contact', otherId],
  ],
  run(reads, { contactId, otherId }) {
    const [one, other] = [reads.get('contact', contactId), reads.get('contact', otherId)]
    if (one === undefined || other === undefined) return refuse('not-found')
    if (contactId === otherId) return refuse('bad-request')
    return done(
      { entity: 'contact', row: told(one, otherId) },
      { entity: 'contact', row: told(other, contactId) },
    )
  },
})

function told(contact: Contact, otherId: ContactId): Contact {
  const distinctFrom = [...new Set([...(contact.distinctFrom ?? []), otherId])]
  return { ...withoutConflict(contact, otherId), distinctFrom }
}

function shownOn(reads: Reads, contact: Contact, { numberId }: Conversation) {
  return reads
    .conversationsOf(contact.id)
    .find((row) => row.numberId === numberId && row.mergedInto === undefined)
}

function putBack(
  reads: Reads,
  { from, into, merge }: { from: Contact; into: Contact; merge: Merge },
  lines: (conversation: Conversation) => Change[],
): Change[] {
  const known = [...reads.conversationsOf(from.id), ...reads.conversationsOf(into.id)]
  const find = (id: string) => known.find((conversation) => conversation.id === id)
  return merge.conversations.flatMap(({ id, into: behind }): Change[] => {
    const conversation = find(id)
    if (conversation === undefined) return []
    if (behind === undefined) return lines({ ...conversation, contactId: from.id })
    const { mergedInto: _hidden, ...visible } = conversation
    const shown = find(behind.id)
    if (shown === undefined) return [{ entity: 'conversation', row: visible }]
    const gone = [conversation.id, ...(conversation.includes ?? [])]
    return [
      { entity: 'conversation', row: visible },
      ...lines(restoredConversation(withoutIncluded(shown, gone), behind.changed)),
    ]
  })
}

/** Ends a conversation's change with the line that tells of it, as long as there are ids. */
function linesOf(ids: readonly MessageId[], context: Context, activity: Activity) {
  const left = [...ids]
  return (conversation: Conversation): Change[] => {
    const id = left.shift()
    if (id === undefined) return [{ entity: 'conversation', row: conversation }]
    const line: Message = {
      ...entryOf(conversation, id, context),
      direction: 'system',
      type: 'activity',
      activity,
    }
    return [
      { entity: 'message', row: line },
      { entity: 'conversation', row: withMessage(conversation, line) },
    ]
  }
}
