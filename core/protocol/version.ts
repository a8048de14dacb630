/**
 * Raise it whenever a schema of this folder or a replicated row changes; version.test.ts fails until you do.
 *
 * 1: first release (0.1)
 */
export const protocolVersion = 1

/** Oldest version this build still speaks. */
export const oldestProtocolVersion = 1
