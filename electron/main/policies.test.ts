import { join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { APP_ORIGIN, CONTENT_SECURITY_POLICY, fileFor } from './app-files.ts'
import { placeWindow } from './bounds.ts'
import { externalAddress, limitPerMinute } from './external.ts'
import { menuTemplate, nextZoom } from './menu.ts'
import { isPermitted, type Wish } from './permitted.ts'
import { acceptServerUrl, configPath, readPolicy } from './policy.ts'

const root = join(sep, 'opt', 'kontor', 'out', 'renderer')

test.each([
  ['app://main/', 'index.html', 'text/html; charset=utf-8'],
  ['app://main', 'index.html', 'text/html; charset=utf-8'],
  ['app://main/index.html?x=1#/inbox/mine', 'index.html', 'text/html; charset=utf-8'],
  ['app://main/assets/index-a1.js', 'assets/index-a1.js', 'text/javascript; charset=utf-8'],
  ['app://main/assets/a%20b.WOFF2', 'assets/a b.WOFF2', 'font/woff2'],
  // The parser itself resolves plain dots, and never above the root.
  ['app://main/../../index.html', 'index.html', 'text/html; charset=utf-8'],
])('%s is the page’s file %s', (address, file, mime) => {
  expect(fileFor(address, root)).toEqual({ path: join(root, file), mime })
})

test.each([
  'app://other/index.html',
  'app://main:80/index.html',
  'app://user@main/index.html',
  'https://main/index.html',
  'file:///etc/passwd.json',
  'app://main/..%2f..%2fpackage.json',
  'app://main/assets/..%2F..%2F..%2Fpackage.json',
  'app://main/%2e%2e%2fpackage.json',
  'app://main/%252e%252e/package.json',
  'app://main/..%5c..%5cpackage.json',
  'app://main/..\\..\\package.json',
  'app://main//server/share/x.json',
  'app://main/%2f%2fserver/share/x.json',
  'app://main/C:/Windows/win.json',
  'app://main/index.html%00.png',
  'app://main/%',
  'app://main/%ff.html',
  'app://main/package',
  'app://main/script.sh',
  'app://main/assets/',
  'not an address',
])('%s stands for no file', (address) => {
  expect(fileFor(address, root)).toBeNull()
})

test('the policy lets nothing in but our own files', () => {
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*/)
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'")
})

test.each([
  ['https://kontor.example/a?b=c#d', 'https://kontor.example/a?b=c#d'],
  ['HTTPS://EXAMPLE.org', 'https://example.org/'],
  // What looks like a Latin name and is not is shown as what it is.
  ['https://аpple.com/', 'https://xn--pple-43d.com/'],
  ['mailto:a@example.org?subject=Hallo', 'mailto:a@example.org?subject=Hallo'],
  ['tel:+491701234567', 'tel:+491701234567'],
])('%s opens outside', (link, address) => {
  expect(externalAddress(link)).toBe(address)
})

test.each([
  'http://example.org/',
  'file:///etc/passwd',
  'file://server/share/x.exe',
  'smb://server/share',
  'javascript:alert(1)',
  'data:text/html,x',
  'blob:app://main/1',
  'app://main/',
  'ms-msdt:/id',
  'search-ms:query=x',
  'vscode://file/x',
  'ssh://host',
  'https://user:secret@example.org/',
  'https://example.org@evil.example/',
  'https:///',
  'https://example.org/\u0000',
  'https://example.org/\r\nX: y',
  'mailto:a@example.org?attach=/etc/passwd',
  'mailto:?subject=x',
  'tel:*21*0900#',
  `https://example.org/${'x'.repeat(2048)}`,
  '',
  '//example.org',
])('%j stays closed', (link) => {
  expect(externalAddress(link)).toBeNull()
})

test('links that open faster than a person clicks stay closed for a minute', () => {
  let nowMs = 0
  const mayOpen = limitPerMinute(2, () => nowMs)
  expect([mayOpen(), mayOpen(), mayOpen()]).toEqual([true, true, false])
  nowMs = 60_001
  expect(mayOpen()).toBe(true)
})

const screen = { x: 0, y: 0, width: 1920, height: 1040 }
const second = { x: 1920, y: -200, width: 1280, height: 1024 }

test.each([
  [
    'where it was',
    { x: 100, y: 80, width: 1200, height: 800 },
    { x: 100, y: 80, width: 1200, height: 800 },
  ],
  [
    'on the second display',
    { x: 2000, y: -150, width: 900, height: 700 },
    { x: 2000, y: -150, width: 900, height: 700 },
  ],
  [
    'half outside, but to be grabbed',
    { x: 1800, y: 10, width: 900, height: 700 },
    { x: 1800, y: 10, width: 900, height: 700 },
  ],
  [
    'smaller when the display is',
    { x: 0, y: 0, width: 4000, height: 3000 },
    { x: 0, y: 0, width: 1920, height: 1040 },
  ],
  [
    'at least so large as the layout needs',
    { x: 0, y: 0, width: 200, height: 10 },
    { x: 0, y: 0, width: 720, height: 560 },
  ],
  [
    'in the middle when its display is gone',
    { x: 9000, y: 0, width: 1000, height: 700 },
    { x: 460, y: 170, width: 1000, height: 700 },
  ],
  [
    'in the middle when its title bar is above the display',
    { x: 100, y: -900, width: 1000, height: 700 },
    { x: 460, y: 170, width: 1000, height: 700 },
  ],
  ['in the middle the first time', null, { x: 240, y: 70, width: 1440, height: 900 }],
  [
    'in the middle when what was kept is nonsense',
    { x: 'a', y: NaN, width: Infinity },
    { x: 240, y: 70, width: 1440, height: 900 },
  ],
])('the window opens %s', (_where, kept, placed) => {
  expect(placeWindow(kept, [screen, second])).toEqual(placed)
})

