import type { Message } from '../../core/domain/message.ts'
import { failureOf, type FailureKind, type Help } from '../../core/text/failures.ts'
import { formatDate, formatTime } from '../ui/format.ts'
import { t } from '../ui/i18n.svelte.ts'

/** What stands under a message that did not, or may not have, arrived. */
export type Problem = {
  /** The person has not decided about it: nothing is lost yet. */
  isOpen: boolean
  /** Absent while it is not known to have failed. */
  kind: FailureKind | null
  help: Help | null
  /** From when sending it again makes sense; empty when it does now, or never. */
  againAt: string
}

type Around = { canReply: boolean; isResent: boolean; nowMs: number }

/** How long WhatsApp asks to wait before marketing that it held back is tried again. */
const heldBackMs = 24 * 60 * 60 * 1000

export function problemOf(message: Message, { canReply, isResent, nowMs }: Around): Problem {
  const isOpen = message.status !== 'failed'
  const { kind, help } = failureOf(message.error?.code)
  const canGo = canReply || message.type === 'template'
  const resend = !isResent && canGo ? ('resend' as const) : null
  if (isOpen) {
    const isOurs = message.status === 'held' && message.error !== undefined
    return { isOpen, kind: isOurs ? kind : null, help: isOurs ? help : resend, againAt: '' }
  }
  if (help === 'resend') return { isOpen, kind, help: resend, againAt: '' }
  if (help === 'ask-number') return { isOpen, kind, help: canReply ? help : null, againAt: '' }
  if (help !== 'tomorrow') return { isOpen, kind, help, againAt: '' }
  const fromMs = (message.statusAt.failed ?? message.sentAtMs) + heldBackMs
  if (nowMs >= fromMs) return { isOpen, kind, help: resend, againAt: '' }
  return { isOpen, kind, help: null, againAt: `${formatDate(fromMs)}, ${formatTime(fromMs)}` }
}

/** What whoever wrote it is told. Held without a reason means that the contact wrote in between. */
export function wordsOf({ status, error }: Message): string {
  if (status === 'uncertain') return t('thread.uncertain')
  if (status === 'held' && error === undefined) return t('thread.held')
  const { kind } = failureOf(error?.code)
  const words = t(`failures.${kind}`)
  return kind === 'other' && error !== undefined && error.title !== ''
    ? `${words}: ${error.title}`
    : words
}

/** What sending it again is called: held without a reason it was never sent. */
export function againWords({ status, error }: Message): string {
  return status === 'held' && error === undefined ? t('thread.sendAnyway') : t('thread.resend')
}

/** Why a message that WhatsApp did not take yet is still on its way; empty when nothing is amiss. */
export function retryWords({ direction, status, error }: Message): string {
  if (direction !== 'out' || error === undefined) return ''
  if (status !== 'queued' && status !== 'sending') return ''
  return `${t(`failures.${failureOf(error.code).kind}`)} ${t('thread.isRetried')}`
}
