import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json and out/, both from the sources and from a build. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('bug: package.json is not above the server')
  return findRoot(parent)
}

/** Of this server. */
export function ownVersion(): string {
  const file = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string } // our own package.json
  return file.version
}
