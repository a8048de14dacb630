/**
 * Raise it whenever a schema of this folder or a replicated row changes; version.test.ts fails until you do.
 *
 * 1: first release (0.1)
 * 2: templates, interactive messages, threads that another app controls, merged contacts
 */
export const protocolVersion = 2

/** Oldest version this build still speaks. */
export const oldestProtocolVersion = 1
