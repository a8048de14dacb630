// Where Electron's runtime is, asked of files: importing `electron` would start its download. Plain Node.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { say } from './say.mjs'

const fetchLimitMs = 10 * 60_000
const probeLimitMs = 5_000
const retryAfterMs = 24 * 60 * 60_000

/**
 * The executable, or null when no runtime is there.
 *
 * @param {string} root the folder of package.json
 * @param {NodeJS.ProcessEnv} env
 */
export function findElectron(root, env = process.env) {
  const home = join(root, 'node_modules', 'electron')
  const inside = readText(join(home, 'path.txt')) ?? defaultName()
  const file = join(env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist'), inside)
  return existsSync(file) ? file : null
}

/** Whether a person sits before a screen of this machine. */
export function hasScreen(env = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * What stands before a command that opens windows in a test, or null where none can open.
 *
 * @returns {{ prefix: string[] } | null}
 */
export function findDisplay(env = process.env, platform = process.platform) {
  if (hasScreen(env, platform)) return { prefix: [] }
  const isVirtual = isOnPath('xvfb-run', env) && isOnPath('xauth', env)
  return isVirtual ? { prefix: ['xvfb-run', '-a', '-s', '-screen 0 1440x900x24'] } : null
}

/**
 * Fetches the runtime with Electron's own installer, where there is a screen to show it on and a network to fetch it
 * from. Never fails: the console runs in a browser too. A vain attempt is not repeated for a day.
 *
 * @param {string} root
 */
export async function fetchElectron(root) {
  const { env } = process
  if (findElectron(root) || env.ELECTRON_OVERRIDE_DIST_PATH || !findDisplay()) return
  if (env.ELECTRON_SKIP_BINARY_DOWNLOAD) return
  const tried = join(root, 'node_modules', '.cache', 'kontor', 'electron-tried')
  if (Date.now() - modifiedAtMs(tried) < retryAfterMs) return
  if (await canReach(env)) {
    say('Fetching the Electron runtime (about 110 MB, once) …')
    const { status } = spawnSync(
      process.execPath,
      [join(root, 'node_modules', 'electron', 'install.js')],
      { stdio: ['ignore', 2, 'ignore'], timeout: fetchLimitMs },
    )
    if (status === 0 && findElectron(root)) return
  }
  mkdirSync(dirname(tried), { recursive: true })
  writeFileSync(tried, '')
  say('The Electron runtime cannot be fetched from here; the console runs in the browser instead.')
}

/**
 * A look before the leap, so that a network that swallows packets costs seconds. Mirrors and proxies are the
 * installer's business.
 *
 * @param {NodeJS.ProcessEnv} env
 */
async function canReach(env) {
  const isElsewhere = Object.keys(env).some((name) =>
    /^(npm_config_)?electron_mirror$|^https?_proxy$|^electron_get_use_proxy$/i.test(name),
  )
  if (isElsewhere) return true
  try {
    await fetch('https://github.com', {
      method: 'HEAD',
      signal: AbortSignal.timeout(probeLimitMs),
    })
    return true
  } catch {
    return false
  }
}

function defaultName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
function isOnPath(name, env) {
  return (env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}

/** @param {string} file */
function modifiedAtMs(file) {
  try {
    return statSync(file).mtimeMs
  } catch {
    return 0
  }
}
