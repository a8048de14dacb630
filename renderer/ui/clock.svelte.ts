/** How often what counts minutes looks again. */
const beatMs = 60_000

let offsetMs = $state(0)
let machineMs = $state.raw(Date.now())
let timer: ReturnType<typeof setTimeout> | undefined

/** Server time minus this machine's; everything that counts down follows. */
export function setClockOffset(ms: number): void {
  if (ms === offsetMs) return
  offsetMs = ms
}

/** Server time at the last full minute or change of state. Reading it in a template follows it; one timer serves all. */
export function minuteNowMs(): number {
  return machineMs + offsetMs
}

/** Server time this instant, for deeds; nothing follows it. */
export function serverNowMs(): number {
  return Date.now() + offsetMs
}

function beat(): void {
  machineMs = Date.now()
  timer = setTimeout(beat, beatMs - (Date.now() % beatMs))
}

/** Runs the minute timer while the window is visible, until the returned function is called. */
export function startClock(): () => void {
  const followVisibility = () => {
    clearTimeout(timer)
    if (!document.hidden) beat()
  }
  document.addEventListener('visibilitychange', followVisibility)
  followVisibility()
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', followVisibility)
  }
}
