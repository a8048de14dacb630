/** What Meta decides about a template: its review, its quality, its category, whether it is paced. */
import { release } from '../graph/send/pacing.ts'
import { changeQuality, pauseForPacing } from '../graph/templates/pause.ts'
import { changeTemplateStatus } from '../graph/templates/review.ts'
import { announce } from '../webhooks/announce.ts'
import type { Template } from '../world/template.ts'
import type { World } from '../world/world.ts'

export type TemplatePatch = {
  status?: string
  reason?: string
  quality?: string
  category?: string
  correctCategory?: string
  pacing?: { passes: number } | 'release' | 'pause'
}

/** Meta says a day ahead that it will put a template into another category. */
const categoryNoticeMs = 24 * 3_600_000

export function patchTemplate(world: World, template: Template, patch: TemplatePatch): void {
  if (patch.status !== undefined) changeTemplateStatus(world, template, patch.status, patch.reason)
  if (patch.quality !== undefined) changeQuality(world, template, patch.quality)
  if (patch.category !== undefined) changeCategory(world, template, patch.category)
  if (patch.correctCategory !== undefined) correctCategory(world, template, patch.correctCategory)
  if (patch.pacing === 'release') release(world, template)
  else if (patch.pacing === 'pause') pauseForPacing(world, template)
  else if (patch.pacing) template.passes = patch.pacing.passes
}

function changeCategory(world: World, template: Template, category: string): void {
  template.previous_category = template.category
  template.category = category
  delete template.correct_category
  announce(world, 'template_category_update', {
    previous_category: template.previous_category,
    new_category: category,
    ...naming(template),
  })
}

function correctCategory(world: World, template: Template, category: string): void {
  template.correct_category = category
  const atMs = world.clock.nowMs() + categoryNoticeMs
  announce(world, 'template_category_update', {
    new_category: template.category,
    correct_category: category,
    category_update_timestamp: Math.floor(atMs / 1000),
    ...naming(template),
  })
  world.clock.after(categoryNoticeMs, () => {
    if (template.correct_category === category) changeCategory(world, template, category)
  })
}

function naming(template: Template) {
  return {
    message_template_id: Number(template.id),
    message_template_name: template.name,
    message_template_language: template.language,
  }
}
