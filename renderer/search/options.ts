import type { ContactHit, MessageHit, SearchAnswer } from '../../core/contract/views.ts'
import { fold, foldSpelt } from '../../core/lib/fold.ts'
import { t } from '../ui/i18n.svelte.ts'

/** Something the palette can do at once. */
export type Command = {
  key: string
  label: string
  isChosen?: boolean
  /** Leads to a label's conversations: what `#` asks for. */
  isLabel?: boolean
  run: () => void
}

/** A line of the palette that can be chosen. */
export type Option =
  | { kind: 'command'; key: string; command: Command }
  | { kind: 'contact'; key: string; hit: ContactHit }
  /** `isFirst` of its conversation: says with whom. */
  | { kind: 'message'; key: string; hit: MessageHit; isFirst: boolean }
  | { kind: 'more'; key: string; label: string; more: More }
  | { kind: 'recent'; key: string; query: string }
/** What a line that shows more opens. */
export type More = { of: 'contacts' | 'messages' } | { of: 'conversation'; id: string }
export type Group = { key: string; title: string; options: Option[] }

/** How far the person has opened the lists. */
export type Opened = { contacts: boolean; conversations: readonly string[] }

/** Messages listed at most: who has not found it among these adds a word. */
export const mostMessages = 500
const fewContacts = 5
const fewPerConversation = 2

/** What the palette shows before anything is asked. */
export function beginning(recent: readonly string[], commands: readonly Command[]): Group[] {
  return named([
    ['recent', recent.map((query): Option => ({ kind: 'recent', key: `recent-${query}`, query }))],
    ['commands', commands.map(commandOption)],
  ])
}

/** What the palette shows of an answer, in the order of A.7; an exact number in a message stands before everything. */
export function groupsOf(
  query: string,
  answer: SearchAnswer | null,
  commands: readonly Command[],
  starts: readonly Command[],
  opened: Opened,
): Group[] {
  const wanted = commands.filter(({ label }) => answersTo(label, query)).map(commandOption)
  if (query.startsWith('#')) {
    return named([['labels', wanted.filter(({ command }) => command.isLabel === true)]])
  }
  if (query.startsWith('>')) return named([['commands', wanted]])
  const messages = answer === null ? [] : messageOptions(answer, opened)
  const known = answer === null ? [] : contactOptions(answer, opened)
  const contacts = [...known, ...starts.map(commandOption)]
  const isNumberFirst =
    answer?.messages[0]?.isWholeNumber === true && answer.contacts[0]?.isWholeNumber !== true
  return named([
    ...(isNumberFirst ? [['messages', messages] as const] : []),
    ['contacts', contacts],
    ...(isNumberFirst ? [] : [['messages', messages] as const]),
    ['commands', wanted],
  ])
}

function named(
  groups: readonly (readonly [
    'recent' | 'commands' | 'contacts' | 'messages' | 'labels',
    Option[],
  ])[],
): Group[] {
  return groups
    .filter(([, options]) => options.length > 0)
    .map(([key, options]) => ({ key, title: t(`search.${key}`), options }))
}

function commandOption(command: Command): Extract<Option, { kind: 'command' }> {
  return { kind: 'command', key: `command-${command.key}`, command }
}

function contactOptions({ contacts, contactTotal }: SearchAnswer, opened: Opened): Option[] {
  const shown = opened.contacts ? contacts : contacts.slice(0, fewContacts)
  const options = shown.map((hit): Option => ({
    kind: 'contact',
    key: `contact-${hit.conversationId}`,
    hit,
  }))
  if (!opened.contacts && contactTotal > shown.length) {
    const label = t('search.moreContacts')
    options.push({ kind: 'more', key: 'more-contacts', label, more: { of: 'contacts' } })
  }
  return options
}

function messageOptions({ messages, total }: SearchAnswer, opened: Opened): Option[] {
  const byConversation = new Map<string, MessageHit[]>()
  for (const hit of messages) {
    byConversation.set(hit.conversationId, [...(byConversation.get(hit.conversationId) ?? []), hit])
  }
  const options: Option[] = []
  for (const [id, hits] of byConversation) {
    const most = opened.conversations.includes(id) ? hits.length : fewPerConversation
    hits.slice(0, most).forEach((hit, at) => {
      options.push({ kind: 'message', key: `message-${hit.messageId}`, hit, isFirst: at === 0 })
    })
    const count = hits.length - most
    if (count <= 0) continue
    const label = t('search.moreHere', { count, name: hits[0]?.contactName ?? '' })
    options.push({ kind: 'more', key: `more-${id}`, label, more: { of: 'conversation', id } })
  }
  if (total > messages.length && messages.length < mostMessages) {
    const label = t('search.moreMessages')
    options.push({ kind: 'more', key: 'more-messages', label, more: { of: 'messages' } })
  }
  return options
}

/** Each word of the query begins a word of the label. */
function answersTo(label: string, query: string): boolean {
  const spellings = [fold(label), foldSpelt(label)].map((text) => ` ${text.replace(/\W+/g, ' ')}`)
  const words = fold(query.replace(/^[>#]/, ''))
    .split(/\W+/)
    .filter((word) => word !== '')
  if (words.length === 0) return /^[>#]/.test(query)
  return words.every((word) => spellings.some((spelling) => spelling.includes(` ${word}`)))
}
