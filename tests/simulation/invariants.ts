import { isDeepStrictEqual } from 'node:util'
import { scopesSeenBy } from '../../core/domain/scopes.ts'
import { reached, type MessageStatus } from '../../core/domain/status.ts'
import type { MutationId } from '../../core/domain/ids.ts'
import type { MutatorArgs } from '../../core/mutators/all.ts'
import type { Desk } from '../../core/replica/desk.ts'
import type { World } from './world.ts'

/** A promise that was broken, and how. */
export class Broken extends Error {
  constructor(promise: string, how: string) {
    super(`${promise}: ${how}`)
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
    throw new Broken(
      'nobody holds more than they may see',
      `${scopes.join()} instead of ${allowed.join()}`,
    )
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
      throw new Broken('a replica equals a snapshot', `${key} differs at ${cursor.seq['0']}`)
    }
  }
  for (const key of held.keys()) {
    if (!expected.has(key)) throw new Broken('a replica equals a snapshot', `${key} should be gone`)
  }
  for (const id of desk.replica.drafts.keys()) {
    if (!expected.has(`conversation ${id}`)) {
      throw new Broken('drafts go with their conversation', `${id} still has one`)
    }
  }
}

/** What must hold at the end, when everything has been delivered. */
export function checkEnd(world: World): void {
  checkDeeds(world)
  checkCustomers(world)
  checkSends(world)
  checkAssignments(world)
  checkStatuses(world)
  for (const console of world.consoles) {
    const { desk } = console
    if (desk === null || !desk.link.isSynced)
      throw new Broken('everybody comes back', console.user.name)
    if (desk.replica.outbox.pending.length > 0)
      throw new Broken('the outbox drains', console.user.name)
    if (desk.replica.cursor?.seq['0'] !== world.server.log.stored.head) {
      throw new Broken('everybody has everything', console.user.name)
    }
    checkReplica(world, desk)
  }
}

/** Every deed that was called saved was done once, or has an answer; a refused one left nothing behind. */
function checkDeeds({ consoles, server }: World): void {
  for (const { saved, desk } of consoles) {
    for (const [muid, { name, args }] of saved) {
      const result = server.log.stored.results.get(muid)
      if (result === undefined) throw new Broken('what was saved is done', name)
      if (!result.ok && desk?.replica.refused.has(muid as MutationId) !== true)
        throw new Broken('a refusal is told', name)
      const { id, activityId } = args as { id?: string; activityId?: string }
      const trace = server.log.get('message', id ?? activityId ?? '')
      // Resolving what is resolved, or assigning it to whom it is assigned already, is done and changes nothing.
      const mayLeaveNothing = name === 'conversation.resolve' || name === 'conversation.assign'
      const isMissing = result.ok && trace === undefined && !mayLeaveNothing
      if (isMissing || (!result.ok && trace !== undefined)) {
        const how = result.ok ? 'is done and left nothing' : 'is refused and yet done'
        throw new Broken('a deed takes effect once or is refused', `${name} ${how}`)
      }
    }
  }
}

function checkCustomers({ server, received }: World): void {
  const wamids = server.log.list('message').flatMap(({ wamid }) => wamid ?? [])
  if (new Set(wamids).size !== wamids.length)
    throw new Broken('a customer’s message is there once', 'twice')
  for (const wamid of received) {
    if (!wamids.includes(wamid))
      throw new Broken('a customer’s message is there once', `${wamid} is lost`)
  }
}

function checkSends({ server, accepted }: World): void {
  for (const [id, count] of accepted) {
    if (count > 1) throw new Broken('nothing is sent twice', `${count} times`)
    const message = server.log.get('message', id)
    if (message !== undefined && !reached(message.status, 'accepted')) {
      throw new Broken('what WhatsApp accepted is known as accepted', message.status)
    }
  }
  for (const [id, { state }] of server.log.stored.outbox) {
    if (state !== 'done') throw new Broken('no row is stuck', `${id} ${state}`)
  }
}

/** Of two assignments based on the same version exactly one won. */
function checkAssignments({ consoles, server }: World): void {
  const winners = new Set<string>()
  for (const { saved } of consoles) {
    for (const { name, args } of saved.values()) {
      if (name !== 'conversation.assign') continue
      const { activityId, baseVersion, conversationId } = args as MutatorArgs<'conversation.assign'>
      if (server.log.get('message', activityId) === undefined) continue
      const key = `${conversationId} ${baseVersion}`
      if (winners.has(key)) throw new Broken('one assignment wins', `two at version ${baseVersion}`)
      winners.add(key)
    }
  }
}

/** A status only ever goes forward; `sending` back to `queued` is WhatsApp's own refusal. */
function checkStatuses({ server }: World): void {
  for (const [key, versions] of server.log.stored.rows) {
    let before: MessageStatus | null = null
    for (const { change } of versions) {
      if (change.entity !== 'message') continue
      const { status } = change.row
      const isBack =
        before !== null && reached(before, 'sent') && !reached(status, before) && status !== before
      if (isBack) throw new Broken('a status never goes back', `${key}: ${before} to ${status}`)
      before = status
    }
  }
}
