import type { JsonObject } from '../json.ts'
import type { World } from '../world/world.ts'

/** Plays a situation: people, their past with the firm, and what they write now. Returns what a caller may want to know. */
export type Scenario = (world: World) => Promise<JsonObject> | JsonObject

/** By the name they are asked for. */
export const scenarios: Record<string, Scenario | undefined> = {}
