import type { Conversation } from '../domain/conversation.ts'
import { whyNotFor, whyUnsendable, type Template } from '../domain/template.ts'
import type { Body } from './body.ts'
import { refuse, type Reads, type Refusal } from './mutator.ts'

/** The template a body names, where there is one. */
export function templateOf(reads: Reads, body: Body): Template | undefined {
  return body.type === 'template' ? reads.get('template', body.templateId) : undefined
}

/** Why this template may not go into this conversation now: WhatsApp does not take it, or the contact wants none. */
export function mayUse(
  reads: Reads,
  { contactId, numberId }: Conversation,
  template: Template | undefined,
): Refusal | undefined {
  if (template === undefined) return refuse('template-unavailable', { reason: 'gone' })
  const accountId = reads.get('number', numberId)?.accountId
  if (accountId !== undefined && accountId !== template.accountId) {
    return refuse('template-unavailable', { reason: 'other-account' })
  }
  const contact = reads.get('contact', contactId)
  const reason = contact === undefined ? whyUnsendable(template) : whyNotFor(template, contact)
  if (reason === undefined) return undefined
  if (reason === 'marketing-stopped') return refuse(reason)
  return refuse('template-unavailable', { reason, status: template.status })
}
