import { openFolder } from '../host/files.ts'

/**
 * A process of its own that opens the folder it is given and says how that went on standard output:
 * `hold` keeps it until killed · `fill` adds records until the disk is full, then says what it reads.
 */
const [task, folder = ''] = process.argv.slice(2)
const startedAtMs = performance.now()

try {
  const disk = await openFolder(folder)
  if (task === 'hold') {
    say({ opened: true })
    setInterval(() => undefined, 1000)
  }
  if (task === 'fill') {
    const journal = disk.journal('log')
    let added = 0
    let code: unknown = null
    await disk.document('kept').write({ size: 'small' })
    while (code === null && added < 1000) {
      try {
        const record = { at: added, text: 'x'.repeat(300) }
        await journal.append(Array<unknown>(30).fill(record), true)
        added += 1
      } catch (error) {
        code = codeOf(error)
      }
    }
    const documentCode = await disk
      .document('kept')
      .write({ size: 'x'.repeat(99_000) })
      .then(() => null, codeOf)
    const { records, isDamaged } = await journal.read()
    await disk.journal('log').append(['fits'], true)
    say({
      added,
      code,
      documentCode,
      document: await disk.document('kept').read(),
      read: records.length,
      isDamaged,
      after: (await journal.read()).records.length,
    })
    await disk.close()
  }
} catch (error) {
  say({ code: codeOf(error), tookMs: performance.now() - startedAtMs })
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : String(error)
}

function say(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}
