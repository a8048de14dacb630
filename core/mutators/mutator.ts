import type { Static, TSchema } from 'typebox'
import type { Conversation } from '../domain/conversation.ts'
import type { Change, Entity, Rows } from '../domain/entities.ts'
import type { ContactId } from '../domain/ids.ts'
import type { Role, User } from '../domain/people.ts'
import type { ErrorCode } from '../lib/errors.ts'

/** What a mutator may read: the rows it declared in `needs`, at their newest. */
export type Reads = {
  get<E extends Entity>(entity: E, id: string): Rows[E] | undefined
  /** The contact's conversations, one for each of our numbers; only of contacts declared in `contacts`. */
  conversationsOf(contactId: ContactId): Conversation[]
}

/**
 * Who does it and when. On the server `nowMs` is the server's time, in a replica the console's best guess of it. `ageMs`
 * is how long ago the person did what is only now heard of, where that is known.
 */
export type Context = { user: User; nowMs: number; ageMs?: number | undefined }

/** Why nothing was changed. `details` is what the person needs to decide (the colleague's name, for instance). */
export type Refusal = { ok: false; code: ErrorCode; details?: Record<string, unknown> }
export type Outcome = { ok: true; changes: Change[] } | Refusal

/** A row by its id. */
export type Need = readonly [Entity, string]

/**
 * Something a person can do: one pure function that runs at once in the replica and again, with authority, on the
 * server. Its meaning never changes under the same name: a new meaning is a new name.
 */
export type Mutator<S extends TSchema = TSchema> = {
  args: S
  /** Roles that may do it; everybody who signed in when absent. */
  roles?: readonly Role[]
  /** The rows `run` reads. The server loads and locks exactly these. */
  needs(args: Static<S>, user: User): readonly Need[]
  /** Rows that only those of `needs` name, such as the contact of a conversation. */
  alsoNeeds?(reads: Reads, args: Static<S>): readonly Need[]
  /** Contacts whose conversations `run` reads, whichever they are. */
  contacts?(args: Static<S>): readonly ContactId[]
  run(reads: Reads, args: Static<S>, context: Context): Outcome
}

export function defineMutator<S extends TSchema>(mutator: Mutator<S>): Mutator<S> {
  return mutator
}

export function refuse(code: ErrorCode, details?: Record<string, unknown>): Refusal {
  return details === undefined ? { ok: false, code } : { ok: false, code, details }
}

export function done(...changes: Change[]): Outcome {
  return { ok: true, changes }
}
