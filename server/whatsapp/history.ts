import type { ReportedStatus, Who } from '../intake/happening.ts'
import { deedOf, reactionOf, told, unreadable, writtenIn, type Reading } from './messages.ts'
import { completed, hasIdentifier, type Place } from './people.ts'
import { errorOf } from './statuses.ts'
import { phoneOf, textOf, timeOf, usernameOf } from './values.ts'
import { Head, HistoryChunk, HistoryContext, HistoryThread, read } from './wire.ts'

/**
 * A member of `history[]`: a piece of the past, by conversation. One reading for each message and each error in it;
 * an empty piece, which only reports progress, is one reading too. @see facts 5.11
 */
export function translateHistory(item: unknown, place: Place): { at: string; reading: Reading }[] {
  const chunk = read(HistoryChunk, item)
  if (chunk === undefined) {
    return [{ at: '', reading: { kind: 'history-message', failed: 'a history of another shape' } }]
  }
  const readings = [
    ...(chunk.threads ?? []).flatMap((thread, index) => threadOf(thread, index, place)),
    ...(chunk.errors ?? []).map((error, index) => ({
      at: `.errors.${index}`,
      reading: reportedError(error),
    })),
  ]
  if (readings.length > 0) return readings
  return [{ at: '', reading: { kind: 'history-message', ignored: 'a history without messages' } }]
}

/** An error of the whole number or import, without a message. It is for the log, not for an agent. */
export function reportedError(item: unknown): Reading {
  const error = errorOf(item)
  const what = error === undefined ? 'an error' : `${error.code}: ${error.title}`
  return { kind: 'error', ignored: `WhatsApp reported ${what}` }
}

function threadOf(item: unknown, index: number, place: Place) {
  const thread = read(HistoryThread, item)
  const who: Who = {
    phone: phoneOf(thread?.context?.wa_id) ?? phoneOf(thread?.id),
    userId: textOf(thread?.context?.user_id),
    username: usernameOf(thread?.context?.username),
  }
  return (thread?.messages ?? []).map((message, at) => ({
    at: `.threads.${index}.messages.${at}`,
    reading: translatePast(message, who, place),
  }))
}

function translatePast(item: unknown, thread: Who, { on, people }: Place): Reading {
  const head = read(Head, item)
  if (head === undefined || on === undefined) {
    return { kind: 'history-message', failed: unreadable(head, on) }
  }
  const deed = deedOf(head, item, on)
  if (deed !== undefined) return told(deed)
  const isOurs = phoneOf(head.from) === on.displayPhone || head.to !== undefined
  const who = completed(thread, people)
  if (!hasIdentifier(who)) return { kind: 'history-message', failed: 'the contact is missing' }
  const personal = { on, who, atMs: timeOf(head.timestamp), wamid: head.id, isOurs }
  const reaction = head.type === 'reaction' ? reactionOf(item) : undefined
  if (reaction !== undefined) {
    return told({ kind: 'reaction-given', ...personal, ...reaction, isHistory: true })
  }
  const status = statusOf(read(HistoryContext, item)?.history_context.status)
  return told({ kind: 'history-message', ...personal, status, ...writtenIn(head, item) })
}

function statusOf(word: string | undefined): ReportedStatus | undefined {
  const words: Record<string, ReportedStatus> = {
    SENT: 'sent',
    DELIVERED: 'delivered',
    READ: 'read',
    PLAYED: 'read',
    ERROR: 'failed',
  }
  return words[word?.toUpperCase() ?? '']
}
