import type { MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { t } from '../ui/i18n.svelte.ts'
import { summaryOf } from './summary.ts'
import { authorOf } from './words.ts'

/** What is being answered, in words; null when nothing is. */
export function quoteOf(
  messages: readonly Message[],
  id: MessageId | null,
  contact: string,
): { author: string; text: string } | null {
  if (id === null) return null
  const quoted = messages.find((message) => message.id === id)
  if (quoted === undefined) return { author: '', text: t('thread.quoteOlder') }
  return { author: authorOf(quoted, contact), text: summaryOf(quoted) }
}
