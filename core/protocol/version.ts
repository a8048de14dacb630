/**
 * Raise it whenever a schema of this folder or a replicated row changes; version.test.ts fails until you do.
 *
 * 1: first release (0.1)
 * 2: templates, interactive messages, threads that another app controls, merged contacts
 * 3: conversations seen by team and assignee, what is seen no longer is purged; accounts, and what WhatsApp says of numbers
 */
export const protocolVersion = 3

/** Oldest version this build still speaks: consoles before it keep what their person may see no longer. */
export const oldestProtocolVersion = 3
