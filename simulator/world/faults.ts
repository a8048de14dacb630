import type { Random } from './random.ts'

export const faultKinds = [
  'duplicate', // a webhook comes twice
  'reorder', // a webhook comes after the one that follows it
  'delay', // a webhook comes late, by delayMs
  'drop-status', // a status webhook never comes
  'outage', // every Graph call fails
  'error', // a Graph call is refused with code
  'timeout-after-accept', // a message is accepted, but the answer never comes
  'slow-after-accept', // a message is accepted, and the answer comes late, by delayMs
  'error-after-accept', // a message is accepted, but the answer is an error with code
  'slow', // a Graph answer comes late, by delayMs
] as const
type FaultKind = (typeof faultKinds)[number]

type Fault = {
  kind: FaultKind
  /** How many times more; for ever when absent. */
  count?: number
  /** Of each occasion; always when absent. */
  probability?: number
  delayMs?: number
  /** Of a delay: what comes behind does not wait for it. */
  isOvertaken?: boolean
  code?: number
  /** Only where the path contains this: a Graph path, or `field/part/kind` of a webhook. */
  path?: string
}

/** How the platform misbehaves at the moment. */
export class Faults {
  readonly #random: Random
  #active: Fault[] = []

  constructor(random: Random) {
    this.#random = random
  }

  add(fault: Fault): void {
    this.#active.push({ ...fault })
  }

  clear(): void {
    this.#active = []
  }

  list(): readonly Fault[] {
    return this.#active
  }

  /**
   * The fault that strikes here, if one does, counted as having struck.
   *
   * @param isUsual whether a fault that names no path is meant for this occasion
   */
  strike(kind: FaultKind, path: string, isUsual = true): Fault | undefined {
    const fault = this.#active.find(
      (one) => one.kind === kind && (one.path === undefined ? isUsual : path.includes(one.path)),
    )
    if (!fault) return undefined
    if (fault.probability !== undefined && this.#random.next() >= fault.probability)
      return undefined
    if (fault.count !== undefined) {
      fault.count -= 1
      if (fault.count <= 0) this.#active = this.#active.filter((one) => one !== fault)
    }
    return fault
  }
}
