import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { UserId } from '../../core/domain/ids.ts'
import type { RevokedWhy } from '../auth/tables.ts'
import { Connection, type Shared } from './connection.ts'
import { PushPace } from './push-pace.ts'
import { lookEveryMs } from './ward.ts'

/** One message of a console at most; a push is 100 deeds and about 256 KiB (core/replica/outbox.ts). */
const maxPayloadBytes = 1024 * 1024
/** Consoles that are sent away all at once come back spread over this time. */
const drainMs = 2_000

/** Who a ticket or bearer token belongs to; null when it is good for nothing. */
export type Admission = {
  redeemTicket(ticket: string): Promise<{ userId: UserId; sessionId: string } | null>
  authenticate(bearer: string): Promise<{ userId: UserId; sessionId: string } | null>
  /** Hears of every session that ends, and why. */
  onRevoked(listener: (sessionId: string, why: RevokedWhy) => void): () => void
}

/** Listens for consoles at `/sync`. Returns how to send them away and stop. */
export function serveSync(
  server: Server,
  admission: Admission,
  given: Omit<Shared, 'consoleIsAhead' | 'pace'> & { beginNewHistory: () => Promise<void> },
  allowedOrigins: readonly string[],
): { stop(): void; count(): number; bufferedBytes(): number } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayloadBytes,
    perMessageDeflate: false,
  })
  const connections = new Set<Connection>()
  const shared: Shared = { ...given, consoleIsAhead, pace: new PushPace() }
  let hasBegunAnew = false

  async function consoleIsAhead(): Promise<boolean> {
    if (hasBegunAnew) return false
    hasBegunAnew = true
    await given.beginNewHistory().catch((error: unknown) => {
      hasBegunAnew = false
      throw error
    })
    for (const connection of connections) connection.goAway('drain', { retryMs: drainMs })
    return true
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (new URL(request.url ?? '/', 'http://kontor').pathname !== '/sync')
      return refuse(socket, '404 Not Found')
    admit(request)
      .then((who) => {
        if (typeof who === 'string') return refuse(socket, who)
        sockets.handleUpgrade(request, socket, head, (opened) => {
          const connection = new Connection(opened, who, shared)
          connections.add(connection)
          opened.on('close', () => connections.delete(connection))
        })
      })
      .catch((error: unknown) => {
        shared.report(error)
        refuse(socket, '503 Service Unavailable')
      })
  }

  async function admit(request: IncomingMessage) {
    const { origin, authorization } = request.headers
    if (origin !== undefined && !allowedOrigins.includes(origin) && !isSameHost(origin, request)) {
      return '403 Forbidden'
    }
    const ticket = new URL(request.url ?? '/', 'http://kontor').searchParams.get('ticket')
    const bearer = /^Bearer (.+)$/.exec(authorization ?? '')?.[1]
    const who =
      ticket !== null
        ? await admission.redeemTicket(ticket)
        : bearer === undefined
          ? null
          : await admission.authenticate(bearer)
    return who ?? '401 Unauthorized'
  }

  const stopHearing = admission.onRevoked((sessionId, why) => {
    for (const connection of connections) {
      if (connection.sessionId !== sessionId) continue
      if (why === 'deactivated') connection.goAway('revoked', { wipe: true })
      else connection.goAway('auth')
    }
  })
  server.on('upgrade', upgrade)
  const looking = setInterval(() => {
    for (const connection of connections) connection.look()
  }, lookEveryMs)
  return {
    count: () => connections.size,
    bufferedBytes: () =>
      [...connections].reduce((sum, { bufferedBytes }) => sum + bufferedBytes, 0),
    stop() {
      clearInterval(looking)
      server.off('upgrade', upgrade)
      stopHearing()
      for (const connection of connections) connection.goAway('drain', { retryMs: drainMs })
      sockets.close()
    },
  }
}

/** A page of our own may come under any name the server is reached by; its origin then names the host it asked. */
function isSameHost(origin: string, request: IncomingMessage): boolean {
  try {
    return new URL(origin).host === request.headers.host
  } catch {
    return false
  }
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
