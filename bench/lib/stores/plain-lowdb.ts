import { join } from 'node:path'
import { JSONFilePreset } from 'lowdb/node'
import type { Conversation } from '../../../core/domain/conversation.ts'
import { must } from '../../../core/lib/must.ts'
import { me, type Held } from '../held.ts'
import type { OpenStore } from './store.ts'

/** lowdb as its own page shows it: everything in one JSON file, written whole after each change. */
export const openPlainLowdb: OpenStore = async (folder) => {
  const empty: Held = { contacts: [], conversations: [], reads: [], messages: [] }
  const db = await JSONFilePreset<Held>(join(folder, 'db.json'), empty)
  return {
    async fill(rows) {
      db.data = rows
      await db.write()
    },
    inbox(limit) {
      const { contacts, conversations, reads } = db.data
      const marks = new Map(reads.map((mark) => [mark.conversationId, mark.inbound]))
      const people = new Map(contacts.map((contact) => [contact.id, contact]))
      const unreadIn = (one: Conversation) => one.inboundCount - (marks.get(one.id) ?? 0)
      const inView = (is: (one: Conversation) => boolean) => {
        const all = conversations.filter(is)
        return { count: all.length, unread: all.filter((one) => unreadIn(one) > 0).length }
      }
      const isOpen = ({ status }: Conversation) => status === 'open'
      const open = conversations.filter(isOpen)
      open.sort((a, b) => (b.lastMessage?.atMs ?? 0) - (a.lastMessage?.atMs ?? 0))
      return {
        rows: open.slice(0, limit).map((conversation) => ({
          conversation,
          contact: must(people.get(conversation.contactId), 'contact'),
          unread: unreadIn(conversation),
        })),
        views: {
          mine: inView((one) => isOpen(one) && one.assigneeId === me),
          unassigned: inView((one) => isOpen(one) && one.assigneeId === null),
          open: inView(isOpen),
          waiting: inView((one) => isOpen(one) && one.waitingSinceMs !== null),
          resolved: inView(({ status }) => status === 'resolved'),
        },
      }
    },
    loaded: async () => undefined,
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
