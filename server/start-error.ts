/** Stops the start (or a command) with a sentence for the person at the keyboard. Shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** What an error says, for a sentence about it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  return 'code' in error ? String(error.code) : error.name // a refused connection has only a code
}
