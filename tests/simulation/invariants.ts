import { isDeepStrictEqual } from 'node:util'
import { scopesSeenBy } from '../../core/domain/scopes.ts'
import { reached, type MessageStatus } from '../../core/domain/status.ts'
import type { MutationId } from '../../core/domain/ids.ts'
import type { MutatorArgs } from '../../core/mutators/all.ts'
import type { Desk } from '../../core/replica/desk.ts'
import type { MutationResult } from '../../core/protocol/shared.ts'
import type { Console } from './console.ts'
import type { WhatsApp } from './whatsapp.ts'
import type { World } from './world.ts'

/** What must hold, whatever happens: I of what is there, L of what comes in the end. */
export const invariants = {
  I1: 'a replica equals a snapshot at its place, and holds nothing its person may not see',
  I2: 'what was called saved is done, or comes back with a reason',
  I3: 'a customer’s message is there once',
  I4: 'a deed takes effect once, or not at all when it is refused',
  I5: 'WhatsApp accepts a message once',
  I6: 'of assignments that are based on the same one wins',
  I7: 'a status never goes back',
  L1: 'everybody comes back and has everything, and the outbox drains',
  L2: 'nothing stays on its way out',
  L3: 'what WhatsApp accepted is known as accepted',
} as const
export type Invariant = keyof typeof invariants

/** What did not hold, and how. */
export class Broken extends Error {
  readonly invariant: Invariant

  constructor(invariant: Invariant, how: string) {
    super(`${invariant}, ${invariants[invariant]}: ${how}`)
    this.invariant = invariant
  }
}

/** After a frame a replica holds exactly what somebody with its scopes sees at its place, as far back as it holds threads. */
export function checkReplica(world: World, desk: Desk): void {
  const { cursor, scopes, base } = desk.replica
  const { log } = world.server
  if (cursor === null || cursor.epoch !== String(log.stored.epoch)) return
  const seq = cursor.seq['0'] ?? 0
  const allowed = scopesSeenBy(log.userAt(desk.user.id, seq))
  if (!isDeepStrictEqual(scopes, allowed)) {
    throw new Broken('I1', `${scopes.join()} instead of ${allowed.join()}`)
  }
  const expected = log.snapshot(seq, new Set(scopes))
  const held = new Map<string, unknown>(
    (['user', 'team', 'conversation', 'message', 'read', 'draft'] as const).flatMap((entity) =>
      [...base.all(entity)].map((row) => [`${entity} ${row.id}`, row] as const),
    ),
  )
  for (const [key, version] of expected) {
    const { change } = version
    const isOlder =
      change.entity === 'message' &&
      change.row.sentAtMs < base.heldFromMs(change.row.conversationId)
    if (isOlder && !held.has(key)) continue // beyond what is held; whatever is there of it is as it should be
    if (!isDeepStrictEqual(held.get(key), version.change.row)) {
      throw new Broken('I1', `${key} differs at ${cursor.seq['0']}`)
    }
  }
  for (const key of held.keys()) {
    if (!expected.has(key)) throw new Broken('I1', `${key} should be gone`)
  }
  for (const id of desk.replica.drafts.keys()) {
    if (!expected.has(`conversation ${id}`)) {
      throw new Broken('I1', `the draft of ${id} is left`)
    }
  }
}

/** What must hold at the end, when everything has been delivered. */
export function checkEnd(world: World): void {
  const { log } = world.server
  const isThere = (id: string) => log.get('message', id) !== undefined
  checkCustomers(world)
  checkSends(world)
  checkAssignments(world.consoles, isThere)
  checkStatuses(world)
  for (const console of world.consoles) {
    const { desk } = console
    checkSaved(console, (muid) => log.stored.results.get(muid), isThere)
    if (desk === null || !desk.link.isSynced) throw new Broken('L1', `${console.user.name} is away`)
    if (desk.replica.outbox.pending.length > 0)
      throw new Broken('L1', `deeds of ${console.user.name} wait`)
    if (desk.replica.cursor?.seq['0'] !== world.server.log.stored.head) {
      throw new Broken('L1', `${console.user.name} is behind`)
    }
    checkReplica(world, desk)
  }
}

