/** What a colleague does next, seen from what the API shows. Pure: the same desk and chance, the same act. */
import { dialogues, type Dialogue } from './dialogues.ts'

/** A conversation, as far as it matters here. Times are ISO 8601. */
export type Chat = {
  id: string
  contact: { name: string }
  status: 'open' | 'snoozed' | 'resolved'
  assigneeId: string | null
  teamId: string | null
  windowExpiresAt: string | null
  waitingSince: string | null
}

export type Entry = {
  id: string
  direction: 'in' | 'out' | 'note' | 'system'
  type: string
  text?: string
  author?: { kind: string; id?: string }
  sentAt: string
  receivedAt: string
  deletedAt?: string
}

export type View = {
  me: { id: string; teamIds: string[] }
  nowMs: number
  chats: Chat[]
  /** Oldest first. A conversation without its messages is left alone. */
  threads: Map<string, Entry[]>
}

export type Act = { chatId: string } & (
  | { kind: 'take' }
  | { kind: 'answer'; text: string; basedOn: string }
  | { kind: 'template'; template: NonNullable<Dialogue['template']>; basedOn: string }
  | { kind: 'note'; text: string }
  | { kind: 'resolve'; basedOn: string }
)

/** Somebody who writes may not be done writing. */
const listensForMs = 12_000
/** Whoever else has just answered has it in hand. */
const othersForMs = 10 * 60_000
const closesAfterMs = 20_000
const forgottenAfterMs = 3 * 60_000
const windowSpareMs = 60_000
/** So many unassigned ones are always left for everybody else. */
const leavesUnassigned = 7
const mostWaiting = 4

/** Whose messages a colleague wants to see: their own open conversations, and what they might take on. */
export function isWorthReading({ me }: Pick<View, 'me'>, chat: Chat): boolean {
  if (chat.status !== 'open' || dialogues[chat.contact.name] === undefined) return false
  return chat.assigneeId === me.id || isForTeam(me, chat)
}

export function planNext(view: View, random: () => number): Act | null {
  const known = view.chats.filter((chat) => isWorthReading(view, chat)).sort(byWaiting)
  const each = (plan: (view: View, chat: Chat, thread: Entry[]) => Act | null) =>
    known.flatMap((chat) => {
      const thread = view.threads.get(chat.id) ?? []
      return thread.length === 0 ? [] : (plan(view, chat, thread) ?? [])
    })
  const [template] = each(planTemplate)
  if (template) return template
  const [answer] = each(planAnswer)
  if (answer && random() < 0.75) return answer
  const others = [...each(planResolve), ...each(planNote), ...each(planTake).slice(0, 1)]
  return others[Math.floor(random() * others.length)] ?? answer ?? null
}

function planAnswer(view: View, chat: Chat, thread: Entry[]): Act | null {
  const text = textFor(view, chat, thread)
  if (text === undefined || chat.assigneeId !== view.me.id || !isOpen(view, chat)) return null
  return { kind: 'answer', chatId: chat.id, text, basedOn: idOfLast(thread) }
}

function planTemplate(view: View, chat: Chat, thread: Entry[]): Act | null {
  const template = dialogues[chat.contact.name]?.template
  const isSent = thread.some((entry) => isMine(view, entry) && entry.type === 'template')
  if (template === undefined || isSent || chat.assigneeId !== view.me.id) return null
  if (isOpen(view, chat) || isInOtherHands(view, thread)) return null
  return { kind: 'template', chatId: chat.id, template, basedOn: idOfLast(thread) }
}

function planTake(view: View, chat: Chat, thread: Entry[]): Act | null {
  const free = view.chats.filter(
    ({ status, assigneeId }) => status === 'open' && assigneeId === null,
  )
  const mine = view.chats.filter(
    ({ status, assigneeId, waitingSince }) =>
      status === 'open' && assigneeId === view.me.id && waitingSince !== null,
  )
  if (free.length <= leavesUnassigned || mine.length >= mostWaiting) return null
  if (!isForTeam(view.me, chat) || !isOpen(view, chat)) return null
  return textFor(view, chat, thread) === undefined ? null : { kind: 'take', chatId: chat.id }
}

