/**
 * Progress goes to standard error, so that standard output stays what a script asked for.
 * @param {string} text
 */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** A failure that is the person's to mend: shown as its sentence alone. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode 2 for a wrong flag, 1 for everything else
   */
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/**
 * Runs a command's body; a refusal becomes its sentence and exit code, a bug its stack.
 * @param {() => Promise<void>} body
 */
export async function runMain(body) {
  try {
    await body()
  } catch (error) {
    if (error instanceof Refusal) {
      say(error.message)
      process.exitCode = error.exitCode
    } else {
      say(error instanceof Error && error.stack ? error.stack : String(error))
      process.exitCode = 1
    }
  }
}
