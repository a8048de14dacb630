import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findDisplay, findElectron } from './electron.mjs'
import { withLock } from './lock.mjs'
import { checkNode, isInstalled } from './setup.mjs'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kontor-setup-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, content: unknown) {
  mkdirSync(join(folder, file, '..'), { recursive: true })
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  writeFileSync(join(folder, file), text)
}
const lock = (packages: object) => write('package-lock.json', { packages: { '': {}, ...packages } })
const held = (packages: object) => write('node_modules/.package-lock.json', { packages })

test('an older Node is refused in a sentence', () => {
  expect(() => checkNode('20.18.3')).toThrow('Kontor needs Node.js 20.19 or newer; this is 20.18.3')
  expect(() => checkNode('18.20.0')).toThrow(/needs/)
  for (const version of ['20.19.0', '22.1.0', '26.0.0']) checkNode(version)
})

test('a fresh clone is not installed', () => {
  lock({ 'node_modules/a': { version: '1.0.0' } })
  expect(isInstalled(folder)).toBe(false)
})

test('what was installed from this lock is installed, without the packages of other platforms', () => {
  lock({
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b-win32': { version: '1.0.0', optional: true },
  })
  held({ 'node_modules/a': { version: '1.0.0' } })
  expect(isInstalled(folder)).toBe(true)
})

test.each([
  { change: 'added', packages: { 'node_modules/a': { version: '1' }, 'node_modules/b': {} } },
  { change: 'changed', packages: { 'node_modules/a': { version: '2' } } },
  { change: 'removed', packages: {} },
])('a package $change in the lock means installing again', ({ packages }) => {
  held({ 'node_modules/a': { version: '1' } })
  lock(packages)
  expect(isInstalled(folder)).toBe(false)
})

test('two set-ups take turns', async () => {
  const file = join(folder, 'out', 'lock')
  const happened: string[] = []
  const turn = (name: string) =>
    withLock(file, async () => {
      happened.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 30))
      happened.push(`${name} ends`)
    })
  await Promise.all([turn('a'), turn('b')])
  const [first] = happened
  expect(happened).toEqual(
    first === 'a begins'
      ? ['a begins', 'a ends', 'b begins', 'b ends']
      : ['b begins', 'b ends', 'a begins', 'a ends'],
  )
})

test('a set-up that was killed does not block the next', async () => {
  // No process has this number: it is above what any system gives out.
  write('lock', String(2 ** 30))
  expect(await withLock(join(folder, 'lock'), async () => 'done')).toBe('done')
})

test('the Electron runtime is looked for in files', () => {
  expect(findElectron(folder, {})).toBeNull()
  write('node_modules/electron/path.txt', 'electron')
  expect(findElectron(folder, {})).toBeNull()
  write('node_modules/electron/dist/electron', '')
  expect(findElectron(folder, {})).toBe(join(folder, 'node_modules/electron/dist/electron'))
  write('elsewhere/electron', '')
  const override = { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'elsewhere') }
  expect(findElectron(folder, override)).toBe(join(folder, 'elsewhere/electron'))
})

test('on Linux a window needs a display, or one made for it', () => {
  expect(findDisplay({ DISPLAY: ':0' }, 'linux')).toEqual({ prefix: [] })
  expect(findDisplay({}, 'darwin')).toEqual({ prefix: [] })
  expect(findDisplay({ PATH: folder }, 'linux')).toBeNull()
  write('xvfb-run', '')
  write('xauth', '')
  expect(findDisplay({ PATH: folder }, 'linux')?.prefix[0]).toBe('xvfb-run')
})
