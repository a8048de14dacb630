import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { aFolder } from '../testing/folder.ts'
import { createBugLog, describeBug } from './bugs.ts'
import { openMachine } from './machine.ts'
import { trustSystemCertificates } from './trust.ts'

test('HTTP answers are passed on, whatever their status', async () => {
  const machine = await aMachine()
  const { origin } = await aServer((request, response) => {
    response.writeHead(request.url === '/missing' ? 404 : 200, { 'x-kontor': 'yes' })
    response.end(JSON.stringify({ method: request.method, type: request.headers['content-type'] }))
  })
  const found = await machine.http({
    method: 'POST',
    url: `${origin}/here`,
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect([found.status, found.header('X-Kontor')]).toEqual([200, 'yes'])
  expect(await found.json()).toEqual({ method: 'POST', type: 'application/json' })
  const missing = await machine.http({ method: 'GET', url: `${origin}/missing` })
  expect(missing.status).toBe(404)
})

test('bytes arrive as they are', async () => {
  const machine = await aMachine()
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
  const { origin } = await aServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => response.end(Buffer.concat(chunks)))
  })
  const answer = await machine.http({ method: 'PATCH', url: origin, body: bytes.subarray(3) })
  expect(await answer.bytes()).toEqual(bytes.slice(3))
})

test('who does not answer, breaks off or leads elsewhere is offline, and no JSON is no Kontor', async () => {
  const machine = await aMachine()
  const { origin } = await aServer((request, response) => {
    if (request.url === '/text') response.end('<html>')
    else if (request.url === '/elsewhere') response.writeHead(302, { location: '/text' }).end()
    else if (request.url === '/half') response.writeHead(200, { 'content-length': '9' }).write('{')
    else request.socket.destroy()
    if (request.url === '/half') setTimeout(() => request.socket.destroy(), 20)
  })
  const get = (url: string) => machine.http({ method: 'GET', url })
  const offline = { code: 'offline' }
  await expect(get(origin)).rejects.toMatchObject(offline)
  await expect(get(`${origin}/elsewhere`)).rejects.toMatchObject(offline)
  await expect(get('http://127.0.0.1:9/')).rejects.toMatchObject(offline)
  await expect((await get(`${origin}/half`)).json()).rejects.toMatchObject(offline)
  await expect((await get(`${origin}/text`)).json()).rejects.toMatchObject({ code: 'not-kontor' })
})

test('a socket speaks text both ways and says once that it is closed', async () => {
  const machine = await aMachine()
  const { server, origin } = await aServer(() => undefined)
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8')
      if (text === 'bytes') socket.send(Buffer.from([1, 2]))
      else socket.send(`heard ${text}`)
    })
  })
  const heard: string[] = []
  const connect = (url: string) =>
    machine.connect(url, {
      opened: () => heard.push('opened'),
      heard: (text) => heard.push(text),
      closed: () => heard.push('closed'),
    })

  const socket = connect(origin.replace('http', 'ws'))
  socket.send('too early, and so lost')
  await vi.waitFor(() => expect(heard).toEqual(['opened']))
  socket.send('Grüße')
  await vi.waitFor(() => expect(heard).toEqual(['opened', 'heard Grüße']))
  socket.send('bytes')
  await vi.waitFor(() => expect(heard.at(-1)).toBe('closed'))
  socket.close()

  for (const url of ['ws://127.0.0.1:9/', 'no address', `${origin.replace('http', 'ws')}/#x`]) {
    heard.length = 0
    const failing = connect(url)
    expect(heard).toEqual([])
    failing.send('nobody hears')
    await vi.waitFor(() => expect(heard).toEqual(['closed']))
    failing.close()
  }
})

test('ids grow with time, and hashes are those everybody knows', async () => {
  const machine = await aMachine()
  const { platform } = machine
  const ids = Array.from({ length: 50 }, () => platform.newId())
  expect(new Set(ids).size).toBe(50)
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(platform.random()).toBeLessThan(1)
  expect(await machine.sha256('abc')).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
  expect(await machine.sha256(Uint8Array.of(97, 98, 99))).toBe(await machine.sha256('abc'))
})

test('each person has a folder of their own, opened once, and all are given back', async () => {
  const folder = await aFolder()
  const setup = { folder, language: 'de', serverUrl: null, isServerManaged: false }
  const machine = await openMachine(setup, () => undefined)
  await (await machine.replicaDisk('ayse')).document('one').write(1)
  expect(await machine.replicaDisk('ayse')).toBe(await machine.replicaDisk('ayse'))
  await machine.replicaDisk('tom')
  expect((await readdir(join(folder, 'replicas'))).sort()).toEqual(['ayse', 'tom'])
  expect(() => machine.replicaDisk('../ayse')).toThrow('bug')
  await expect(openMachine(setup, () => undefined)).rejects.toMatchObject({ code: 'unavailable' })
  await machine.close()

  const again = await openMachine(setup, () => undefined)
  expect(await (await again.replicaDisk('ayse')).document('one').read()).toBe(1)
  await again.close()
})

test('a bug is written down without what people wrote', async () => {
  const folder = await aFolder()
  let bug: unknown
  try {
    JSON.parse('{"text":"Meine Nummer ist +49170')
  } catch (error) {
    bug = new Error('bug: no row', { cause: error })
  }
  createBugLog(folder)(bug)
  const text = describeBug(bug)
  expect(text).toContain('bug: no row')
  expect(text).toContain('SyntaxError')
  expect(text).toContain('machine.test.ts')
  expect(text).not.toContain('49170')
  expect(await readdir(join(folder, 'logs'))).toEqual(['bugs.log'])
})

test('the computer’s own certificates are trusted where the runtime knows them', () => {
  const set: string[][] = []
  trustSystemCertificates({
    rootCertificates: [],
    getCACertificates: (kind) => (kind === 'system' ? ['firm', 'world'] : ['world']),
    setDefaultCACertificates: (certificates) => set.push(certificates),
  })
  expect(set).toEqual([['world', 'firm']])
  trustSystemCertificates({ rootCertificates: [] })
})

async function aMachine() {
  const setup = { folder: await aFolder(), language: 'de', serverUrl: null, isServerManaged: false }
  const machine = await openMachine(setup, () => undefined)
  onTestFinished(() => machine.close())
  return machine
}

async function aServer(listener: RequestListener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
