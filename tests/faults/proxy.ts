import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

type Way = 'up' | 'down'

/** What the line does to bytes from now on. */
export type Weather = {
  /** Each piece arrives this much later. */
  latencyMs: number
  /** Bytes a second, in each direction; Infinity for as fast as it comes. */
  perSecond: number
  /** Bytes of these directions vanish without a word. */
  swallows: readonly Way[]
  /** From so many bytes to the console on, the line stands still, and neither end hears that it does. */
  freezesAfter: number
  /** From so many bytes to the console on, both ends get a reset, in the middle of whatever it is. */
  resetsAfter: number
  /** Nobody gets through. */
  isDown: boolean
}

const fair: Weather = {
  latencyMs: 0,
  perSecond: Infinity,
  swallows: [],
  freezesAfter: Infinity,
  resetsAfter: Infinity,
  isDown: false,
}

/** One connection through the proxy: both of its sockets, and what has gone down to the console. */
type Line = { console: Socket; server: Socket; downBytes: number; dueAtMs: Record<Way, number> }

/** A network between consoles and a server: a TCP proxy with weather. Counts how often somebody came. */
export class Proxy {
  /** When each connection was made, by the wall clock. */
  readonly arrivalsMs: number[] = []
  readonly #lines = new Set<Line>()
  readonly #server = createServer((socket) => this.#take(socket))
  readonly #target: number
  #weather = fair

  private constructor(target: number) {
    this.#target = target
  }

  static async before(port: number): Promise<Proxy> {
    const proxy = new Proxy(port)
    await new Promise<void>((done) => proxy.#server.listen(0, '127.0.0.1', done))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port // it listens on TCP
  }

  /** For the lines there are, too; bytes count from now. What is left out is fair. */
  change(given: Partial<Weather>): void {
    this.#weather = { ...fair, ...given }
    for (const line of this.#lines) line.downBytes = 0
    if (this.#weather.isDown) this.cut()
  }

  /** Both ends of every line hear that it is over. */
  cut(): void {
    for (const line of [...this.#lines]) this.#end(line)
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((done) => this.#server.close(done))
  }

  #take(console: Socket): void {
    this.arrivalsMs.push(Date.now())
    if (this.#weather.isDown) {
      console.on('error', () => undefined)
      console.resetAndDestroy()
      return
    }
    const server = connect(this.#target, '127.0.0.1')
    const line: Line = { console, server, downBytes: 0, dueAtMs: { up: 0, down: 0 } }
    this.#lines.add(line)
    console.on('data', (bytes: Buffer) => this.#carry(line, 'up', bytes))
    server.on('data', (bytes: Buffer) => this.#carry(line, 'down', bytes))
    for (const socket of [console, server]) {
      socket.on('error', () => undefined)
      socket.on('close', () => this.#end(line))
    }
  }

  #carry(line: Line, way: Way, bytes: Buffer): void {
    const weather = this.#weather
    if (weather.swallows.includes(way)) return
    let part = bytes
    if (way === 'down') {
      const limit = Math.min(weather.freezesAfter, weather.resetsAfter)
      part = bytes.subarray(0, Math.max(0, limit - line.downBytes))
      line.downBytes += bytes.length
    }
    if (way === 'up' && line.downBytes > weather.freezesAfter) return
    const nowMs = Date.now()
    const lasting = (part.length / weather.perSecond) * 1000
    const dueAtMs = Math.max(nowMs + weather.latencyMs, line.dueAtMs[way]) + lasting
    line.dueAtMs[way] = dueAtMs
    if (dueAtMs <= nowMs) this.#deliver(line, way, part)
    else setTimeout(() => this.#deliver(line, way, part), dueAtMs - nowMs)
  }

  #deliver(line: Line, way: Way, bytes: Buffer): void {
    const to = way === 'up' ? line.server : line.console
    if (to.destroyed) return
    to.write(bytes, () => {
      if (line.downBytes > this.#weather.resetsAfter) this.#end(line)
    })
  }

  #end(line: Line): void {
    this.#lines.delete(line)
    for (const socket of [line.console, line.server])
      if (!socket.destroyed) socket.resetAndDestroy()
  }
}
