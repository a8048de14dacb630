import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Conversation } from '../../../core/domain/conversation.ts'
import type { Message } from '../../../core/domain/message.ts'
import type { Contact } from '../../../core/domain/people.ts'
import { me } from '../held.ts'
import type { Store } from './store.ts'

type Group = Record<string, string | number | null>
type Statement = {
  run(...values: unknown[]): unknown
  all(...values: unknown[]): Group[]
}
type Sqlite = {
  pragma(text: string): unknown
  exec(text: string): unknown
  prepare(text: string): Statement
  transaction(work: () => void): () => void
  close(): void
}

/**
 * better-sqlite3 as its own page recommends it: a write-ahead log, `synchronous = NORMAL`, prepared statements, and an
 * index for each question.
 *
 * @param module folder of the package, which is no dependency of ours
 */
export async function openSqlite(folder: string, module: string): Promise<Store> {
  const Database = createRequire(import.meta.url)(module) as new (path: string) => Sqlite // its documented class
  const db = new Database(join(folder, 'db.sqlite'))
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.exec(`
    create table if not exists contact (id text primary key, row text);
    create table if not exists conversation (
      id text primary key, contact text, status text, assignee text, waiting integer, inbound integer, at integer, row text);
    create index if not exists newest on conversation (status, at desc);
    create index if not exists counted on conversation (status, assignee, waiting, id, inbound);
    create table if not exists mark (user text, conversation text, inbound integer, primary key (user, conversation)) without rowid;
    create table if not exists message (id text primary key, conversation text, ord integer, row text);
    create index if not exists thread on message (conversation, ord desc);`)
  const putContact = db.prepare('insert or replace into contact values (?, ?)')
  const putConversation = db.prepare(
    'insert or replace into conversation values (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const putMark = db.prepare('insert or replace into mark values (?, ?, ?)')
  const putMessage = db.prepare('insert or replace into message values (?, ?, ?, ?)')
  const newest = db.prepare(`
    select c.row as conversation, p.row as contact, c.inbound - coalesce(m.inbound, 0) as unread
    from conversation c join contact p on p.id = c.contact
    left join mark m on m.user = ? and m.conversation = c.id
    where c.status = 'open' order by c.at desc limit ?`)
  const counts = db.prepare(`
    with each as (
      select status, assignee, waiting, c.inbound > coalesce(m.inbound, 0) as unread
      from conversation c left join mark m on m.user = ? and m.conversation = c.id)
    select status, assignee, waiting is not null as waiting, count(*) as count, sum(unread) as unread
    from each group by 1, 2, 3`)
  const ofThread = db.prepare(
    'select row from message where conversation = ? order by ord desc limit ?',
  )

  const keep = (conversation: Conversation) => {
    const { id, contactId, status, assigneeId, waitingSinceMs, inboundCount, lastMessage } =
      conversation
    const atMs = lastMessage?.atMs ?? 0
    const row = JSON.stringify(conversation)
    putConversation.run(id, contactId, status, assigneeId, waitingSinceMs, inboundCount, atMs, row)
  }
  const add = (message: Message) => {
    const { id, conversationId, ord } = message
    putMessage.run(id, conversationId, ord, JSON.stringify(message))
  }
  return {
    async fill({ contacts, conversations, reads, messages }) {
      db.transaction(() => {
        for (const contact of contacts) putContact.run(contact.id, JSON.stringify(contact))
        for (const conversation of conversations) keep(conversation)
        for (const { userId, conversationId, inbound } of reads)
          putMark.run(userId, conversationId, inbound)
        for (const message of messages) add(message)
      })()
    },
    inbox(limit) {
      const rows = newest.all(me, limit).map(({ conversation, contact, unread }) => ({
        conversation: JSON.parse(String(conversation)) as Conversation, // written by keep
        contact: JSON.parse(String(contact)) as Contact, // written by fill
        unread: Number(unread),
      }))
      const groups = counts.all(me)
      const inView = (is: (group: Group) => boolean) => {
        const all = groups.filter(is)
        const sum = (column: string) => all.reduce((total, one) => total + Number(one[column]), 0)
        return { count: sum('count'), unread: sum('unread') }
      }
      const isOpen = ({ status }: Group) => status === 'open'
      return {
        rows,
        views: {
          mine: inView((group) => isOpen(group) && group.assignee === me),
          unassigned: inView((group) => isOpen(group) && group.assignee === null),
          open: inView(isOpen),
          waiting: inView((group) => isOpen(group) && Number(group.waiting) === 1),
          resolved: inView(({ status }) => status === 'resolved'),
        },
      }
    },
    loaded: async () => undefined,
    thread: (id, limit) =>
      ofThread
        .all(id, limit)
        .map(({ row }) => JSON.parse(String(row)) as Message) // written by add
        .reverse(),
    async arrive(message, conversation) {
      db.transaction(() => {
        add(message)
        keep(conversation)
      })()
    },
    tidyUp: null,
    close: async () => db.close(),
  }
}
