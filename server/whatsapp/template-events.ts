import type { HappeningOf, TemplateFacts } from '../intake/happening.ts'
import { textAt, timeOf } from './values.ts'

/** Fields about one message template. @see facts 4.6 */
export const templateFields: ReadonlySet<string> = new Set([
  'message_template_components_update',
  'message_template_quality_update',
  'message_template_status_update',
  'template_category_update',
  'template_correct_category_detection',
])

/** What an event of such a field says is different about its template. New parts have to be read from WhatsApp. */
export function templateEvent({
  kind: _kind,
  number: _number,
  ...event
}: HappeningOf<'account-event'>): HappeningOf<'template-changed'> {
  const { field, value, atMs } = event
  return {
    kind: 'template-changed',
    ...event,
    template: {
      metaId: textAt(value, 'message_template_id'),
      name: textAt(value, 'message_template_name'),
      language: textAt(value, 'message_template_language'),
      change: Object.hasOwn(readers, field) ? (readers[field]?.(value, atMs) ?? {}) : {},
    },
  }
}

type Change = TemplateFacts['change']

const readers: Record<string, (value: unknown, atMs: number | undefined) => Change> = {
  message_template_status_update: statusChange,
  message_template_quality_update: (value) => ({ quality: textAt(value, 'new_quality_score') }),
  template_category_update: categoryChange,
  template_correct_category_detection: comingCategory,
}

/** Events that are no status a template can have, by the one it then has. The others are their own status. */
const statusOf: Record<string, string | undefined> = {
  REINSTATED: 'APPROVED',
  UNARCHIVED: 'APPROVED',
  // A warning: messages of it may still be sent.
  FLAGGED: undefined,
}

function statusChange(value: unknown, atMs: number | undefined): Change {
  const event = textAt(value, 'event')
  if (event === undefined) return {}
  const status = Object.hasOwn(statusOf, event) ? statusOf[event] : event
  if (status === undefined) return {}
  const title = textAt(value, 'other_info', 'title')
  const pauseMs = status === 'PAUSED' ? pauses[title ?? ''] : undefined
  const reason = textAt(value, 'reason')
  return {
    status,
    rejectedReason: status === 'REJECTED' && reason !== 'NONE' ? reason : null,
    pausedUntilMs: pauseMs === undefined || atMs === undefined ? null : atMs + pauseMs,
    isGone: status === 'DELETED' ? true : undefined,
  }
}

const hourMs = 60 * 60 * 1000
/** How long WhatsApp pauses a template for its quality; a third time disables it. @see facts 4.4 */
const pauses: Record<string, number> = { FIRST_PAUSE: 3 * hourMs, SECOND_PAUSE: 6 * hourMs }

/** Announced a day before (`correct_category`), then done (`previous_category`). */
function categoryChange(value: unknown): Change {
  if (textAt(value, 'correct_category') !== undefined) return comingCategory(value)
  return { category: textAt(value, 'new_category'), coming: null }
}

function comingCategory(value: unknown): Change {
  const category = textAt(value, 'correct_category')
  if (category === undefined) return {}
  const at = timeOf(textAt(value, 'category_update_timestamp'))
  return { coming: { category, ...(at === undefined ? {} : { atMs: at }) } }
}
