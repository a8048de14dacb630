import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, type Page } from '@playwright/test'
import type { Wire } from '../../core/contract/client.ts'
import { buildConsole } from '../../tools/desk/build.ts'
import { electronCommand, type ElectronCommand } from '../../tools/electron-app.ts'
import { findElectron } from '../../tools/electron.mjs'

const root = join(import.meta.dirname, '../..')

/** The Electron there is, told by files alone: importing `electron` would start a download. */
const executable = findElectron(root)
export const hasElectron = executable !== null

export type Desktop = { app: ElectronApplication; page: Page }

/** A console on the desktop that tests share: they leave it as they found it. */
export const test = base.extend<object, { desktop: Desktop }>({
  desktop: [
    // Playwright reads the names of what a fixture needs from its first argument, so it must be a pattern.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      await withFolder(async (folder) => {
        const desktop = await startDesktop(folder)
        await use(desktop)
        await desktop.app.close()
      })
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})

/** Builds what is stale and starts it with a folder of its own. */
export async function startDesktop(
  folder: string,
  env: Record<string, string> = {},
): Promise<Desktop> {
  await buildConsole({ withWindow: true })
  const app = await _electron.launch({
    ...desktopCommand(folder),
    cwd: root,
    timeout: 60_000,
    env: { ...inherited(), KONTOR_UNPROTECTED_STORAGE: 'accept', ...env },
  })
  return { app, page: await app.firstWindow() }
}

/** The built app on a folder of its own. As root Chromium has no sandbox of its own to start. */
export function desktopCommand(folder: string): ElectronCommand {
  if (executable === null) throw new Error('no Electron runtime on this machine')
  const { executablePath, args } = electronCommand(root, executable)
  const isRoot = process.getuid?.() === 0
  const own = [`--user-data-dir=${folder}`, '--lang=de', ...(isRoot ? ['--no-sandbox'] : [])]
  return { executablePath, args: [...args, ...own] }
}

/** Asks the host as the page does. */
export function ask({ page }: Desktop, method: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([method, input]) =>
      (globalThis as unknown as { wire: Wire }).wire.request(method as string, input),
    [method, input],
  )
}

export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-desktop-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter(([name]) => name !== 'KONTOR_SERVER_URL')
  return Object.fromEntries(entries.flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
