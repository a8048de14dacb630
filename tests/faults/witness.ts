/** What the server holds, and what the platform saw of it. */
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { openDatabase } from '../../server/store/database.ts'
import { startEmbedded } from '../../server/store/embedded.ts'
import type { Rig } from './rig.ts'

export type Message = {
  id: string
  conversationId: string
  wamid?: string
  direction: string
  type: string
  text?: string
  status: string
  statusAt: Partial<Record<'sent' | 'delivered' | 'read', string>>
  sentAt: string
}
export type Conversation = { id: string; contact: { name: string; phone?: string } }
export type Accepted = { wamid: string; callbackData: string; to: string; type: string }

const settleMs = 120_000

export async function allMessages(rig: Rig): Promise<Message[]> {
  const lists = (await conversations(rig)).map(({ id }) => messagesOf(rig, id))
  return (await Promise.all(lists)).flat()
}

export async function conversations(rig: Rig): Promise<Conversation[]> {
  return rig.api().list<Conversation>('/conversations?limit=100')
}

export async function messagesOf(rig: Rig, conversationId: string): Promise<Message[]> {
  return rig.api().list<Message>(`/conversations/${conversationId}/messages?limit=100`)
}

/** The ids of all that customers wrote, in order, those of a customer together. */
export async function writtenByCustomers(rig: Rig): Promise<string[]> {
  const people = (await customers(rig)).map(({ id }) =>
    rig.control.get<{ wrote: { wamid: string }[] }>(`/customers/${id}`),
  )
  return (await Promise.all(people)).flatMap(({ wrote }) => wrote.map(({ wamid }) => wamid))
}

export async function textsOnPhones(rig: Rig): Promise<string[]> {
  const phones = (await customers(rig)).map(({ id }) =>
    rig.control.get<{ items: { text: { body: string } }[] }>(`/customers/${id}/messages`),
  )
  return (await Promise.all(phones)).flatMap(({ items }) => items.map(({ text }) => text.body))
}

export async function accepted(rig: Rig): Promise<Accepted[]> {
  return (await rig.control.get<{ items: Accepted[] }>('/accepted')).items
}

/** Every webhook the platform has was answered 200. */
export async function webhooksAnswered(rig: Rig): Promise<void> {
  const waiting = async () => {
    const counts = await rig.control.get<{ waiting: number; inFlight: number }>('/outbox')
    return counts.waiting + counts.inFlight
  }
  await expect.poll(waiting, { timeout: settleMs, interval: 100 }).toBe(0)
}

export function repeated(items: readonly string[]): string[] {
  return items.filter((item, at) => items.indexOf(item) !== at)
}

/** The change log as it lies in the stopped server's database. */
export async function logIn(rig: Rig): Promise<Record<string, number | undefined>> {
  const database = await startEmbedded({ dataDir: join(rig.folder, 'server') })
  const db = openDatabase(database.url, { maxConnections: 1 })
  try {
    const { rows } = await sql<{ head: string; first: string; last: string; count: string }>`
      select lane.head, min(seq) as first, max(seq) as last, count(*) as count
      from lane join change on change.lane = lane.lane group by lane.head`.execute(db)
    const [row] = rows
    const [head, first, last, count] = [row?.head, row?.first, row?.last, row?.count].map(Number)
    return { head, first, last, count }
  } finally {
    await db.destroy()
    await database.stop()
  }
}

async function customers(rig: Rig): Promise<{ id: string }[]> {
  return (await rig.control.get<{ items: { id: string }[] }>('/customers')).items
}
