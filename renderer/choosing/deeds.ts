import type { Api } from '../../core/contract/client.ts'
import type { Conversation, Priority } from '../../core/domain/conversation.ts'
import { returnsAtMs, type SnoozeUntil } from '../../core/domain/snooze.ts'
import type { Choosing } from '../bridge/choosing.svelte.ts'
import { attempt } from '../bridge/deeds.ts'
import { formatNear } from '../ui/format.ts'
import { t } from '../ui/i18n.svelte.ts'
import { showToast } from '../ui/toasts.svelte.ts'

type Chosen = Pick<Choosing, 'conversation' | 'name' | 'basedOn'>

/** Puts the conversation aside; what it was before can be had back. */
export async function snooze(
  api: Api,
  { conversation, name, basedOn }: Chosen,
  until: SnoozeUntil,
  nowMs: number,
): Promise<boolean> {
  const { id: conversationId } = conversation
  const again = (to: SnoozeUntil) =>
    attempt(() => api.call('conversation.snooze', { conversationId, until: to, basedOn }))
  if (!(await again(until))) return false
  const before = asideBefore(conversation)
  const undo = () =>
    before === null
      ? attempt(() => api.call('conversation.reopen', { conversationId }))
      : again(before)
  offerUndo(wordsOf(name, returnsAtMs(until, conversation) ?? null, nowMs), undo)
  return true
}

/** Until when it had been snoozed already. */
function asideBefore({ status, snoozedUntilMs }: Conversation): SnoozeUntil | null {
  if (status !== 'snoozed') return null
  return snoozedUntilMs === null ? { kind: 'reply' } : { kind: 'time', atMs: snoozedUntilMs }
}

function wordsOf(name: string, atMs: number | null, nowMs: number): string {
  return atMs === null
    ? t('choosing.snoozedForReply', { name })
    : t('choosing.snoozed', { name, time: formatNear(atMs, nowMs) })
}

/** Says how urgent the conversation is; what it was before can be had back. */
export async function setPriority(
  api: Api,
  { conversation, name }: Chosen,
  priority: Priority,
): Promise<void> {
  const { id: conversationId, priority: before } = conversation
  if (priority === before) return
  const set = (value: Priority, baseValue: Priority) =>
    attempt(() =>
      api.call('conversation.set-priority', { conversationId, priority: value, baseValue }),
    )
  if (!(await set(priority, before))) return
  const text = t('choosing.prioritized', { name, priority: t(`common.priority-${priority}`) })
  offerUndo(text, () => set(before, priority))
}

function offerUndo(text: string, undo: () => Promise<unknown>): void {
  showToast({ text, isUndo: true, action: { label: t('common.undo'), run: () => void undo() } })
}
