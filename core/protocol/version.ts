import type { Entity } from '../domain/entities.ts'

/**
 * Raise it whenever a schema of this folder or a replicated row changes; version.test.ts fails until you do.
 *
 * 1: first release (0.1)
 * 2: templates, interactive messages, threads that another app controls, merged contacts
 * 3: conversations seen by team and assignee, what is seen no longer is purged; snapshots in pages over HTTP, with the
 *    newest messages only; deeds whose end was not heard of, in `hello`; accounts, and what WhatsApp says of numbers
 * 4: with which version the rows held were taken, in `hello`; drafts that follow their person; digests of what a console
 *    should hold, conversations it wants compared, and where it differs; snoozing; priorities and names that tell of a
 *    clash; marked unread by version; notes that are edited and deleted; labels; when a deed
 *    was done, in the server's time
 */
export const protocolVersion = 4

/** Oldest version this build still speaks. */
export const oldestProtocolVersion = 1

/** Before this version a console keeps what its person may see no longer: it is served while they see everything. */
export const purgesUnseen = 3

/** From this version on a console fetches its snapshot; older ones are sent it as a frame from nothing. */
export const fetchesSnapshot = 3

/** From this version on a console says with which version its rows were taken; before, it does not know. */
export const saysRowsVersion = 4

/** Before this version nobody knows what a shared draft is: consoles and servers keep theirs to themselves. */
export const sharesDrafts = 4

/** From this version on a console compares what it holds with the server's digests. */
export const comparesDigests = 4

/** Nouns that came after the first version, and with which. Consoles from before are not told of them. */
export const knownSince: Partial<Record<Entity, number>> = {
  waba: 3,
  template: 2,
  draft: 4,
  label: 4,
}
