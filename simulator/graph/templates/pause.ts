/** Bad quality pauses a template for 3 hours, then for 6, then disables it. @see https://developers.facebook.com/docs/whatsapp/message-templates/guidelines#template-pausing */
import { announce } from '../../webhooks/announce.ts'
import type { Template } from '../../world/template.ts'
import type { World } from '../../world/world.ts'
import type { Call } from '../call.ts'
import { discard } from '../send/pacing.ts'
import { refusal } from './refusal.ts'
import { changeTemplateStatus } from './review.ts'

const hourMs = 3_600_000
const pausesMs = [3 * hourMs, 6 * hourMs]
const titles = ['FIRST_PAUSE', 'SECOND_PAUSE']

export function changeQuality(world: World, template: Template, score: string): void {
  const previous = template.quality_score.score
  template.quality_score = { score, date: Math.floor(world.clock.nowMs() / 1000) }
  announce(world, 'message_template_quality_update', {
    previous_quality_score: previous,
    new_quality_score: score,
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
  })
  if (score === 'RED' && template.status === 'APPROVED') pauseForQuality(world, template)
}

function pauseForQuality(world: World, template: Template): void {
  const before = template.pauses ?? 0
  const pauseMs = pausesMs[before]
  template.pauses = before + 1
  if (pauseMs === undefined) {
    changeTemplateStatus(world, template, 'DISABLED', 'NONE', {
      disable_info: { disable_date: Math.floor(world.clock.nowMs() / 1000) },
      other_info: { title: 'DISABLED', description: 'Customers kept blocking it.' },
    })
    return
  }
  template.pausedFor = 'quality'
  changeTemplateStatus(world, template, 'PAUSED', 'NONE', {
    other_info: {
      title: titles[before],
      description: `It is paused for ${pauseMs / hourMs} hours because of what customers made of it.`,
    },
  })
  const pauses = template.pauses
  world.clock.after(pauseMs, () => {
    const isSamePause = template.pausedFor === 'quality' && template.pauses === pauses
    if (template.status === 'PAUSED' && isSamePause) resume(world, template)
  })
}

/** Bad feedback while it was being paced: what was held fails, and only a person lets it go on. */
export function pauseForPacing(world: World, template: Template): void {
  template.pausedFor = 'pacing'
  changeTemplateStatus(world, template, 'PAUSED', 'NONE', {
    other_info: {
      title: 'RATE_LIMITING_PAUSE',
      description: 'It is paused because of what the first customers made of it.',
    },
  })
  discard(world, template)
}

export function unpause({ world, node }: Call<'template'>) {
  const { template } = node
  if (template.status !== 'PAUSED') {
    throw refusal(2388000, 'Not paused', `The template is ${template.status}.`)
  }
  resume(world, template)
  return { success: true }
}

function resume(world: World, template: Template): void {
  delete template.pausedFor
  changeTemplateStatus(world, template, 'APPROVED', 'NONE', {
    other_info: { title: 'UNPAUSE', description: 'It can be sent again.' },
  })
}
