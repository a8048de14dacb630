import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { chromium, expect, test, type Browser, type Page } from '@playwright/test'
import { build } from 'vite'
import { findChromium } from '../../tools/chromium.ts'
import type { HostPage } from '../support/web-host/page.ts'

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

let folder: string
let server: Server
let origin: string
let browser: Browser

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kontor-web-'))
  await build({
    configFile: false,
    root: join(import.meta.dirname, '../support/web-host'),
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, target: 'chrome130' },
  })
  server = createServer((request, response) => {
    const name = request.url === '/' ? '/index.html' : (request.url ?? '')
    readFile(join(folder, name)).then(
      (bytes) => response.setHeader('content-type', types[extname(name)] ?? '').end(bytes),
      () => response.writeHead(404).end(),
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await chromium.launch(await findChromium())
})

test.afterAll(async () => {
  await browser?.close()
  server?.closeAllConnections()
  server?.close()
  await rm(folder, { recursive: true, force: true })
})

test('IndexedDB keeps every promise of a disk', async () => {
  const page = await openPage(await browser.newContext())
  expect(await page.evaluate(() => own().brokenPromises())).toEqual({})
})

test('nothing of what is kept can be read from the database, nor its key', async () => {
  const page = await openPage(await browser.newContext())
  const found = await page.evaluate(async () => {
    const canary = 'Bestellung 4711-0183'
    const disk = await own().openDatabase('sealed')
    await disk.document('session').write({ token: canary })
    await disk.journal('log').append([canary, 'second'], true)
    const request = indexedDB.open('sealed')
    const db = await new Promise<IDBDatabase>((resolve) => {
      request.onsuccess = () => resolve(request.result)
    })
    const read = (store: string) =>
      new Promise<unknown[]>((resolve) => {
        const all = db.transaction(store).objectStore(store).getAll()
        all.onsuccess = () => resolve(all.result)
      })
    const rows = [...(await read('documents')), ...(await read('records'))]
    const isReadable = rows.some((row) =>
      new TextDecoder().decode(row as Uint8Array).includes(canary),
    )
    const [key] = (await read('keys')) as CryptoKey[]
    // Two records change places: neither is what was written there.
    const [first, second] = await read('records')
    const tx = db.transaction('records', 'readwrite')
    tx.objectStore('records').put(first, ['log', 1])
    tx.objectStore('records').put(second, ['log', 0])
    await new Promise((resolve) => (tx.oncomplete = resolve))
    const swapped = await disk.journal('log').read()
    db.close()
    return { rows: rows.length, isReadable, isExtractable: key?.extractable, swapped }
  })
  expect(found).toEqual({
    rows: 3,
    isReadable: false,
    isExtractable: false,
    swapped: { records: [], isDamaged: true },
  })
})

test('a full browser adds nothing and says so', async () => {
  const context = await browser.newContext()
  const page = await openPage(context)
  const session = await context.newCDPSession(page)
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 200_000 })
  const found = await page.evaluate(async () => {
    const disk = await own().openDatabase('small')
    const journal = disk.journal('log')
    await journal.append(['first'], true)
    const sizeBytes = journal.sizeBytes()
    const code = await journal.append(['x'.repeat(3_000_000)], true).then(
      () => null,
      (error: { code?: string }) => error.code ?? 'no code',
    )
    return { code, isSame: journal.sizeBytes() === sizeBytes, ...(await journal.read()) }
  })
  expect(found).toEqual({ code: 'disk-full', isSame: true, records: ['first'], isDamaged: false })
})

for (const kind of ['shared', 'dedicated'] as const) {
  test(`two tabs have one host in ${kind} workers, and the second goes on without the first`, async () => {
    const context = await browser.newContext({ locale: 'de-DE' })
    if (kind === 'dedicated') {
      await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'SharedWorker'))
    }
    const first = await openPage(context)
    const second = await openPage(context)
    for (const page of [first, second]) {
      expect(await ask(page, 'app.state', {})).toMatchObject({
        ok: true,
        value: { host: 'browser', phase: 'sign-in', serverUrl: origin, isServerManaged: false },
      })
    }
    expect(await heldLocks(first)).toBe(1)

    await listen(second, 'settings.changed')
    expect(await ask(first, 'settings.set', { theme: 'dark' })).toMatchObject({
      value: { theme: 'dark', language: 'de' },
    })
    await expect.poll(() => heardBy(second)).toBe(1)
    expect(await ask(second, 'settings.get', {})).toMatchObject({ value: { theme: 'dark' } })

    const add = { bytes: [1, 2, 3], mime: 'image/png' }
    expect(await ask(second, 'media.add', add)).toMatchObject({ error: { code: 'bad-request' } })

    await first.close()
    expect(await ask(second, 'settings.get', {})).toMatchObject({ value: { theme: 'dark' } })
    const third = await openPage(context)
    expect(await ask(third, 'settings.get', {})).toMatchObject({ value: { theme: 'dark' } })
    expect(await heldLocks(third)).toBe(1)
    await context.close()
  })
}

test('bytes reach the worker as bytes', async () => {
  const page = await openPage(await browser.newContext())
  const reply = await page.evaluate(async () =>
    (await own().wire).request('media.add', { bytes: new Uint8Array([1]), mime: 'image/png' }),
  )
  expect(reply).toMatchObject({ error: { code: 'unauthenticated' } })
})

/** Stands for the page's own object inside `evaluate`; see `openPage`. */
declare function own(): HostPage

async function openPage(context: Awaited<ReturnType<Browser['newContext']>>): Promise<Page> {
  const page = await context.newPage()
  await page.goto(origin)
  await page.evaluate(() => {
    Object.assign(globalThis, { own: () => (globalThis as unknown as { page: HostPage }).page })
  })
  return page
}

function ask(page: Page, method: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    async ([method, input]) => (await own().wire).request(method as string, input),
    [method, input],
  )
}

async function listen(page: Page, signal: string): Promise<void> {
  await page.evaluate(async (name) => {
    Object.assign(globalThis, { heard: 0 })
    const counts = globalThis as unknown as { heard: number }
    const wire = await own().wire
    wire.subscribe(name, () => (counts.heard += 1))
  }, signal)
}

function heardBy(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { heard: number }).heard)
}

function heldLocks(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { held } = await navigator.locks.query()
    return held?.filter(({ name }) => name === 'kontor-host').length ?? 0
  })
}
