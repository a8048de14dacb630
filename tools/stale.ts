import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Something built from files: what goes in, and what comes out. Paths are relative to the project's folder. */
export type Piece = {
  name: string
  /** Files, and folders with all they hold; tests are left out. */
  inputs: string[]
  /** Missing means it must be built. */
  output: string
}

const stampIn = (root: string, piece: Piece) => join(root, 'out', '.stamp', piece.name)

/** By content, not by time: a checkout touches files without changing them. */
export function isStale(root: string, piece: Piece): boolean {
  if (!existsSync(join(root, piece.output))) return true
  try {
    return readFileSync(stampIn(root, piece), 'utf8') !== fingerprint(root, piece)
  } catch {
    return true
  }
}

/**
 * Builds the piece. What is stamped is what was there before the build: a file saved meanwhile makes it stale again,
 * and a build that fails leaves no stamp.
 */
export async function build(
  root: string,
  piece: Piece,
  body: () => void | Promise<void>,
): Promise<void> {
  const stamp = stampIn(root, piece)
  const before = fingerprint(root, piece)
  rmSync(stamp, { force: true })
  await body()
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, before)
}

function fingerprint(root: string, { inputs }: Piece): string {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap((input) => filesIn(root, input)).sort()) {
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

function filesIn(root: string, path: string): string[] {
  const entries = tryReadFolder(join(root, path))
  if (entries === null) return existsSync(join(root, path)) ? [path] : []
  return entries
    .filter(({ name }) => name !== 'testing' && !name.endsWith('.test.ts'))
    .flatMap(({ name }) => filesIn(root, `${path}/${name}`))
}

function tryReadFolder(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return null
  }
}
