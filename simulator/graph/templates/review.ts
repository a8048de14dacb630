import { announce } from '../../webhooks/announce.ts'
import type { Template } from '../../world/template.ts'
import type { World } from '../../world/world.ts'

/** What Meta's reviewers decide about a template, some time after it came in or was changed. */
export function submitForReview(world: World, template: Template): void {
  template.status = 'PENDING'
  template.rejected_reason = 'NONE'
  template.last_updated_time = new Date(world.clock.nowMs()).toISOString()
  world.clock.after(world.account.latencyMs.review, () => {
    const { status, reason } = world.account.templateDecision
    if (status === 'PENDING' || template.status !== 'PENDING') return
    changeTemplateStatus(world, template, status, status === 'REJECTED' ? reason : 'NONE')
  })
}

/**
 * Moves a template to another status and tells the app of it.
 *
 * @param more optional members of the webhook, such as `other_info`
 */
export function changeTemplateStatus(
  world: World,
  template: Template,
  status: string,
  reason: string | null = 'NONE',
  more: object = {},
): void {
  template.status = status
  template.rejected_reason = status === 'REJECTED' ? (reason ?? 'NONE') : 'NONE'
  template.last_updated_time = new Date(world.clock.nowMs()).toISOString()
  announce(world, 'message_template_status_update', {
    event: status,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
    message_template_category: template.category,
    reason,
    ...more,
  })
}
