import { EventEmitter } from 'node:events'
import type { Down } from '../../../core/protocol/down.ts'

/** A socket without a network: what the server's connection uses of one. */
export class SimulatedSocket extends EventEmitter {
  readonly OPEN = 1
  readonly bufferedAmount = 0
  readyState = 1
  readonly #say: (down: Down) => void

  constructor(say: (down: Down) => void) {
    super()
    this.#say = say
  }

  send(text: string | Buffer): void {
    this.#say(JSON.parse(text.toString('utf8')) as Down) // what our own server says
  }

  close(): void {
    this.readyState = 3
    this.emit('close')
  }

  terminate = () => this.close()
  pause = () => undefined
  resume = () => undefined
}
