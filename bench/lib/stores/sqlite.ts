import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Conversation } from '../../../core/domain/conversation.ts'
import type { Message } from '../../../core/domain/message.ts'
import type { Store } from './store.ts'

type Statement = {
  run(...values: unknown[]): unknown
  all(...values: unknown[]): { row: string }[]
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
    create table if not exists conversation (id text primary key, status text, at integer, row text);
    create index if not exists newest on conversation (status, at desc);
    create table if not exists message (id text primary key, conversation text, ord integer, row text);
    create index if not exists thread on message (conversation, ord desc);`)
  const putContact = db.prepare('insert or replace into contact values (?, ?)')
  const putConversation = db.prepare('insert or replace into conversation values (?, ?, ?, ?)')
  const putMessage = db.prepare('insert or replace into message values (?, ?, ?, ?)')
  const newest = db.prepare(
    `select row from conversation where status = 'open' order by at desc limit ?`,
  )
  const count = db.prepare(`select count(*) as row from conversation where status = 'open'`)
  const ofThread = db.prepare(
    'select row from message where conversation = ? order by ord desc limit ?',
  )

  const keep = (conversation: Conversation) => {
    const { id, status, lastMessage } = conversation
    putConversation.run(id, status, lastMessage?.atMs ?? 0, JSON.stringify(conversation))
  }
  const add = (message: Message) => {
    const { id, conversationId, ord } = message
    putMessage.run(id, conversationId, ord, JSON.stringify(message))
  }
  return {
    async fill({ contacts, conversations, messages }) {
      db.transaction(() => {
        for (const contact of contacts) putContact.run(contact.id, JSON.stringify(contact))
        for (const conversation of conversations) keep(conversation)
        for (const message of messages) add(message)
      })()
    },
    inbox(limit) {
      const rows = newest.all(limit).map(({ row }) => JSON.parse(row) as Conversation) // written by keep
      return { conversations: rows, total: Number(count.all()[0]?.row) }
    },
    thread: (id, limit) =>
      ofThread
        .all(id, limit)
        .map(({ row }) => JSON.parse(row) as Message) // written by add
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
