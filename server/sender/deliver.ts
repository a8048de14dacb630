import type { MediaId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Client, SendOutcome } from '../whatsapp/client.ts'
import { filesOf, graphBody, type GraphBody, type Outgoing } from '../whatsapp/outgoing.ts'
import type { Uploads } from '../whatsapp/uploads.ts'
import type { Claimed } from './claim.ts'
import { pairDelayMs } from './retry.ts'
import type { SenderOptions } from './sender.ts'

export type DeliverOptions = Pick<
  SenderOptions,
  'db' | 'clock' | 'clientFor' | 'uploadMedia' | 'pace' | 'report'
> & { leaseMs: number }

/** Longest time a file takes to WhatsApp. */
const uploadLeaseMs = 6 * 60_000

/** Makes the one call for what was claimed, and keeps in mind what its answer says about our speed. */
export async function deliver(claimed: Claimed, options: DeliverOptions): Promise<SendOutcome> {
  const outcome = await call(claimed, options)
  const { pace, clock } = options
  const nowMs = clock.nowMs()
  if (outcome.kind === 'sent') pace.heed(claimed.number, 'fine', nowMs)
  if (outcome.kind !== 'not-sent') return outcome
  const { code } = outcome.error
  const waitMs = pairDelayMs(outcome.error, claimed.attempt)
  if (waitMs !== undefined) pace.closePair(claimed.conversationId, nowMs + waitMs, nowMs)
  else if (outcome.isUnreached === true) pace.heed(claimed.number, 'unreached', nowMs)
  else if (typeof code === 'number') pace.heed(claimed.number, code, nowMs)
  return outcome
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
