import { join } from 'node:path'
import { JSONFilePreset } from 'lowdb/node'
import type { Held } from '../held.ts'
import type { OpenStore } from './store.ts'

/** lowdb as its own page shows it: everything in one JSON file, written whole after each change. */
export const openPlainLowdb: OpenStore = async (folder) => {
  const empty: Held = { contacts: [], conversations: [], messages: [] }
  const db = await JSONFilePreset<Held>(join(folder, 'db.json'), empty)
  return {
    async fill(rows) {
      db.data = rows
      await db.write()
    },
    inbox(limit) {
      const open = db.data.conversations.filter(({ status }) => status === 'open')
      open.sort((a, b) => (b.lastMessage?.atMs ?? 0) - (a.lastMessage?.atMs ?? 0))
      return { conversations: open.slice(0, limit), total: open.length }
    },
    thread: (id, limit) =>
      db.data.messages.filter(({ conversationId }) => conversationId === id).slice(-limit),
    async arrive(message, conversation) {
      db.data.messages.push(message)
      const at = db.data.conversations.findIndex(({ id }) => id === conversation.id)
      db.data.conversations[at] = conversation
      await db.write()
    },
    tidyUp: null,
    close: async () => undefined,
  }
}
