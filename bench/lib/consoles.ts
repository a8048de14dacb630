import { randomBytes } from 'node:crypto'
import { WebSocket } from 'ws'
import { uuidV7 } from '../../core/lib/uuid.ts'
import { protocolVersion } from '../../core/protocol/version.ts'

/**
 * Many consoles in one process, as the other end of a fan-out: `tsx consoles.ts URL COUNT [TOKEN]`. Prints `ready` when
 * all are connected, then `N AT` for each marked message: the Unix milliseconds at which the last console had it.
 * With a token they speak the sync protocol; without, they only listen.
 */
const [url = '', countText = '0', token] = process.argv.slice(2)
const count = Number(countText)
const seen = new Map<string, number>()
let ready = 0

for (let index = 0; index < count; index += 1) connect()

function connect(): void {
  const socket = new WebSocket(
    url,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  )
  const mine = new Set<string>()
  let isReady = false
  const becomeReady = () => {
    if (isReady) return
    isReady = true
    ready += 1
    if (ready === count) process.stdout.write('ready\n')
  }
  socket.on('open', () => {
    if (token === undefined) becomeReady()
    else socket.send(hello())
  })
  socket.on('message', (bytes: Buffer) => {
    const text = bytes.toString('latin1')
    // A message is named in its row and in its conversation's preview; each console counts it once.
    for (const [, mark = ''] of text.matchAll(/fan-(\d+)-naf/g)) {
      if (!mine.has(mark)) arrived(mark)
      mine.add(mark)
    }
    const cursor = /"cursor":(\{"epoch":"[^"]+","seq":\{"0":\d+\}\})/.exec(text)?.[1]
    if (cursor === undefined) return
    socket.send(`["got",{"cursor":${cursor}}]`)
    becomeReady()
  })
  socket.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
}

function arrived(mark: string): void {
  const times = (seen.get(mark) ?? 0) + 1
  seen.set(mark, times)
  if (times === count)
    process.stdout.write(`${mark} ${performance.timeOrigin + performance.now()}\n`)
}

function hello(): string {
  const replica = uuidV7(Date.now(), randomBytes(10))
  const body = {
    proto: protocolVersion,
    protoMin: protocolVersion,
    app: 'bench',
    replica,
    lastMid: 0,
    lastMuid: null,
    cursor: null,
    scopes: [],
  }
  return JSON.stringify(['hello', body])
}