function planNote(view: View, chat: Chat, thread: Entry[]): Act | null {
  const text = dialogues[chat.contact.name]?.note
  if (text === undefined || chat.assigneeId !== view.me.id) return null
  const isWritten = thread.some(({ direction }) => direction === 'note')
  const hasAnswered = thread.some((entry) => isMine(view, entry) && entry.type === 'text')
  return isWritten || !hasAnswered ? null : { kind: 'note', chatId: chat.id, text }
}

/** Done: the contact has said thank you, or nothing at all for a while, and nothing is left to say. */
function planResolve(view: View, chat: Chat, thread: Entry[]): Act | null {
  const last = lastSaid(thread)
  if (last === undefined || chat.assigneeId !== view.me.id || isInOtherHands(view, thread))
    return null
  if (nextText(view, chat, thread) !== undefined) return null
  const ageMs = view.nowMs - Date.parse(last.receivedAt)
  const hasAnswered = thread.some((entry) => isMine(view, entry))
  const isDone =
    last.direction === 'in'
      ? hasAnswered && isThanks(last) && ageMs > closesAfterMs
      : isMine(view, last) && ageMs > forgottenAfterMs
  return isDone ? { kind: 'resolve', chatId: chat.id, basedOn: idOfLast(thread) } : null
}

/** What there is to answer to what the contact wrote, if it is this colleague's turn. */
function textFor(view: View, chat: Chat, thread: Entry[]): string | undefined {
  const last = lastSaid(thread)
  if (last?.direction !== 'in' || last.deletedAt !== undefined) return undefined
  if (view.nowMs - Date.parse(last.receivedAt) < listensForMs) return undefined
  return isInOtherHands(view, thread) ? undefined : nextText(view, chat, thread)
}

function nextText(view: View, chat: Chat, thread: Entry[]): string | undefined {
  const { answers = [], later = [] } = dialogues[chat.contact.name] ?? {}
  const said = thread
    .filter((entry) => isMine(view, entry) && entry.type === 'text')
    .map(({ text }) => text)
  const next = answers[said.length]
  if (next !== undefined) return next
  const last = lastSaid(thread)
  return last === undefined || isThanks(last)
    ? undefined
    : later.find((text) => !said.includes(text))
}

function isInOtherHands({ me, nowMs }: View, thread: Entry[]): boolean {
  return thread.some(
    ({ direction, author, receivedAt }) =>
      direction === 'out' &&
      author?.kind === 'agent' &&
      author.id !== undefined &&
      author.id !== me.id &&
      nowMs - Date.parse(receivedAt) < othersForMs,
  )
}

function isThanks({ type, text = '' }: Entry): boolean {
  if (type === 'sticker') return true
  return text.length < 100 && /dank|thank|tack\b|merci|läuft|gut\b/i.test(text)
}

function isForTeam(me: View['me'], { assigneeId, teamId }: Chat): boolean {
  return assigneeId === null && teamId !== null && me.teamIds.includes(teamId)
}

function isOpen({ nowMs }: View, { windowExpiresAt }: Chat): boolean {
  return windowExpiresAt !== null && Date.parse(windowExpiresAt) > nowMs + windowSpareMs
}

function isMine({ me }: View, { direction, author }: Entry): boolean {
  return direction === 'out' && author?.id === me.id
}

/** The newest thing either side said; reactions, notes and events are no answer. */
function lastSaid(thread: Entry[]): Entry | undefined {
  return thread.findLast(
    ({ direction, type }) => (direction === 'in' || direction === 'out') && type !== 'reaction',
  )
}

function idOfLast(thread: Entry[]): string {
  return thread.at(-1)?.id ?? ''
}

function byWaiting(a: Chat, b: Chat): number {
  return (a.waitingSince ?? '9').localeCompare(b.waitingSince ?? '9')
}
