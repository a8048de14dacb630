/** What the mind needs of its platform and may never reach for itself, so that a simulation can make it up. */
export type Platform = {
  /** Wall-clock UTC, milliseconds since 1970. Shown to people; never decides an order. */
  nowMs(): number
  /** A new UUIDv7. */
  newId(): string
  /** Uniform in [0, 1). */
  random(): number
  /** Calls back once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, callback: () => void): () => void
}
