import type { InboxRow, InboxView } from '../../core/contract/views.ts'
import type { Conversation, Preview } from '../../core/domain/conversation.ts'
import type { Label, LabelTone } from '../../core/domain/label.ts'
import { contactName, type OwnNumber, type Team } from '../../core/domain/people.ts'
import { plainText } from '../../core/format/nodes.ts'
import { parseFormat } from '../../core/format/parse.ts'
import { tickOf } from '../bridge/ticks.ts'
import { formatListTime, formatNear, formatShortDuration, spokenDuration } from '../ui/format.ts'
import { t } from '../ui/i18n.svelte.ts'
import type { TickState } from '../ui/ticks.ts'

/** Who waits longer than this has waited too long. */
export const waitTargetMs = 15 * 60_000
/** From here on the end of the reply window is worth a chip. */
const windowNearMs = 4 * 60 * 60_000
const maxChips = 2

/** How long a row says that its conversation has just come back from being snoozed. */
const justBackMs = 30 * 60_000

export type RowChip = {
  key: string
  text: string
  tone: 'neutral' | 'warn' | `label-${LabelTone}`
  /** A sign before the text, by its class in styles/glyphs.css. */
  glyph?: string
  /** Where the text alone would not say what it is. */
  spoken?: string
}

/** What one row of the list shows and says, ready to be drawn. */
export type RowFace = {
  name: string
  time: string
  unread: number
  tick: TickState | null
  /** `Sie:`, `Entwurf:` and the like; empty for what the contact wrote. */
  prefix: string
  isDraft: boolean
  preview: string
  chips: RowChip[]
  /** `wartet 18 Min.`, or nothing. */
  waits: string
  isOverdue: boolean
  /** All of it in one sentence after another, state first, because it decides whether to open. */
  label: string
}

/** What a row needs to know besides itself. */
export type Surroundings = {
  view: InboxView
  nowMs: number
  meId: string | null
  team: (id: string | null) => Team | undefined
  /** The labels in use that a conversation has, by name. */
  labelsOf: (conversation: Conversation) => readonly Label[]
  /** What each of our numbers is called in a chip; empty while there is only one, which needs no telling. */
  numberNames: ReadonlyMap<string, string>
}

export function faceOf(row: InboxRow, around: Surroundings): RowFace {
  const { conversation, contact, unread, draft } = row
  const { lastMessage, waitingSinceMs } = conversation
  const isDraft = draft !== null
  const waitedMs =
    conversation.status !== 'open' || waitingSinceMs === null
      ? null
      : Math.max(0, around.nowMs - waitingSinceMs)
  const face = {
    name: contactName(contact),
    time: formatListTime(lastMessage?.atMs ?? conversation.openedAtMs, around.nowMs),
    unread,
    tick: isDraft || lastMessage === null ? null : tickOf(lastMessage),
    prefix: isDraft ? t('inbox.draft') : prefixOf(lastMessage, around.meId),
    isDraft,
    preview: isDraft ? oneLine(draft.text) : previewOf(lastMessage),
    chips: chipsOf(row, around),
    waits: waitedMs === null ? '' : t('inbox.waits', { time: formatShortDuration(waitedMs) }),
    isOverdue: waitedMs !== null && waitedMs > waitTargetMs,
  }
  return { ...face, label: labelOf(face, waitedMs) }
}

function prefixOf(last: Preview | null, meId: string | null): string {
  if (last === null || last.direction === 'in' || last.direction === 'system') return ''
  if (last.direction === 'note') return t('inbox.note')
  if (last.authorId !== undefined && last.authorId === meId) return t('inbox.fromYou')
  const firstName = last.authorName?.split(' ')[0]
  return firstName === undefined || firstName === ''
    ? ''
    : t('inbox.fromColleague', { name: firstName })
}

function previewOf(last: Preview | null): string {
  if (last === null) return t('inbox.noMessages')
  const text = oneLine(last.text ?? '')
  switch (last.type) {
    case 'note':
      return last.text === undefined ? t('inbox.noteDeleted') : text
    case 'text':
    case 'activity':
    case 'reaction':
      return text
    case 'interactive':
    case 'button':
    case 'template':
      return text === '' ? t(`inbox.type-${last.type}`) : text
    default: {
      const kind = t(`inbox.type-${last.type}`)
      return text === '' ? kind : `${kind}: ${text}`
    }
  }
}

function oneLine(text: string): string {
  return plainText(parseFormat(text)).replace(/\s+/g, ' ').trim()
}

