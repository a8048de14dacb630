import { windowMs } from '../../core/domain/conversation.ts'

/** How urgent the end of the reply window is. */
export type WindowLevel = 'open' | 'soon' | 'ending' | 'closed'
export type ReplyWindow = {
  level: WindowLevel
  remainingMs: number
  /** Share of the 24 hours that is left, 0 to 1. */
  share: number
  expiresAtMs: number | null
}

const soonMs = 4 * 60 * 60 * 1000
const endingMs = 30 * 60 * 1000

/** @param nowMs server time */
export function replyWindow(expiresAtMs: number | null, nowMs: number): ReplyWindow {
  const remainingMs = Math.max(0, (expiresAtMs ?? 0) - nowMs)
  return {
    level: levelOf(remainingMs),
    remainingMs,
    share: Math.min(1, remainingMs / windowMs),
    expiresAtMs,
  }
}

function levelOf(remainingMs: number): WindowLevel {
  if (remainingMs === 0) return 'closed'
  if (remainingMs <= endingMs) return 'ending'
  return remainingMs <= soonMs ? 'soon' : 'open'
}
