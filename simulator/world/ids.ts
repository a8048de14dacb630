import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

/**
 * Ids made while the platform runs. They carry the time they were made at, so a simulator started
 * again with the same seed never repeats an id that a server has already stored.
 */
export type Ids = {
  /** `wamid.` and base64, as opaque and as long as the real ones. */
  message(direction: 'in' | 'out', peer: string): string
  /** Decimal, as media, templates and the like have. */
  object(): string
  /** The trace id of an answer (`fbtrace_id`, `x-fb-trace-id`). */
  trace(): string
  /** Digits that nobody can guess: a code sent by SMS. */
  code(length: number): string
  /** Letters and digits: a short link's code, an upload session. */
  key(length: number): string
  /** What the next accepted message is called, in place of an id of our own making. */
  setNextMessage(wamid: string): void
}

export function createIds(clock: Clock, random: Random): Ids {
  let made = 0
  let nextMessage: string | undefined
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

  const pick = (from: string, length: number) =>
    Array.from({ length }, () => from[random.below(from.length)]).join('')

  return {
    message(direction, peer) {
      if (direction === 'out' && nextMessage !== undefined) {
        const wamid = nextMessage
        nextMessage = undefined
        return wamid
      }
      made += 1
      const time = clock.nowMs().toString(16).padStart(11, '0')
      const count = (made % 0x10000).toString(16).padStart(4, '0')
      const chance = random.below(0x1000).toString(16).padStart(3, '0')
      return wamidOf(direction, peer, `${time}${count}${chance}`)
    },
    object() {
      made += 1
      return `${clock.nowMs()}${String(made % 1000).padStart(3, '0')}`
    },
    trace: () => `A${pick(letters, 22)}`,
    code: (length) => pick('0123456789', length),
    key: (length) => pick('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', length),
    setNextMessage(wamid) {
      nextMessage = wamid
    },
  }
}

/** Packs the peer and 18 hexadecimal digits the way real ids are packed. */
export function wamidOf(direction: 'in' | 'out', peer: string, hex: string): string {
  const name = Buffer.from(peer)
  const key = Buffer.from(hex.toUpperCase())
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, name.length]),
    name,
    Buffer.from([0x15, 0x02, 0x00, direction === 'in' ? 0x12 : 0x11, 0x18, key.length]),
    key,
    Buffer.from([0]),
  ])
  return `wamid.${bytes.toString('base64')}`
}
