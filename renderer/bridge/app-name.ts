import { t } from '../ui/i18n.svelte.ts'

const roles = {
  ai_agent: 'common.app-ai',
  marketing: 'common.app-marketing',
  utility: 'common.app-utility',
  ctwa: 'common.app-ads',
  escalation: 'common.app-escalation',
  customer_service: 'common.app-service',
} as const

/** Another app of the firm, by WhatsApp's word for what it does; any other word is a name already. @see facts 5.12 */
export function appName(role: string): string {
  return Object.hasOwn(roles, role) ? t(roles[role as keyof typeof roles]) : role // asked for just now
}
