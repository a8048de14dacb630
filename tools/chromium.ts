import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium as ownChromium } from '@playwright/test'
import { Refusal } from './say.mjs'

/** What Playwright's `launch` needs to start a browser for tests. */
export type Chromium = {
  executablePath: string
  args: string[]
  env?: Record<string, string>
}

/** The version is part of the folder's name, so that a newer package unpacks anew. */
const unpacked = join(
  import.meta.dirname,
  '..',
  'node_modules',
  '.cache',
  'kontor',
  'chromium-143.0.4',
)

/**
 * The browser for tests: the one in CHROMIUM_PATH, else Playwright's own, else an installed Chrome, Edge or Chromium,
 * else the one that comes as an npm package (Linux on x64, needs nothing of the system but glibc).
 *
 * @throws Refusal when there is none
 */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  // Tests open loopback pages only, and neither root nor most containers can have Chromium's sandbox.
  const args = process.platform === 'linux' ? ['--no-sandbox'] : []
  if (env.CHROMIUM_PATH) {
    if (!existsSync(env.CHROMIUM_PATH))
      throw new Refusal(`CHROMIUM_PATH names ${env.CHROMIUM_PATH}, where there is no file.`)
    return { executablePath: env.CHROMIUM_PATH, args }
  }
  const found = [ownChromium.executablePath(), ...installed(env)].find((file) => starts(file))
  if (found) return { executablePath: found, args }
  if (process.platform === 'linux' && process.arch === 'x64') return packaged()
  throw new Refusal(
    'No browser for the tests: install Chrome, Edge or Chromium, run `npx playwright install chromium`, or name one in CHROMIUM_PATH.',
  )
}

function installed(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin')
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ]
  if (process.platform === 'win32')
    return [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].flatMap((folder) =>
      folder
        ? [
            join(folder, 'Google/Chrome/Application/chrome.exe'),
            join(folder, 'Microsoft/Edge/Application/msedge.exe'),
          ]
        : [],
    )
  const names = ['google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chromium']
  const folders = (env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** Playwright takes `env` for the whole environment. */
function withOurs(env: Record<string, string>): Record<string, string> {
  const ours = Object.entries(process.env).filter((pair): pair is [string, string] => !!pair[1])
  return { ...Object.fromEntries(ours), ...env }
}

/** On Linux a file may be there and its libraries not; elsewhere asking for the version would open a window. */
function starts(file: string, env: Record<string, string> = {}): boolean {
  if (!existsSync(file)) return false
  if (process.platform !== 'linux') return true
  try {
    execFileSync(file, ['--version'], {
      stdio: 'ignore',
      timeout: 20_000,
      env: { ...process.env, ...env },
    })
    return true
  } catch {
    return false
  }
}

/** The npm package's browser, unpacked once; with the package's own NSS and fonts where the system has none. */
async function packaged(): Promise<Chromium> {
  if (!existsSync(join(unpacked, 'chromium'))) unpack()
  const executablePath = join(unpacked, 'chromium')
  const args = ['--no-sandbox', '--headless=new', '--lang=en-US']
  const env: Record<string, string> = existsSync('/etc/fonts/fonts.conf')
    ? {}
    : { FONTCONFIG_PATH: join(unpacked, 'fonts') }
  const ownLibraries = { ...env, LD_LIBRARY_PATH: join(unpacked, 'al2023', 'lib') }
  for (const tried of [env, ownLibraries])
    if (starts(executablePath, tried)) return { executablePath, args, env: withOurs(tried) }
  throw new Refusal(
    `The browser in ${executablePath} does not start; name another in CHROMIUM_PATH.`,
  )
}

/** In a process of its own, because the package unpacks to the temporary folder and changes the environment. */
function unpack(): void {
  mkdirSync(join(unpacked, '..'), { recursive: true })
  const folder = mkdtempSync(`${unpacked}-`)
  const script = `import('@sparticuz/chromium').then(({ default: c }) => c.executablePath())`
  try {
    execFileSync(process.execPath, ['-e', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'ignore', 2],
      // This name is what makes the package unpack its libraries too.
      env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
    })
    renameSync(folder, unpacked)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    // Another process was quicker: its copy serves.
    if (!existsSync(join(unpacked, 'chromium'))) throw error
  }
}
