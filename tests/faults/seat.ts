import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import { protocolVersion } from '../../core/protocol/version.ts'
import { Desk } from '../../core/replica/desk.ts'
import type { Before } from '../../core/replica/earlier.ts'
import { Replica } from '../../core/replica/replica.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { createApi } from '../../tools/desk/api.ts'
import { aMachine, newId, silentAnnounce } from '../support/desks.ts'
import { rowsOf } from '../support/rows.ts'
import type { Rig } from './rig.ts'

/** A colleague at a console, with a real replica and a real line to a server that comes and goes. */
export type Seat = {
  desk: Desk
  /** Writes a note on each of the newest conversations in turn, until told to stop. */
  keepNoting(pauseMs: number): () => Promise<string[]>
  /** Every row it holds, as the server sent it, in an order of its own. */
  rows(): string[]
  close(): Promise<void>
}

export async function sitDownAt(rig: Rig): Promise<Seat> {
  const disk = createMemoryDisk()
  const machine = aMachine(disk, [])
  const replica = await Replica.open(disk, machine.platform)
  const token = await rig.signIn()
  const { user } = await createApi(`${rig.url()}/api/v1`, token).get<{ user: User }>('/me')
  const desk = new Desk(machine, replica, user, silentAnnounce, {
    ticket: () => ticketFor(rig, token),
    snapshotPage: async (from) => {
      const place = from === null ? '' : `&from=${encodeURIComponent(from)}`
      return (await ask(rig, token, `/sync/snapshot?proto=${protocolVersion}${place}`)).text()
    },
    messagesBefore: async (id, beforeMs, limit) => {
      const query = `conversationId=${id}&beforeMs=${beforeMs}&limit=${limit}`
      const answer = await ask(rig, token, `/sync/messages?${query}`)
      return (await answer.json()) as Before // the server's own answer
    },
    sessionEnded: () => undefined,
  })
  desk.link.start()
  return {
    desk,
    keepNoting: (pauseMs) => keepNoting(desk, pauseMs),
    rows: () => rowsOf(replica),
    async close() {
      desk.link.stop()
      await replica.close()
    },
  }
}

/** The session outlives the server's process; a server that is away is nothing but offline. */
async function ticketFor(rig: Rig, token: string): Promise<{ url: string }> {
  const address = rig.url()
  try {
    const { ticket } = await createApi(`${address}/api/v1`, token).post<{ ticket: string }>(
      '/sync/tickets',
      {},
    )
    return { url: `${address.replace(/^http/, 'ws')}/sync?ticket=${encodeURIComponent(ticket)}` }
  } catch (cause) {
    throw new AppError('offline', 'no server just now', { cause })
  }
}

async function ask(rig: Rig, token: string, path: string): Promise<Response> {
  try {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${rig.url()}/api/v1${path}`, { headers })
    if (answer.ok) return answer
    throw new AppError('offline', `the server answered ${answer.status}`)
  } catch (cause) {
    throw new AppError('offline', 'no server just now', { cause })
  }
}

function keepNoting(desk: Desk, pauseMs: number): () => Promise<string[]> {
  const written: string[] = []
  let isOver = false
  const work = async () => {
    for (let count = 1; !isOver; count += 1) {
      const all = [...desk.replica.base.all('conversation')]
      const conversationId = all[count % Math.max(1, all.length)]?.id as ConversationId | undefined
      if (conversationId !== undefined) {
        const text = `Notiz ${count}`
        await desk.perform('note.add', { id: newId() as MessageId, conversationId, text })
        written.push(text)
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
  const working = work()
  return async () => {
    isOver = true
    await working
    return written
  }
}
