import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testApp } from '../testing/app.ts'
import { serveConsole } from './console.ts'

const dir = await mkdtemp(join(tmpdir(), 'kontor-console-'))
await mkdir(join(dir, 'assets'))
await writeFile(join(dir, 'index.html'), '<!doctype html><title>Kontor</title>')
await writeFile(join(dir, 'assets', 'index-a1.js'), 'export {}')
await writeFile(join(dir, 'assets', 'host.worker-b2.js'), 'export {}')
await writeFile(join(dir, '..', 'kontor-outside.txt'), 'secret')
const built = await testApp({
  register: (app) => app.register((inner) => serveConsole(inner, dir, 'https://kontor.example')),
})
const bare = await testApp({
  register: (app) => app.register((inner) => serveConsole(inner, join(dir, 'no'), 'http://x')),
})
afterAll(async () => {
  await built.close()
  await bare.close()
  await rm(dir, { recursive: true })
  await rm(join(dir, '..', 'kontor-outside.txt'))
})

test('the page may load its own files and speak to nobody', async () => {
  const { status, headers, body } = await built.ask('GET', '/')
  expect([status, body]).toEqual([200, '<!doctype html><title>Kontor</title>'])
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob: data:; media-src blob:; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  expect(headers.get('cache-control')).toBe('no-cache')
})

test('the worker may speak to its own server, and to no other', async () => {
  const { headers } = await built.ask('GET', '/assets/host.worker-b2.js')
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; connect-src 'self' wss://kontor.example",
  )
})

test('built files are kept for ever', async () => {
  const { headers } = await built.ask('GET', '/assets/index-a1.js')
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(headers.get('content-type')).toContain('javascript')
})

test.each(['/../kontor-outside.txt', '/%2e%2e/kontor-outside.txt', '/assets/none.js'])(
  '%s is not found',
  async (path) => {
    const { status, body } = await built.ask('GET', path)
    expect([status, body.error.code]).toEqual([404, 'not-found'])
  },
)

test('where nothing was built a sentence says so', async () => {
  const { status, body } = await bare.ask('GET', '/')
  expect(status).toBe(503)
  expect(body).toContain('The console is not built.')
})
