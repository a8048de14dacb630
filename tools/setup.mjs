// Makes a fresh clone ready, and is done in a blink when it is. Plain Node: nothing of node_modules is there yet.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { fetchElectron } from './electron.mjs'
import { withLock } from './lock.mjs'
import { Refusal, runMain, say } from './say.mjs'

/** The folder of package.json. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Installs what is missing. Safe to run twice at once.
 *
 * @param {{ withElectron?: boolean }} options `withElectron` also fetches Electron's runtime when it is missing, and
 *   never fails for want of it
 */
export async function setUp({ withElectron = false } = {}) {
  checkNode(process.versions.node)
  const lock = join(root, 'out', '.setup-lock')
  if (!isInstalled(root)) await withLock(lock, async () => isInstalled(root) || install())
  if (withElectron) await withLock(lock, () => fetchElectron(root))
}

/**
 * Node 20.19 is the first that every package here runs on.
 * @param {string} version
 */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Refusal(
    `Kontor needs Node.js 20.19 or newer; this is ${version}. Install a newer one from https://nodejs.org and try again.`,
  )
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm's own record of what it installed is the stamp.
 * Optional packages, of other platforms above all, may be missing.
 *
 * @param {string} folder
 */
export function isInstalled(folder) {
  const asked = readPackages(join(folder, 'package-lock.json'))
  const held = readPackages(join(folder, 'node_modules', '.package-lock.json'))
  if (!asked || !held) return false
  for (const [path, wanted] of Object.entries(asked)) {
    if (path === '') continue
    const found = held[path]
    if (found ? found.version !== wanted.version : !wanted.optional) return false
  }
  return Object.keys(held).every((path) => path in asked)
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return null
  }
}

function install() {
  say('Installing what Kontor stands on (npm ci) …')
  // Named outright, because NODE_ENV=production would leave out half of it.
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const cli = process.env.npm_execpath
  const isUnderNpm = cli !== undefined && /npm-cli\.c?js$/.test(cli)
  const { status } = spawnSync(
    isUnderNpm ? process.execPath : 'npm',
    isUnderNpm ? [cli, ...flags] : flags,
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      // On Windows npm is a script, and only a shell starts those.
      shell: !isUnderNpm && process.platform === 'win32',
    },
  )
  if (status !== 0) throw new Refusal('npm ci failed, for the reason above. Nothing was started.')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await runMain(() => setUp({ withElectron: true }))
