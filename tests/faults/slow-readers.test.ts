import { createServer, connect, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { withMessage } from '../../core/domain/conversation.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import { scopesSeenBy } from '../../core/domain/scopes.ts'
import { must } from '../../core/lib/must.ts'
import { protocolVersion } from '../../core/protocol/version.ts'
import { aMessage } from '../../core/testing/examples.ts'
import { createMemoryDisk } from '../../core/testing/memory-disk.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { newId } from '../support/desks.ts'
import { sharedRowsOf } from '../support/rows.ts'
import { openSmallFirm } from './small-firm.ts'

const { db } = await testDatabase()
const frozen = 4
const messages = 250
/** Together far more than what the system keeps for a socket that nobody reads. */
const textBytes = 60_000
const mostUnreadBytes = 2 * 1024 * 1024
const mostLateMs = 3_000
const soon = { timeout: 60_000, interval: 20 }

test('P13, row 9: consoles that read slowly or not at all hold little of the server and slow nobody else', async () => {
  const firm = await openSmallFirm(db)
  onTestFinished(() => firm.server.close())
  const brook = await openBrook(firm.server.port, 1024)
  onTestFinished(() => brook.close())
  const healthy = await sit(firm)
  const slow = await sit(firm, brook.port)
  const stuck: WebSocket[] = []
  for (let count = 0; count < frozen; count += 1) stuck.push(await freeze(firm))
  onTestFinished(() => stuck.forEach((socket) => socket.terminate()))
  brook.isSlow = true

  const late: number[] = []
  let mostUnread = 0
  const conversationId = must([...healthy.replica.base.all('conversation')][0], 'conversation').id
  for (let count = 0; count < messages; count += 1) {
    const id = await customerWrites(firm, conversationId)
    const writtenAtMs = performance.now()
    await expect.poll(() => healthy.replica.base.get('message', id), soon).toBeDefined()
    late.push(performance.now() - writtenAtMs)
    mostUnread = Math.max(mostUnread, firm.server.unreadBytes())
  }
  expect(Math.max(...late)).toBeLessThan(mostLateMs)
  expect(mostUnread).toBeLessThan(mostUnreadBytes * (frozen + 1))

  brook.isSlow = false
  const newest = must(healthy.replica.base.messages(conversationId).at(-1), 'message')
  await expect.poll(() => slow.replica.base.get('message', newest.id), soon).toBeDefined()
  expect(sharedRowsOf(slow.replica, healthy.replica)).toEqual(
    sharedRowsOf(healthy.replica, slow.replica),
  )
}, 180_000)

type Firm = Awaited<ReturnType<typeof openSmallFirm>>

async function sit(firm: Firm, port?: number) {
  const seat = await firm.sitDown(createMemoryDisk(), {}, port)
  onTestFinished(() => seat.close())
  seat.desk.link.start()
  await expect.poll(() => seat.desk.link.isSynced, soon).toBe(true)
  return seat
}

/** A console that says hello, hears its first frame, and then reads nothing any more. */
async function freeze({ server, user }: Firm): Promise<WebSocket> {
  const lane = await db.selectFrom('lane').select(['epoch', 'head']).executeTakeFirstOrThrow()
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/sync?ticket=${user.id}`)
  await once(socket, 'open')
  const versions = { proto: protocolVersion, protoMin: 1, rowsProto: protocolVersion }
  const who = { ...versions, app: 'frozen', replica: newId(), scopes: scopesSeenBy(user) }
  const cursor = { epoch: lane.epoch, seq: { '0': lane.head } }
  socket.send(JSON.stringify(['hello', { ...who, lastMid: 0, lastMuid: null, cursor }]))
  while (!String(await once(socket, 'message')).startsWith('["frame"')) continue
  socket.pause()
  return socket
}

async function customerWrites({ server }: Firm, id: ConversationId): Promise<MessageId> {
  const messageId = newId() as MessageId
  await server.log.write(async (tx) => {
    const conversation = must(await tx.get('conversation', id), 'conversation')
    const message = aMessage({
      id: messageId,
      wamid: `wamid.${messageId}`,
      text: 'x'.repeat(textBytes),
      conversationId: id,
      numberId: conversation.numberId,
      ord: conversation.lastOrd + 1,
      sentAtMs: Date.now(),
    })
    tx.put({ entity: 'message', row: message })
    tx.put({ entity: 'conversation', row: withMessage(conversation, message) })
  })
  return messageId
}

/** A line to a server through which, while it is slow, so many bytes a second come down and no more. */
async function openBrook(port: number, bytesPerSecond: number) {
  const sockets = new Set<Socket>()
  const brook = { port: 0, isSlow: false, close: () => sockets.forEach((one) => one.destroy()) }
  const listener = createServer((down) => {
    const up = connect(port, '127.0.0.1')
    for (const socket of [down, up]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => [down, up].forEach((one) => one.destroy()))
    }
    down.on('data', (bytes) => up.write(bytes))
    const pour = () => {
      const bytes: unknown = brook.isSlow
        ? (up.read(Math.min(bytesPerSecond / 10, up.readableLength)) as unknown)
        : up.read()
      if (bytes instanceof Buffer) down.write(bytes)
    }
    up.on('readable', () => {
      if (!brook.isSlow) pour()
    })
    const timer = setInterval(pour, 100)
    up.on('close', () => clearInterval(timer))
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  brook.port = (listener.address() as AddressInfo).port // it listens on TCP
  onTestFinished(() => void listener.close())
  return brook
}
