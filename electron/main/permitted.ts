import { APP_ORIGIN } from './app-files.ts'

/** What the console itself may do: tell of new messages, and copy text when asked to. */
const allowed: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write'])
/** A press of a key or button this long ago still is why something is asked for. */
const actedWithinMs = 10_000

/** What is asked for besides the permission's name. */
export type Wish = {
  origin: string
  /** Of `media`: `audio`, `video`. */
  kinds?: readonly string[]
  /** When somebody last pressed a key or a button in the window; never without it. */
  actedAtMs?: number | undefined
  nowMs: number
}

/** Whether the page may: its own origin, and the microphone alone, just after somebody did something there. */
export function isPermitted(permission: string, wish: Wish): boolean {
  const { origin, kinds = [], actedAtMs, nowMs } = wish
  if (origin !== APP_ORIGIN && !origin.startsWith(`${APP_ORIGIN}/`)) return false
  if (permission !== 'media') return allowed.has(permission)
  const isMicrophone = kinds.length > 0 && kinds.every((kind) => kind === 'audio')
  return isMicrophone && actedAtMs !== undefined && nowMs - actedAtMs <= actedWithinMs
}