function chipsOf({ conversation }: InboxRow, around: Surroundings): RowChip[] {
  const chips: RowChip[] = []
  chips.push(...snoozeChip(conversation, around))
  if (conversation.status === 'open')
    chips.push(...windowChip(conversation.windowExpiresAtMs, around))
  chips.push(...priorityChip(conversation))
  const label = firstLabel(conversation, around)
  if (label !== undefined) chips.push(labelChip(label))
  const team = around.view.kind === 'team' ? undefined : around.team(conversation.teamId)
  if (team !== undefined && team.name !== label?.name)
    chips.push({ key: 'team', text: team.name, tone: 'neutral' })
  const number = around.numberNames.get(conversation.numberId)
  if (number !== undefined) chips.push({ key: 'number', text: number, tone: 'neutral' })
  return chips.slice(0, maxChips)
}

/** In the view of a label another one says more. */
function firstLabel(conversation: Conversation, { view, labelsOf }: Surroundings) {
  return labelsOf(conversation).find(({ id }) => view.kind !== 'label' || id !== view.labelId)
}

function labelChip({ name, tone }: Label): RowChip {
  const spoken = t('inbox.spokenLabel', { name })
  return { key: 'label', text: name, tone: `label-${tone}`, spoken }
}

/** The names of several numbers, without the words that all of them begin with: a chip has little room. */
export function shortNames(numbers: readonly OwnNumber[]): Map<string, string> {
  if (numbers.length < 2) return new Map()
  const names = numbers.map(({ name, displayPhone }) => (name ?? displayPhone ?? '').split(' '))
  const least = Math.min(...names.map((words) => words.length)) - 1
  let shared = 0
  while (shared < least && names.every((words) => words[shared] === names[0]?.[shared])) shared += 1
  return new Map(
    numbers.flatMap(({ id }, index) => {
      const text = (names[index] ?? []).slice(shared).join(' ')
      return text === '' ? [] : [[id, text] as const]
    }),
  )
}

/** Until when it is aside, by the server's clock; or that it was until just now. */
function snoozeChip(conversation: Conversation, { nowMs }: Surroundings): RowChip[] {
  const { status, snoozedUntilMs: untilMs, returnedAtMs = 0, lastMessage } = conversation
  const chip = (text: string, tone: RowChip['tone']): RowChip[] => [
    { key: 'snooze', text, tone, glyph: 'later' },
  ]
  if (status === 'open') {
    const isJustBack = returnedAtMs > (lastMessage?.atMs ?? 0) && nowMs - returnedAtMs < justBackMs
    return isJustBack ? chip(t('inbox.snoozedUntilNow'), 'neutral') : []
  }
  if (status !== 'snoozed') return []
  if (untilMs === null) return chip(t('inbox.snoozedForReply'), 'neutral')
  const time = formatNear(untilMs, nowMs)
  return untilMs > nowMs
    ? chip(t('inbox.snoozedUntil', { time }), 'neutral')
    : chip(t('inbox.snoozeDue', { time }), 'warn')
}

function priorityChip({ priority }: Conversation): RowChip[] {
  if (priority === 'normal') return []
  const text = t(`common.priority-${priority}`)
  const tone = priority === 'urgent' ? 'warn' : 'neutral'
  const spoken = t('inbox.spokenPriority', { priority: text })
  return [{ key: 'priority', text, tone, glyph: priority, spoken }]
}

function windowChip(expiresAtMs: number | null, { nowMs }: Surroundings): RowChip[] {
  const leftMs = (expiresAtMs ?? 0) - nowMs
  if (leftMs > windowNearMs) return []
  if (leftMs <= 0) return [{ key: 'window', text: t('inbox.windowClosed'), tone: 'neutral' }]
  const time = formatShortDuration(leftMs)
  return [{ key: 'window', text: t('inbox.windowEnds', { time }), tone: 'warn' }]
}

function labelOf(face: Omit<RowFace, 'label'>, waitedMs: number | null): string {
  const time = waitedMs === null ? '' : spokenDuration(waitedMs)
  const waits = face.isOverdue
    ? t('inbox.spokenOverdue', { time })
    : t('inbox.spokenWaits', { time })
  const tick = face.tick === null ? '' : `, ${t(`common.tick-${face.tick}`)}`
  return [
    face.unread > 0 ? t('inbox.spokenUnread', { count: face.unread }) : '',
    `${face.name}.`,
    waitedMs === null ? '' : waits,
    sentence(`${face.prefix} ${face.preview}${tick}`.trim()),
    ...face.chips.map(({ text, spoken = text }) => sentence(spoken)),
    sentence(face.time),
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function sentence(text: string): string {
  return text === '' || /[.!?…]$/.test(text) ? text : `${text}.`
}