function checkCustomers({ server, whatsapp: { received } }: World): void {
  const wamids = server.log.list('message').flatMap(({ wamid }) => wamid ?? [])
  if (new Set(wamids).size !== wamids.length) throw new Broken('I3', 'twice')
  for (const wamid of received) {
    if (!wamids.includes(wamid)) throw new Broken('I3', `${wamid} is lost`)
  }
}

function checkSends({ server, whatsapp }: World): void {
  checkAccepted(whatsapp, (id) => server.log.get('message', id)?.status)
  for (const [id, { state }] of server.log.stored.outbox) {
    if (state !== 'done') throw new Broken('L2', `${id} ${state}`)
  }
}

/** Nothing was accepted twice, and what was accepted is known as that. */
export function checkAccepted(
  { accepted, untold }: WhatsApp,
  statusOf: (id: string) => MessageStatus | undefined,
): void {
  for (const [id, count] of accepted) {
    if (count > 1) throw new Broken('I5', `${count} times`)
    const status = statusOf(id)
    if (status !== undefined && !reached(status, 'accepted') && !untold.has(id))
      throw new Broken('L3', status)
  }
}

/** Of two assignments based on the same version exactly one won. A copy of a console has the same deeds. */
export function checkAssignments(
  consoles: readonly Console[],
  isThere: (messageId: string) => boolean,
): void {
  const winners = new Set<string>()
  const deeds = new Map(consoles.flatMap(({ saved }) => [...saved]))
  for (const { name, args } of deeds.values()) {
    if (name !== 'conversation.assign') continue
    const { activityId, baseVersion, conversationId } = args as MutatorArgs<'conversation.assign'>
    if (!isThere(activityId)) continue
    const key = `${conversationId} ${baseVersion}`
    if (winners.has(key)) throw new Broken('I6', `two at version ${baseVersion}`)
    winners.add(key)
  }
}

/** What people at consoles were told is saved, by its id: what became of it, and whether the refusal is known there. */
export function checkSaved(
  { saved, desk }: Console,
  resultOf: (muid: string) => MutationResult | undefined,
  isThere: (messageId: string) => boolean,
): void {
  for (const [muid, { name, args }] of saved) {
    const refused = desk?.replica.refused.get(muid as MutationId)
    // A server set back to before it refused a deed does not hear of it again: the person has the refusal.
    const result = resultOf(muid) ?? (refused && { ok: false as const, code: refused.code })
    if (result === undefined) throw new Broken('I2', `${name} is lost`)
    if (!result.ok && refused === undefined)
      throw new Broken('I2', `the refusal of ${name} is not told`)
    const { id, activityId } = args as { id?: string; activityId?: string } // of every deed of deeds.ts
    const hasLeft = isThere(id ?? activityId ?? '')
    // Resolving what is resolved, or assigning it to whom it is assigned already, is done and changes nothing.
    const mayLeaveNothing = name === 'conversation.resolve' || name === 'conversation.assign'
    const isMissing = result.ok && !hasLeft && !mayLeaveNothing
    if (isMissing || (!result.ok && hasLeft)) {
      const how = result.ok ? 'is done and left nothing' : 'is refused and yet done'
      throw new Broken('I4', `${name} ${how}`)
    }
  }
}

/** A status that WhatsApp told is never taken back. */
export function checkStep(id: string, before: MessageStatus, now: MessageStatus): void {
  const isBack = reached(before, 'sent') && !reached(now, before)
  if (isBack) throw new Broken('I7', `${id}: ${before} to ${now}`)
}

function checkStatuses({ server }: World): void {
  for (const [key, versions] of server.log.stored.rows) {
    let before: MessageStatus | null = null
    for (const { change } of versions) {
      if (change.entity !== 'message') continue
      if (before !== null) checkStep(key, before, change.row.status)
      before = change.row.status
    }
  }
}
