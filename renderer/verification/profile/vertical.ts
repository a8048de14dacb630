import { verticals } from '../../../core/domain/profile.ts'
import { t } from '../../ui/i18n.svelte.ts'

/** What the firm does, in words; empty while nobody said, and WhatsApp's word where we have none. */
export function verticalText(vertical: string): string {
  const known = verticals.find((one) => one === vertical)
  if (known !== undefined) return t(`presence.vertical-${known}`)
  return ['', 'UNDEFINED', 'NOT_A_BIZ'].includes(vertical) ? '' : vertical
}
