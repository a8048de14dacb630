/** Two templates side by side: which is blocked less, and how often each was sent. */
import type { Template } from '../../world/template.ts'
import type { World } from '../../world/world.ts'
import { optionalWhole, textsOf, type Call } from '../call.ts'
import { badParameter, missing } from '../errors.ts'

export function compareTemplates({ world, node, values }: Call<'template'>) {
  const [otherId, ...more] = textsOf(values, 'template_ids') ?? []
  if (otherId === undefined) throw missing('template_ids')
  const other = world.templates.get(otherId)
  if (!other || more.length > 0) throw badParameter('template_ids', 'must name one other template')
  const startMs = secondsIn(values, 'start') * 1000
  const endMs = secondsIn(values, 'end') * 1000
  if (startMs >= endMs) throw badParameter('start', 'must be before end')
  const counts = [node.template, other].map((one) => countOf(world, one, startMs, endMs))
  const byRate = [...counts].sort((one, two) => one.blockRate - two.blockRate)
  return {
    data: [
      {
        metric: 'BLOCK_RATE',
        type: 'RELATIVE',
        order_by_relative_metric: byRate.map(({ id }) => id),
      },
      {
        metric: 'MESSAGE_SENDS',
        type: 'NUMBER_VALUES',
        number_values: counts.map(({ id, sends }) => ({ key: id, value: sends })),
      },
      {
        metric: 'TOP_BLOCK_REASON',
        type: 'STRING_VALUES',
        string_values: counts.map(({ id, blocks }) => ({
          key: id,
          value: blocks > 0 ? 'NO_REASON_GIVEN' : 'UNKNOWN_BLOCK_REASON',
        })),
      },
    ],
  }
}

function secondsIn(values: Call['values'], name: string): number {
  const seconds = optionalWhole(values, name)
  if (seconds === undefined) throw missing(name)
  return seconds
}

/** Who blocked the firm after a message of the template counts once. */
function countOf(world: World, template: Template, startMs: number, endMs: number) {
  const sent = [...world.sent.values()].filter(
    (one) =>
      one.template?.id === template.id && one.acceptedAtMs >= startMs && one.acceptedAtMs < endMs,
  )
  const blockers = new Set(sent.flatMap(({ customer }) => (customer?.isBlocking ? [customer] : [])))
  return {
    id: template.id,
    sends: sent.length,
    blocks: blockers.size,
    blockRate: sent.length === 0 ? 0 : blockers.size / sent.length,
  }
}
