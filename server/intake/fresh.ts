import { batchBytes, batchCount, type Call } from './calls.ts'

/** More than this is left to the database. */
const maxBytes = 16 * 1024 * 1024

/**
 * Calls that were just kept, so that they need not be read back to be understood. No promise hangs on it: whatever is
 * not here is found in the database.
 */
export class FreshCalls {
  #calls: Call[] = []
  #bytes = 0

  get isEmpty(): boolean {
    return this.#calls.length === 0
  }

  /** Whatever is older has to be looked for; undefined when nothing is here. */
  get firstId(): number | undefined {
    return this.#calls[0]?.id
  }

  /** @returns false when they are too many to hold; then none are */
  add(calls: readonly Call[]): boolean {
    this.#calls.push(...calls)
    this.#bytes += bytesOf(calls)
    if (this.#bytes <= maxBytes) return true
    this.#calls = []
    this.#bytes = 0
    return false
  }

  /** The oldest of them, as many as one transaction takes. */
  take(): Call[] {
    let count = 0
    let bytes = 0
    for (const { body } of this.#calls.slice(0, batchCount)) {
      if (bytes >= batchBytes) break
      count += 1
      bytes += body?.byteLength ?? 0
    }
    this.#bytes -= bytes
    return this.#calls.splice(0, count)
  }
}

function bytesOf(calls: readonly Call[]): number {
  return calls.reduce((sum, { body }) => sum + (body?.byteLength ?? 0), 0)
}
