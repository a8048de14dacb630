import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { onTestFinished } from 'vitest'
import { newConversation, withMessage } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Contact, OwnNumber } from '../../core/domain/people.ts'
import type { MessageStatus } from '../../core/domain/status.ts'
import type { Platform } from '../../core/lib/clock.ts'
import { must } from '../../core/lib/must.ts'
import { uuidV7 } from '../../core/lib/uuid.ts'
import { aContact, aUser } from '../../core/testing/examples.ts'
import { startSimulator, type SimulatorOptions } from '../../simulator/start.ts'
import { startSink } from '../../simulator/testing/sink.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { mutate } from '../log/mutate.ts'
import { enqueueSends } from '../sender/enqueue.ts'
import type { Alert } from '../sender/alert.ts'
import { releaseHeld } from '../sender/holds.ts'
import { countArrivals } from '../sender/pace/arrivals.ts'
import { Pace } from '../sender/pace/pace.ts'
import { settleReported } from '../sender/reported.ts'
import { startSender, type SenderOptions } from '../sender/sender.ts'
import { moveMessage } from '../sender/status.ts'
import { createClient, type Client } from '../whatsapp/client.ts'
import { testDatabase } from './database.ts'

export const realPlatform: Platform = {
  nowMs: () => Date.now(),
  newId: () => uuidV7(Date.now(), randomBytes(10)),
  random: () => Math.random(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}
const newId = <Id extends string>() => realPlatform.newId() as Id // made here, so it is of that kind

export type SenderDesk = Awaited<ReturnType<typeof senderDesk>>
export type Chat = { conversationId: ConversationId; contact: Contact; customerId: string }

/** A firm's sender on a real database and the simulator; statuses come back over its webhook. */
export async function senderDesk(options: SimulatorOptions = {}) {
  const { db, url } = await testDatabase()
  const pace = new Pace('whatsapp', () => realPlatform.random())
  const log = createLog(db, {
    nowMs: () => realPlatform.nowMs(),
    beforeCommit: [enqueueSends, settleReported, releaseHeld, countArrivals(pace)],
  })
  await prepareLane(db, newId)
  const sink = await startSink('verify')
  const simulator = await startSimulator({
    webhook: sink.url,
    verifyToken: 'verify',
    latencyMs: { sent: 1, delivered: 1, read: 1 },
    ...options,
  })
  await clientOf().subscribeApp(simulator.account.accountId)
  const user = aUser({ id: newId() })
  const number: OwnNumber = {
    id: newId(),
    phoneNumberId: must(simulator.account.numbers[0], 'number').id,
    health: 'ok',
  }
  await log.write(async (tx) => {
    tx.put({ entity: 'user', row: user })
    tx.put({ entity: 'number', row: number })
  })
  const bugs: unknown[] = []
  const alerts: Alert[] = []
  const senders = new Set<{ stop(): Promise<void> }>()
  onTestFinished(async () => {
    for (const sender of senders) await sender.stop()
    await simulator.close()
    await sink.close()
    if (bugs.length > 0) throw new AggregateError(bugs, 'the sender reported bugs')
  })

  function clientOf(more: { graphUrl?: string; token?: string; timeoutMs?: number } = {}): Client {
    const { url: graphUrl, account } = simulator
    return createClient({ graphUrl, version: 'v25.0', token: account.token, ...more })
  }

  const desk = {
    db,
    url,
    log,
    user,
    number,
    simulator,
    sink,
    bugs,
    alerts,
    client: clientOf,

    async control<T>(path: string, body?: unknown, method?: string): Promise<T> {
      const answer = await fetch(`${simulator.url}/control${path}`, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      })
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
      return (await answer.json()) as T // the caller says what the control answers
    },

    /** A contact that has just written to us. */
    async chat(name = 'Ada Beispiel', wish: object = {}): Promise<Chat & { wamid: string }> {
      const phone = `+4915${Math.floor(1e9 + Math.random() * 8e9)}`
      const person = await desk.control<{ id: string }>('/customers', { name, phone, ...wish })
      const said = { type: 'text', text: { body: 'Hallo' } }
      const { wamid } = await desk.control<{ wamid: string }>(
        `/customers/${person.id}/messages`,
        said,
      )
      const contact = aContact({ id: newId(), name, phone })
      const conversationId = newId<ConversationId>()
      const nowMs = Date.now()
      await log.write(async (tx) => {
        const row = newConversation(conversationId, number.id, contact.id, nowMs)
        tx.put({ entity: 'contact', row: contact })
        tx.put({ entity: 'conversation', row })
      })
      const chat = { conversationId, contact, customerId: person.id, wamid }
      await desk.hear(chat, { wamid })
      return chat
    },

    /** Stores what the contact said, as the intake does. */
    async hear({ conversationId }: Chat, given: Partial<Message> = {}): Promise<Message> {
      return log.write(async (tx) => {
        const before = must(await tx.get('conversation', conversationId), 'conversation')
        const message: Message = {
          id: newId(),
          conversationId,
          numberId: number.id,
          ord: before.lastOrd + 1,
          direction: 'in',
          type: 'text',
          text: 'Hallo',
          status: 'received',
          statusAt: {},
          reactions: [],
          sentAtMs: tx.nowMs,
          receivedAtMs: tx.nowMs,
          ...given,
        }
        tx.put({ entity: 'message', row: message })
        tx.put({ entity: 'conversation', row: withMessage(before, message) })
        return message
      })
    },

    /** @throws when the deed is refused */
    async act(name: string, args: object): Promise<void> {
      const outcome = await log.write((tx) => mutate(tx, user, name, args))
      if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome)}`)
    },

    async write({ conversationId }: Chat, text: string, more: object = {}): Promise<MessageId> {
      const id = newId<MessageId>()
      const body = { type: 'text', text }
      await desk.act('message.send', { id, conversationId, body, basedOn: null, ...more })
      return id
    },

    /** Puts a message into the queue that no person wrote at a console. */
    async queue({ conversationId }: Chat, given: Partial<Message> = {}): Promise<MessageId> {
      const id = newId<MessageId>()
      await log.write(async (tx) => {
        const before = must(await tx.get('conversation', conversationId), 'conversation')
        const message: Message = {
          id,
          conversationId,
          numberId: number.id,
          ord: before.lastOrd + 1,
          direction: 'out',
          type: 'text',
          text: 'Guten Tag',
          status: 'queued',
          statusAt: {},
          reactions: [],
          sentAtMs: tx.nowMs,
          receivedAtMs: tx.nowMs,
          ...given,
        }
        tx.put({ entity: 'message', row: message })
        tx.put({ entity: 'conversation', row: withMessage(before, message) })
      })
      return id
    },

    async message(id: string): Promise<Message> {
      const { data } = await db
        .selectFrom('message')
        .select('data')
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      return data
    },
    status: async (id: string): Promise<MessageStatus> => (await desk.message(id)).status,
    outbox: (id: string) =>
      db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst(),
    async ownNumber(): Promise<OwnNumber> {
      const { data } = await db
        .selectFrom('number')
        .select('data')
        .where('id', '=', number.id)
        .executeTakeFirstOrThrow()
      return data
    },

    accepted: async () =>
      (
        await desk.control<{ items: { wamid: string; callbackData: string; type: string }[] }>(
          '/accepted',
        )
      ).items,
    arrived: async ({ customerId }: Chat) =>
      (
        await desk.control<{
          items: { wamid: string; type: string; [payload: string]: unknown }[]
        }>(`/customers/${customerId}/messages`)
      ).items,
    fault: (fault: object) => desk.control('/faults', fault),

    sender(more: Partial<SenderOptions> = {}) {
      const client = desk.client()
      const sender = startSender({
        db,
        log,
        clock: realPlatform,
        pace,
        onAlert: (alert) => alerts.push(alert),
        clientFor: () => client,
        uploadMedia: async () => ({ kind: 'sent', mediaId: 'none' }),
        report: (bug) => bugs.push(bug),
        stopAfterMs: 200,
        ...more,
      })
      log.onCommit(() => sender.wake())
      senders.add(sender)
      return sender
    },

    /** Applies the statuses heard so far, as the intake does: by our id, which each repeats. */
    async applyStatuses(): Promise<void> {
      const statuses = sink
        .values('messages')
        .flatMap((value) => (value.statuses ?? []) as Status[]) // Meta's array
      for (const { id, status, biz_opaque_callback_data: ours } of statuses) {
        if (ours === undefined || status === 'played') continue
        await log.write(async (tx) => {
          const message = await tx.get('message', ours)
          if (message) await moveMessage(tx, message, status, { wamid: id })
        })
      }
    },
    /** Starts a new history, as a restore does. */
    newEpoch: () => sql`update lane set epoch = ${newId<string>()}`.execute(db),
  }
  return desk
}

type Status = {
  id: string
  status: 'sent' | 'delivered' | 'read' | 'failed' | 'played'
  biz_opaque_callback_data?: string
}
