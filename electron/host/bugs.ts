import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { FILE_MODE, FOLDER_MODE } from './durable.ts'

/** The file is set aside once at this size; one older file is kept. */
const MAX_BYTES = 1_000_000

/**
 * Writes bugs to `logs/bugs.log`: when, which kind, and where in the code. The text of an error thrown by a parser
 * may quote what it parsed, a message perhaps, so only our own words are written.
 */
export function createBugLog(folder: string): (bug: unknown) => void {
  const logs = join(folder, 'logs')
  const path = join(logs, 'bugs.log')
  return (bug) => {
    try {
      mkdirSync(logs, { recursive: true, mode: FOLDER_MODE })
      const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
      if (sizeBytes > MAX_BYTES) renameSync(path, `${path}.old`)
      const line = `${new Date().toISOString()} ${describeBug(bug)}\n`
      appendFileSync(path, line, { mode: FILE_MODE })
    } catch {
      process.stderr.write('a bug could not be written down\n') // a full disk must not stop the host
    }
  }
}

/** One bug as text without anybody's words in it. */
export function describeBug(bug: unknown): string {
  if (!(bug instanceof Error)) return `thrown: ${typeof bug}`
  const isOurs = bug.message.startsWith('bug: ')
  const code = 'code' in bug ? ` ${String(bug.code)}` : ''
  const frames = (bug.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const cause = bug.cause === undefined ? '' : ` caused by ${describeBug(bug.cause)}`
  return [`${bug.name}${code}${isOurs ? ` ${bug.message}` : ''}`, ...frames].join('\n') + cause
}
