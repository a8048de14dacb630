import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { createClient } from './client.ts'

let server: Server | undefined
afterEach(() => {
  server?.close()
  server = undefined
})

async function listen(started: Server): Promise<string> {
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`
}
const clientOf = (graphUrl: string) =>
  createClient({ graphUrl, version: 'v25.0', token: 'EAA-secret', timeoutMs: 400 })
const body = { type: 'text' }
const send = (graphUrl: string) => clientOf(graphUrl).sendMessage('106', body)

async function answering(listener: RequestListener) {
  return send(await listen(createHttpServer(listener)))
}
const answer = (status: number, text: string) =>
  answering((_, reply) => reply.writeHead(status).end(text))
const graphError = (code: number) =>
  JSON.stringify({
    error: {
      code,
      message: `(#${code}) A new kind of trouble`,
      error_data: { messaging_product: 'whatsapp', details: 'because' },
      fbtrace_id: 'AbC',
    },
  })

test('an accepted message has its id', async () => {
  let heard: unknown
  const outcome = await answering((request, reply) => {
    heard = [request.method, request.url, request.headers.authorization]
    reply.end('{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}')
  })
  expect(outcome).toEqual({ kind: 'sent', wamid: 'wamid.1' })
  expect(heard).toEqual(['POST', '/v25.0/106/messages', 'Bearer EAA-secret'])
})

describe('nothing left when no connection was made', () => {
  test('nobody listens', async () => {
    const url = await listen(createServer())
    await new Promise((resolve) => server?.close(resolve))
    expect(await send(url)).toMatchObject({ kind: 'not-sent', effect: 'retry' })
  })
  test('the name does not exist', async () => {
    expect(await send('http://graph.invalid')).toMatchObject({ kind: 'not-sent', effect: 'retry' })
  })
  test('the certificate is not theirs', async () => {
    const url = await listen(createTlsServer({ key: testKey, cert: testCertificate }))
    const outcome = await send(url.replace('http:', 'https:'))
    expect(outcome).toMatchObject({ kind: 'not-sent', effect: 'retry' })
  })
})

describe('nobody knows what happened', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['no answer in time', () => answering(() => undefined)],
    ['cut after the request', () => answering((request) => request.socket.destroy())],
    ['cut on connecting', async () => send(await listen(createServer((s) => s.destroy())))],
    [
      'cut within the answer',
      () =>
        answering((request, reply) => {
          reply.writeHead(200, { 'content-length': 100 }).write('{"messages":')
          setTimeout(() => request.socket.destroy(), 20)
        }),
    ],
    ['a proxy gave up', () => answer(502, '<html>')],
    ['a proxy waited too long', () => answer(504, '')],
    ['a success nobody can read', () => answer(200, '<html>')],
    ['a success without an id', () => answer(200, '{}')],
    ['a redirect', () => answer(302, '')],
    ['code 1', () => answer(400, graphError(1))],
    ['code 2', () => answer(503, graphError(2))],
    ['code 131000', () => answer(500, graphError(131000))],
    ['code 131016', () => answer(500, graphError(131016))],
    ['a server error with a code nobody knows', () => answer(500, graphError(999_999))],
  ])('%s', async (_name, attempt) => {
    expect(await attempt()).toMatchObject({ kind: 'unknown' })
  })
})

describe('WhatsApp refused', () => {
  test.each([
    [4, 400, 'retry'],
    [80007, 400, 'retry'],
    [130429, 400, 'retry'],
    [131056, 400, 'retry'],
    [131057, 500, 'retry'],
    [190, 401, 'pause'],
    [100, 400, 'refuse'],
    [131026, 400, 'refuse'],
    [131045, 500, 'refuse'],
    [131047, 400, 'refuse'],
    [131048, 400, 'refuse'],
    [132001, 404, 'refuse'],
    [999_999, 400, 'refuse'],
  ])('with %i: %s, %s', async (code, status, effect) => {
    expect(await answer(status, graphError(code))).toMatchObject({
      kind: 'not-sent',
      effect,
      error: { code, details: 'because', traceId: 'AbC' },
    })
  })
  test('with a code of its own words when we have none', async () => {
    const outcome = await answer(400, graphError(999_999))
    expect(outcome).toMatchObject({ error: { title: 'A new kind of trouble' } })
  })
  test('without saying why', async () => {
    expect(await answer(413, 'too large')).toMatchObject({ kind: 'not-sent', effect: 'refuse' })
  })
})

test('a token goes to no other host than WhatsApp’s', async () => {
  let wasAsked = false
  const url = await listen(createHttpServer(() => (wasAsked = true)))
  const client = clientOf('https://graph.facebook.com')
  for (const foreign of [url, 'https://fbsbx.com.evil.example/a', 'http://lookaside.fbsbx.com/a']) {
    await expect(client.downloadMedia(foreign)).rejects.toMatchObject({ code: 'forbidden' })
  }
  expect(wasAsked).toBe(false)
})

test('all pages of numbers are read', async () => {
  const url = await listen(
    createHttpServer((request, reply) => {
      const isSecond = request.url?.includes('after=c1')
      reply.end(
        isSecond
          ? '{"data":[{"id":"2"}]}'
          : '{"data":[{"id":"1"}],"paging":{"cursors":{"after":"c1"},"next":"https://x"}}',
      )
    }),
  )
  expect(await clientOf(url).listNumbers('102')).toEqual([{ id: '1' }, { id: '2' }])
})

/** Signed by itself for `nobody.example`, valid for a hundred years; protects nothing. */
const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgN7LwK1WWz8h0ATNO
VHQE4AnAi/F8gDqSyB9rF3Pz5zChRANCAARME9NcmEqAt2hcHISKfE+1JTULityN
DjoQlSRgfr2kaM4kvKMNMuO0caHAei0dQy16RqS5FCpWFPPUO/taEacd
-----END PRIVATE KEY-----`
const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUAXbcw1FGobMZ9w+DNktN0q9x8cUwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwObm9ib2R5LmV4YW1wbGUwIBcNMjYxMTIzMDYxMDUwWhgPMjEy
NjEwMzAwNjEwNTBaMBkxFzAVBgNVBAMMDm5vYm9keS5leGFtcGxlMFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAETBPTXJhKgLdoXByEinxPtSU1C4rcjQ46EJUkYH69
pGjOJLyjDTLjtHGhwHotHUMtekakuRQqVhTz1Dv7WhGnHaNTMFEwHQYDVR0OBBYE
FLDVJ7i8r4LcX9vgg+QG0uFx16dkMB8GA1UdIwQYMBaAFLDVJ7i8r4LcX9vgg+QG
0uFx16dkMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAIAYnH0E
ocqgErwP9JWMhCZgZmEFMXi3pTLU1DSu3uKxAiBtQSQt+/eiN2CR3O7adF4xmjDa
rrvfu1pxmgwj8oGKPQ==
-----END CERTIFICATE-----`
