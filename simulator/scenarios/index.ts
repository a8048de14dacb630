import type { JsonObject } from '../json.ts'
import type { World } from '../world/world.ts'
import { playDemo } from './demo/play.ts'
import { player } from './verification/play.ts'
import { stories } from './verification/stories.ts'

/**
 * Plays a situation: people, their past with the firm, what they write now. Returns what a caller may want to know.
 *
 * @param wanted the control call's body; each scenario says what it understands
 */
type Scenario = (world: World, wanted: JsonObject) => Promise<JsonObject>

/** By the name they are asked for. */
export const scenarios: Record<string, Scenario | undefined> = {
  demo: playDemo,
  ...Object.fromEntries(Object.entries(stories).map(([name, story]) => [name, player(story)])),
}
