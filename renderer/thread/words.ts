import type { Priority } from '../../core/domain/conversation.ts'
import type { Message } from '../../core/domain/message.ts'
import { appName } from '../bridge/app-name.ts'
import { tickOf } from '../bridge/ticks.ts'
import { formatClock, formatNear, formatTime, formatTimeExactly } from '../ui/format.ts'
import { t } from '../ui/i18n.svelte.ts'

/** Who speaks, as colleagues know them. */
export function authorOf(message: Message, contact: string): string {
  const name = message.author?.name ?? ''
  if (message.direction === 'in') return contact
  if (message.author?.kind === 'automation') {
    return name === '' ? t('thread.automatic') : `${t('thread.automatic')} · ${appName(name)}`
  }
  return name === '' ? t('thread.fromUs') : name
}

/** The whole of a message's place and state in one phrase, for assistive technology. */
export function labelOf(message: Message, contact: string, isLocal: boolean): string {
  const name = authorOf(message, contact)
  const time = formatTime(message.sentAtMs)
  if (message.direction === 'note') return t('thread.labelNote', { name, time })
  const tick = tickOf(message, isLocal)
  if (tick === null) return t('thread.labelIn', { name, time })
  return t('thread.labelOut', { name, status: t(`common.tick-${tick}`), time })
}

/** When each step was reached: `Gesendet 08:55:02 · Zugestellt 08:55:04 · Gelesen 08:57:10`. */
export function stepsOf(message: Message, isLocal: boolean): string {
  if (message.direction !== 'out') return ''
  const { statusAt, status } = message
  const at = (atMs: number) => ({ time: formatTimeExactly(atMs) })
  const sent = statusAt.sent ?? statusAt.accepted
  const steps = [
    sent === undefined ? '' : t('thread.sentAt', at(sent)),
    statusAt.delivered === undefined ? '' : t('thread.deliveredAt', at(statusAt.delivered)),
    statusAt.read === undefined ? '' : t('thread.readAt', at(statusAt.read)),
    statusAt.played === undefined ? '' : t('thread.playedAt', at(statusAt.played)),
  ].filter((step) => step !== '')
  if (steps.length > 0) return steps.join(' · ')
  if (isLocal) return t('thread.savedHere')
  return status === 'queued' || status === 'sending' ? t('thread.waitsToSend') : ''
}

/** What happened to the conversation, in one line. */
export function activityLine(message: Message): string {
  const { activity, author } = message
  const who = author?.name ?? t('thread.automatic')
  const to = activity?.to ?? ''
  switch (activity?.kind) {
    case 'conversation-assigned':
      if (activity.toUserId !== undefined && activity.toUserId === author?.id) {
        return t('activity.took', { who })
      }
      if (activity.toUserId !== undefined) return t('activity.assignedTo', { who, to })
      return to === '' ? t('activity.released', { who }) : t('activity.movedTo', { who, to })
    case 'conversation-resolved':
      return t('activity.resolved', { who })
    case 'conversation-reopened':
      return t('activity.reopened', { who })
    case 'conversation-snoozed':
      return activity.untilMs === undefined
        ? t('activity.snoozedForReply', { who })
        : t('activity.snoozed', { who, time: formatNear(activity.untilMs, message.sentAtMs) })
    case 'conversation-returned':
      return t('activity.returned')
    case 'priority-changed':
      return t('activity.prioritized', {
        ...{ who, by: activity.by ?? t('thread.fromUs') },
        from: priorityName(activity.from),
        to: priorityName(activity.to),
      })
    case 'contact-renamed':
      return t('activity.renamed', {
        ...{ who, by: activity.by ?? t('thread.fromUs'), from: activity.from ?? '' },
        to: to === '' ? t('activity.ownName') : to,
      })
    case 'number-changed':
      return activity.from === undefined
        ? t('activity.numberChanged', { to })
        : t('activity.numberChangedFrom', { from: activity.from, to })
    case 'user-id-changed':
      return t('activity.userIdChanged')
    case 'identity-changed':
      return t('activity.identityChanged')
    case 'call':
      return callLine(activity.call)
    case 'control-changed':
      return to === '' ? t('activity.controlBack') : t('activity.controlTo', { to: appName(to) })
    case 'contact-merged':
      return t('activity.merged', { who, from: activity.from ?? to })
    case 'contact-unmerged':
      return t('activity.unmerged', { who, from: activity.from ?? to })
    case 'welcome-requested':
      return t('activity.welcomeRequested')
    case 'history-imported':
      return t('activity.historyImported')
    default:
      return to === '' ? (message.text ?? '') : to
  }
}

/** A priority as a line kept it; of a word from a later version nothing else is known. */
function priorityName(word = ''): string {
  return isPriority(word) ? t(`common.priority-${word}`) : word
}

const priorities: readonly string[] = ['low', 'normal', 'high', 'urgent'] satisfies Priority[]
function isPriority(word: string): word is Priority {
  return priorities.includes(word)
}

function callLine(call: NonNullable<Message['activity']>['call']): string {
  const time = call?.durationMs === undefined ? '' : formatClock(call.durationMs)
  switch (call?.state) {
    case 'ringing':
      return t('activity.callRinging')
    case 'answered':
    case 'ended':
      return time === '' ? t('activity.callAnswered') : t('activity.callAnsweredFor', { time })
    case 'missed':
    case 'rejected':
      return t('activity.callMissed')
    case 'failed':
      return t('activity.callFailed')
    default:
      return t('activity.call')
  }
}

/** That this console was only told of a message, and who answers it. */
export function standbyWords({ direction, author }: Message): string {
  const name = author?.name ?? ''
  return direction === 'in' || name === '' ? t('thread.standby') : t('thread.standbyBy', { name })
}