test('a window opens even where no display is known', () => {
  expect(placeWindow(null, [])).toEqual({ x: 0, y: 0, width: 1440, height: 900 })
})

test.each([
  ['https://kontor.firma.de', 'https://kontor.firma.de'],
  ['https://kontor.firma.de:8443/', 'https://kontor.firma.de:8443'],
  ['http://127.0.0.1:4380', 'http://127.0.0.1:4380'],
  ['http://localhost:4380/x', 'http://localhost:4380'],
  ['http://kontor.firma.de', null],
  ['https://user:secret@kontor.firma.de', null],
  ['ftp://kontor.firma.de', null],
  ['kontor.firma.de', null],
  [42, null],
])('as a server address %j counts as %j', (text, accepted) => {
  expect(acceptServerUrl(text)).toBe(accepted)
})

test.each([
  ['win32', 'D:\\ProgramData\\Kontor\\config.json'],
  ['darwin', '/Library/Application Support/Kontor/config.json'],
  ['linux', '/etc/kontor/config.json'],
] as const)('on %s IT writes to %s', (platform, path) => {
  expect(configPath(platform, { ProgramData: 'D:\\ProgramData' })).toBe(path)
})

test('IT’s file wins over the environment, and a broken one is as good as none', () => {
  const environment = { KONTOR_SERVER_URL: 'https://by.environment' }
  const file = () => '{"serverUrl":"https://by.file"}'
  const missing = () => {
    throw new Error('ENOENT')
  }
  expect(readPolicy('linux', environment, file)).toEqual({
    serverUrl: 'https://by.file',
    isServerManaged: true,
    acceptsUnprotected: false,
  })
  for (const read of [
    missing,
    () => '{"serverUrl":',
    () => '{"serverUrl":"http://x"}',
    () => 'null',
  ]) {
    expect(readPolicy('linux', environment, read).serverUrl).toBe('https://by.environment')
    expect(readPolicy('linux', {}, read)).toEqual({
      serverUrl: null,
      isServerManaged: false,
      acceptsUnprotected: false,
    })
  }
})

test('unprotected storage is accepted by IT’s word, else by the environment’s', () => {
  const accepts = (environment: NodeJS.ProcessEnv, file: string) =>
    readPolicy('linux', environment, () => file).acceptsUnprotected
  const willing = { KONTOR_UNPROTECTED_STORAGE: 'accept' }
  expect(accepts({}, '{}')).toBe(false)
  expect(accepts(willing, '{}')).toBe(true)
  expect(accepts(willing, '{"acceptsUnprotectedStorage":false}')).toBe(false)
  expect(accepts({}, '{"acceptsUnprotectedStorage":true}')).toBe(true)
})

test.each(['de', 'en'] as const)(
  'the menu in %s opens no developer’s tool and reloads nothing',
  (language) => {
    for (const platform of ['win32', 'darwin', 'linux'] as const) {
      const text = JSON.stringify(menuTemplate(language, platform, () => undefined))
      expect(text).not.toMatch(/devtools|reload/i)
      expect(text).toContain('quit')
    }
  },
)

test('zoom goes in steps from 80 to 200 percent', () => {
  expect([nextZoom(1, 1), nextZoom(1, -1), nextZoom(1.3, 0)]).toEqual([1.1, 0.9, 1])
  expect([nextZoom(2, 1), nextZoom(0.8, -1), nextZoom(1.3, 1)]).toEqual([2, 0.8, 1.5])
})

const page = { origin: APP_ORIGIN, nowMs: 100_000 }

test.each<[string, string, Partial<Wish>, boolean]>([
  ['notices', 'notifications', {}, true],
  ['notices of another page', 'notifications', { origin: 'https://evil.example' }, false],
  ['a name that begins alike', 'notifications', { origin: `${APP_ORIGIN}.evil` }, false],
  ['the place it is at', 'geolocation', {}, false],
  ['the microphone after a press', 'media', { kinds: ['audio'], actedAtMs: 95_000 }, true],
  ['the microphone by itself', 'media', { kinds: ['audio'] }, false],
  ['the microphone long after', 'media', { kinds: ['audio'], actedAtMs: 89_000 }, false],
  ['the camera', 'media', { kinds: ['video'], actedAtMs: 99_999 }, false],
  ['camera and microphone', 'media', { kinds: ['audio', 'video'], actedAtMs: 99_999 }, false],
  ['media of no kind', 'media', { kinds: [], actedAtMs: 99_999 }, false],
])('the page that asks for %s is answered', (_what, permission, wish, isAllowed) => {
  expect(isPermitted(permission, { ...page, ...wish })).toBe(isAllowed)
})
