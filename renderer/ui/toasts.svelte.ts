/** How long a notice stays. @see WCAG 2.2.1; what it offers is also reachable elsewhere */
const toastMs = 8_000

export type Toast = {
  id: number
  text: string
  tone: 'neutral' | 'bad'
  action: { label: string; run: () => void } | null
  /** The action takes back what was just done: Ctrl/⌘ Z runs it. */
  isUndo: boolean
}
type Given = Pick<Toast, 'text'> & Partial<Omit<Toast, 'id'>>

let shown = $state.raw<readonly Toast[]>([])
let count = 0
const timers: Partial<Record<number, ReturnType<typeof setTimeout>>> = {}

/** The notices on screen, oldest first. */
export function toasts(): readonly Toast[] {
  return shown
}

/** Says something for eight seconds, or until it is dismissed by the returned function. */
export function showToast(given: Given): () => void {
  count += 1
  const toast: Toast = { tone: 'neutral', action: null, isUndo: false, ...given, id: count }
  shown = [...shown.slice(-2), toast]
  resumeToast(toast.id)
  return () => dismissToast(toast.id)
}

export function dismissToast(id: number): void {
  pauseToast(id)
  shown = shown.filter((toast) => toast.id !== id)
}

/** Keeps a notice while it is pointed at or holds the focus. */
export function pauseToast(id: number): void {
  clearTimeout(timers[id])
  delete timers[id]
}

export function resumeToast(id: number): void {
  pauseToast(id)
  timers[id] = setTimeout(() => dismissToast(id), toastMs)
}

export function runToast(toast: Toast): void {
  dismissToast(toast.id)
  toast.action?.run()
}

/** Takes back the newest deed that still can be. Answers whether there was one. */
export function undoNewest(): boolean {
  const toast = shown.findLast(({ isUndo }) => isUndo)
  if (toast === undefined) return false
  runToast(toast)
  return true
}
