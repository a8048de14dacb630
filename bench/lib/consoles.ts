import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import { uuidV7 } from '../../core/lib/uuid.ts'
import type { Welcome } from '../../core/protocol/down.ts'
import type { Cursor } from '../../core/protocol/shared.ts'
import { protocolVersion } from '../../core/protocol/version.ts'

/**
 * Many consoles in one process, as the other end of a fan-out: `tsx consoles.ts URL COUNT [TOKEN]`. Prints `ready` when
 * all are connected, then `N AT` for each marked message: the Unix milliseconds at which the last console had it.
 * With a token they speak the sync protocol; without, they only listen. Real ones have a machine of their own each, so
 * these look for nothing but the marks and the cursor.
 */
const [url = '', countText = '0', token] = process.argv.slice(2)
const count = Number(countText)
const seen = new Map<string, number>()
const mark = { start: Buffer.from('fan-'), end: Buffer.from('-naf') }
const welcome = Buffer.from('["welcome"')
const cursor = { start: Buffer.from('"cursor":'), end: Buffer.from('}}') }
let ready = 0

for (let index = 0; index < count; index += 1) connect()

function connect(): void {
  const socket = new WebSocket(
    url,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  )
  const mine = new Set<string>()
  let isReady = false
  let isPlaced = false
  const becomeReady = () => {
    if (isReady) return
    isReady = true
    ready += 1
    if (ready === count) process.stdout.write('ready\n')
  }
  socket.on('open', () => {
    if (token === undefined) becomeReady()
    else socket.send(hello(null, []))
  })
  socket.on('message', (bytes: Buffer) => {
    // A message is named in its row and in its conversation's preview; each console counts it once.
    for (const name of marksIn(bytes)) {
      if (!mine.has(name)) arrived(name)
      mine.add(name)
    }
    if (bytes.subarray(0, welcome.length).equals(welcome)) {
      if (!isPlaced) socket.send(again(bytes))
      isPlaced = true
      return
    }
    const place = cursorIn(bytes)
    if (place === undefined) return
    socket.send(`["got",{"cursor":${place}}]`)
    becomeReady()
  })
  socket.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
}

function marksIn(bytes: Buffer): string[] {
  const found: string[] = []
  for (let at = bytes.indexOf(mark.start); at >= 0; at = bytes.indexOf(mark.start, at)) {
    at += mark.start.length
    const end = bytes.indexOf(mark.end, at)
    if (end > at) found.push(bytes.toString('latin1', at, end))
  }
  return found
}

function cursorIn(bytes: Buffer): string | undefined {
  const at = bytes.indexOf(cursor.start)
  if (at < 0) return undefined
  const end = bytes.indexOf(cursor.end, at)
  return bytes.toString('latin1', at + cursor.start.length, end + cursor.end.length)
}

function arrived(name: string): void {
  const times = (seen.get(name) ?? 0) + 1
  seen.set(name, times)
  if (times === count)
    process.stdout.write(`${name} ${performance.timeOrigin + performance.now()}\n`)
}

/** What a console says that has fetched what there is: here nothing, for the server is new. */
function again(bytes: Buffer): string {
  const [, { epoch, user }] = JSON.parse(bytes.toString()) as [string, Welcome] // the server's own word
  return hello({ epoch, seq: { '0': 0 } }, ['team:all', `user:${user}`, 'ws'])
}

function hello(place: Cursor | null, scopes: string[]): string {
  const replica = uuidV7(Date.now(), randomBytes(10))
  const body = {
    proto: protocolVersion,
    protoMin: protocolVersion,
    app: 'bench',
    replica,
    lastMid: 0,
    lastMuid: null,
    cursor: place,
    scopes,
  }
  return JSON.stringify(['hello', body])
}
