import { objectAt, textAt, type JsonObject } from '../../../json.ts'
import { GraphError } from '../../errors.ts'
import type { Sending } from '../media.ts'

/** When a limited-time offer ends is said with every message. */
export function checkOffer(
  part: JsonObject | undefined,
  parameters: JsonObject[],
  { world }: Sending,
): void {
  const isWanted = objectAt(part, 'limited_time_offer').has_expiration === true
  const [parameter] = parameters
  if (!parameter) {
    if (isWanted) throw new GraphError(132000, 'limited_time_offer: its expiration is missing')
    return
  }
  if (!part || parameters.length > 1) {
    throw new GraphError(132000, 'limited_time_offer: more parameters than the template has')
  }
  const endMs = Number(objectAt(parameter, 'limited_time_offer').expiration_time_ms)
  if (textAt(parameter, 'type') !== 'limited_time_offer' || !Number.isFinite(endMs)) {
    throw new GraphError(132012, 'limited_time_offer: expects expiration_time_ms')
  }
  if (endMs <= world.clock.nowMs()) {
    throw new GraphError(132018, 'limited_time_offer: the offer is over already')
  }
}
