import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import type { Wire } from '../../core/contract/client.ts'
import { ask, desktopCommand, hasElectron, startDesktop, test, withFolder } from './electron.ts'

test.skip(!hasElectron, 'no Electron runtime on this machine')

test('the wire has two doors, answers from the host, and refuses what is not in the contract', async ({
  desktop,
}) => {
  const doors = await desktop.page.evaluate(() => Object.keys((globalThis as never)['wire']).sort())
  expect(doors).toEqual(['request', 'subscribe'])
  expect(await ask(desktop, 'app.state', {})).toMatchObject({
    ok: true,
    value: { host: 'desktop', phase: 'server', serverUrl: null, isServerManaged: false },
  })
  for (const method of ['constructor', '__proto__', 'no.such', '']) {
    expect(await ask(desktop, method, {})).toMatchObject({ error: { code: 'bad-request' } })
  }
  expect(await ask(desktop, 'settings.set', { theme: 'pink' })).toMatchObject({
    error: { code: 'bad-request' },
  })
  expect(await ask(desktop, 'session.check', { serverUrl: 'http://127.0.0.1:9' })).toMatchObject({
    error: { code: 'offline' },
  })
})

test('bytes cross the wire as bytes', async ({ desktop }) => {
  const reply = await desktop.page.evaluate(() =>
    (globalThis as unknown as { wire: Wire }).wire.request('media.add', {
      bytes: new Uint8Array([1, 2, 3]),
      mime: 'image/png',
    }),
  )
  expect(reply).toMatchObject({ error: { code: 'unauthenticated' } })
})

test('a host that dies comes back, and reading goes on as if nothing had been', async ({
  desktop,
}) => {
  const pidOf = () =>
    desktop.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Kontor host')?.pid ?? null,
    )
  const first = await pidOf()
  expect(first).not.toBeNull()
  process.kill(first ?? -1, 'SIGKILL')
  expect(await ask(desktop, 'app.state', {})).toMatchObject({ ok: true })
  await expect.poll(pidOf).not.toBe(first)
})

test('the window opens where it was, and as it was set', async () => {
  await withFolder(async (folder) => {
    const first = await startDesktop(folder)
    await ask(first, 'settings.set', { theme: 'dark' })
    await first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 50, width: 900, height: 640 }),
    )
    const path = join(folder, 'window.json')
    const kept = async () => JSON.parse(await readFile(path, 'utf8').catch(() => '{}')) as object
    await expect.poll(kept).toMatchObject({ bounds: { width: 900, height: 640 }, theme: 'dark' })
    await first.app.close()

    const second = await startDesktop(folder)
    const found = await second.app.evaluate(({ BrowserWindow, nativeTheme }) => ({
      bounds: BrowserWindow.getAllWindows()[0]?.getNormalBounds(),
      theme: nativeTheme.themeSource,
    }))
    expect(found).toMatchObject({ bounds: { width: 900, height: 640 }, theme: 'dark' })
    expect(await ask(second, 'settings.get', {})).toMatchObject({ value: { theme: 'dark' } })
    await second.app.close()

    await writeFile(path, JSON.stringify({ bounds: { x: 9000, y: 9000, width: 5000, height: 3 } }))
    const third = await startDesktop(folder)
    const bounds = await third.app.evaluate(({ BrowserWindow, screen }) => {
      const own = BrowserWindow.getAllWindows()[0]?.getBounds()
      const { workArea } = screen.getPrimaryDisplay()
      return { own, workArea }
    })
    expect(bounds.own?.x).toBeLessThan(bounds.workArea.width)
    expect(bounds.own?.width).toBeLessThanOrEqual(bounds.workArea.width)
    expect(bounds.own?.height).toBeGreaterThanOrEqual(560)
    await third.app.close()
  })
})

test('a second start shows the first window instead', async () => {
  await withFolder(async (folder) => {
    const { app } = await startDesktop(folder)
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    const { executablePath, args } = desktopCommand(folder)
    const second = spawn(executablePath, args, { stdio: 'ignore' })
    const [code] = (await once(second, 'exit')) as [number]
    expect(code).toBe(0)
    await expect
      .poll(() =>
        app.evaluate(({ BrowserWindow }) => {
          const windows = BrowserWindow.getAllWindows()
          return [windows.length, windows[0]?.isMinimized(), windows[0]?.isVisible()]
        }),
      )
      .toEqual([1, false, true])
    await app.close()
  })
})

test('the server address IT presets is taken and not asked for', async () => {
  await withFolder(async (folder) => {
    const desktop = await startDesktop(folder, { KONTOR_SERVER_URL: 'http://127.0.0.1:4380/' })
    expect(await ask(desktop, 'app.state', {})).toMatchObject({
      value: { serverUrl: 'http://127.0.0.1:4380', isServerManaged: true, phase: 'sign-in' },
    })
    await desktop.app.close()
  })
})
