import type { MediaId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Client, SendOutcome } from '../whatsapp/client.ts'
import { numberLimits } from '../whatsapp/errors.ts'
import { filesOf, graphBody, type GraphBody, type Outgoing } from '../whatsapp/outgoing.ts'
import type { Uploads } from '../whatsapp/uploads.ts'
import type { Claimed } from './claim.ts'
import { retryDelayMs } from './retry.ts'
import type { SenderOptions } from './sender.ts'
import { settle } from './settle.ts'

/** Until when a number is left alone, by its id. */
export type Throttle = Map<string, number>

export type DeliverOptions = SenderOptions & {
  uncertainAfterMs: number
  leaseMs: number
  throttle: Throttle
  /** The process is ending: what a call brings now is not written down any more. */
  isAbandoned: () => boolean
}

/** Longest time a file takes to WhatsApp. */
const uploadLeaseMs = 6 * 60_000
/** About ten minutes in all: longer than any restart of a database. */
const settleTries = 70
const longestSettleWaitMs = 10_000

/** Makes the one call for what was claimed and writes down how it ended. */
export async function deliver(claimed: Claimed, options: DeliverOptions): Promise<void> {
  const outcome = await call(claimed, options)
  if (outcome.kind === 'not-sent' && isNumberLimit(outcome.error.code)) {
    const waitMs = retryDelayMs(outcome.error, claimed.attempt, options.clock.random())
    options.throttle.set(claimed.number.id, options.clock.nowMs() + waitMs)
  }
  await settleSurely(claimed, outcome, options)
}

/** What is known now is lost if it cannot be written, so a database that is away for a while is waited for. */
async function settleSurely(
  claimed: Claimed,
  outcome: SendOutcome,
  options: DeliverOptions,
): Promise<void> {
  const { log, clock, uncertainAfterMs, isAbandoned, report } = options
  const random = clock.random()
  for (let tries = 1; tries <= settleTries && !isAbandoned(); tries += 1) {
    try {
      return await settle(log, claimed, outcome, { uncertainAfterMs, random })
    } catch (error) {
      report(error)
      const waitMs = Math.min(longestSettleWaitMs, 250 * 2 ** Math.min(tries, 10))
      await new Promise<void>((resolve) => clock.after(waitMs, resolve))
    }
  }
}

async function call(claimed: Claimed, options: DeliverOptions): Promise<SendOutcome> {
  const client = options.clientFor(claimed.number)
  if (client === undefined) {
    const error = { code: 'no-token', title: 'No WhatsApp token is set' }
    return { kind: 'not-sent', effect: 'pause', error }
  }
  const { phoneNumberId } = claimed.number
  if (claimed.kind === 'receipt') return client.markRead(phoneNumberId, claimed.wamid)
  const prepared = await prepare(client, claimed, claimed.outgoing, options)
  return 'kind' in prepared ? prepared : client.sendMessage(phoneNumberId, prepared.body)
}

/** All that comes before the call that counts: whatever goes wrong here, nothing was sent. */
async function prepare(
  client: Client,
  claimed: Claimed,
  outgoing: Outgoing,
  options: DeliverOptions,
): Promise<{ body: GraphBody } | Extract<SendOutcome, { kind: 'not-sent' }>> {
  try {
    const uploads = await upload(client, claimed, outgoing, options)
    return 'kind' in uploads ? uploads : { body: graphBody({ ...outgoing, uploads }) }
  } catch (error) {
    if (error instanceof AppError) {
      const { code, message } = error
      return { kind: 'not-sent', effect: 'refuse', error: { code, title: message } }
    }
    options.report(error)
    const trouble = { code: 'internal', title: 'Could not be prepared' }
    return { kind: 'not-sent', effect: 'retry', error: trouble }
  }
}

/** A file on its way can be sent again without harm: the contact sees nothing of it. */
async function upload(
  client: Client,
  claimed: Claimed,
  { message }: Outgoing,
  options: DeliverOptions,
): Promise<Uploads | Extract<SendOutcome, { kind: 'not-sent' }>> {
  const uploads = new Map<MediaId, string>()
  const files = filesOf(message)
  for (const id of files) {
    await extendLease(claimed, uploadLeaseMs, options)
    const uploaded = await options.uploadMedia(client, claimed.number, id)
    if (uploaded.kind === 'not-sent') return uploaded
    if (uploaded.kind === 'unknown') {
      return { kind: 'not-sent', effect: 'retry', error: uploaded.error }
    }
    uploads.set(id, uploaded.mediaId)
  }
  if (files.length > 0) await extendLease(claimed, options.leaseMs, options)
  return uploads
}

async function extendLease(
  { id, fence }: Claimed,
  byMs: number,
  { db, clock }: DeliverOptions,
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ lease_until: new Date(clock.nowMs() + byMs) })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('state', '=', 'sending')
    .execute()
}

function isNumberLimit(code: number | string): boolean {
  return typeof code === 'number' && numberLimits.has(code)
}
