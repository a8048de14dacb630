import { unreachable } from '../lib/must.ts'
import type { Down } from '../protocol/down.ts'
import type { Cursor } from '../protocol/shared.ts'
import type { FrameRecord } from './records.ts'

type FramePiece = Extract<Down, ['frame' | 'frame+' | 'part' | 'frame-', unknown]>

/** Puts the pieces of a frame together. Half a frame is never handed on: a disconnect in between loses nothing. */
export class FrameAssembler {
  #open: (Omit<FrameRecord, 'cursor' | 'results'> & { f: number }) | null = null

  /** @returns the frame when this piece completes it; `out-of-order` when the pieces do not fit together */
  take(piece: FramePiece): FrameRecord | 'out-of-order' | null {
    switch (piece[0]) {
      case 'frame': {
        const { f: _number, ...whole } = piece[1]
        return whole
      }
      case 'frame+': {
        const { f, from, lmid, lmuid, scopes } = piece[1]
        this.#open = { f, from, lmid, lmuid, scopes, put: [], del: [] }
        return null
      }
      case 'part': {
        if (this.#open?.f !== piece[1].f) return 'out-of-order'
        this.#open.put.push(...piece[1].put)
        this.#open.del.push(...piece[1].del)
        return null
      }
      case 'frame-': {
        if (this.#open?.f !== piece[1].f) return 'out-of-order'
        const { f: _number, ...begun } = this.#open
        this.#open = null
        return { ...begun, cursor: piece[1].cursor, results: piece[1].results }
      }
      default:
        return unreachable(piece)
    }
  }

  reset(): void {
    this.#open = null
  }
}

/** Whether a frame goes on from where the replica stands, or starts from nothing. */
export function fits(frame: FrameRecord, cursor: Cursor | null): boolean {
  if (frame.from === null) return true
  if (cursor === null || cursor.epoch !== frame.from.epoch) return false
  const lanes = new Set([...Object.keys(cursor.seq), ...Object.keys(frame.from.seq)])
  return [...lanes].every((lane) => cursor.seq[lane] === frame.from?.seq[lane])
}
