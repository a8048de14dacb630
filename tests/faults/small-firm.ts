import type { ConversationId, MessageId, UserId } from '../../core/domain/ids.ts'
import { Desk } from '../../core/replica/desk.ts'
import type { Disk, Machine } from '../../core/replica/ports.ts'
import { Replica } from '../../core/replica/replica.ts'
import { aContact, aConversation, aNumber, aUser } from '../../core/testing/examples.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import type { Database } from '../../server/store/database.ts'
import { aMachine, newId, serverAt, silentAnnounce, startSync } from '../support/desks.ts'
import { rowsOf } from './disk/life.ts'

/** One person, three conversations, and the sync part of a server, on a real database and real sockets. */
export async function openSmallFirm(db: Database) {
  const server = await startSync(db)
  const user = aUser({ id: newId() as UserId })
  const conversationIds: ConversationId[] = []
  await server.log.write(async (tx) => {
    const number = aNumber({ id: newId() as never })
    tx.put({ entity: 'user', row: user })
    tx.put({ entity: 'number', row: number })
    for (let count = 0; count < 3; count += 1) {
      const contact = aContact({ id: newId() as never })
      const ids = { id: newId() as ConversationId, numberId: number.id, contactId: contact.id }
      conversationIds.push(ids.id)
      tx.put({ entity: 'contact', row: contact })
      tx.put({ entity: 'conversation', row: aConversation(ids) })
    }
  })

  /** Somebody at a console with this disk. @param given of the machine, where it is no ordinary one */
  async function sitDown(disk: Disk, given: Partial<Machine> = {}, port = server.port) {
    const machine = { ...aMachine(disk, []), ...given }
    const replica = await Replica.open(disk, machine.platform)
    const desk = new Desk(machine, replica, user, silentAnnounce, serverAt(port, user.id))
    return {
      desk,
      replica,
      async note(text: string): Promise<void> {
        const [conversationId] = conversationIds
        const id = newId() as MessageId // made here
        if (conversationId !== undefined)
          await desk.perform('note.add', { id, conversationId, text })
      },
      rows: () => rowsOf(replica.base),
      async close(): Promise<void> {
        desk.link.stop()
        await replica.close()
      },
    }
  }

  return {
    server,
    user,
    sitDown,
    /** What the server tells somebody who comes anew: every row, and every note's text. */
    async truth(): Promise<{ rows: string[]; notes: string[] }> {
      const fresh = await sitDown(createMemoryDisk())
      fresh.desk.link.start()
      while (!fresh.desk.link.isSynced) await new Promise((resolve) => setTimeout(resolve, 10))
      await fresh.close()
      const notes = [...fresh.replica.base.all('message')].flatMap(({ text }) => text ?? [])
      return { rows: fresh.rows(), notes: notes.sort() }
    },
  }
}

export type Seat = Awaited<ReturnType<Awaited<ReturnType<typeof openSmallFirm>>['sitDown']>>
