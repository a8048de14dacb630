import { request as httpRequest } from 'node:http'
import { beforeEach, expect, test } from 'vitest'
import { body, doerte, inbound, message, change, text } from '../../tests/fixtures/bodies.ts'
import { formerSecret, intakeDesk, signed } from '../../tests/fixtures/intake.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value))

test('answers Meta’s handshake with the challenge, and nobody else', async () => {
  const ask = (token: string, mode = 'subscribe') =>
    fetch(`${desk.url}?hub.mode=${mode}&hub.challenge=471100815&hub.verify_token=${token}`)
  const answer = await ask('say-friend')
  expect([answer.status, await answer.text()]).toEqual([200, '471100815'])
  expect(answer.headers.get('content-type')).toContain('text/plain')
  for (const refused of [await ask('say-foe'), await ask(''), await ask('say-friend', 'other')]) {
    expect(refused.status).toBe(403)
    expect(await refused.text()).not.toContain('471100815')
  }
})

test('a call without a right signature over its bytes is refused, counted and not kept', async () => {
  const bytes = bytesOf(inbound(doerte, text('Hallo')))
  const wrong = [
    {},
    { 'x-hub-signature-256': '' },
    { 'x-hub-signature-256': 'sha256=' },
    { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
    { 'x-hub-signature-256': `sha1=${'0'.repeat(40)}` },
    signed(bytes, 'another secret'),
    signed(bytes, ''),
    signed(bytesOf(inbound(doerte, text('Hello')))),
  ]
  for (const headers of wrong) expect(await desk.post(bytes, headers)).toBe(401)
  expect(await desk.calls()).toEqual([])
  expect(desk.answers).toEqual(wrong.map(() => 'refused'))
})

test('the secret before is still good while the app secret is being changed', async () => {
  const bytes = bytesOf(inbound(doerte, text('Hallo')))
  expect(await desk.post(bytes, signed(bytes, formerSecret))).toBe(200)
  expect(await desk.post(bytes, signed(bytes))).toBe(200)
})

test('200 means that the exact bytes are kept, whatever the content type', async () => {
  const bytes = Buffer.from(String.raw`{"object":"x","entry":[],"escaped":"\u00fc\/"}` + ' \n')
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
    expect(await desk.post(bytes, { ...signed(bytes), 'content-type': type })).toBe(200)
  }
  const calls = await desk.calls()
  expect(calls.map((call) => call.body?.toString('latin1'))).toEqual(
    [1, 2, 3].map(() => bytes.toString('latin1')),
  )
  expect(new Set(calls.map(({ sha256 }) => sha256)).size).toBe(1)
})

test('a body that is signed but cannot be read is kept, and the ledger says why', async () => {
  const deep = '{"entry":'.repeat(100_000)
  const bad = [
    '{"entry":[{"chan',
    '',
    'entry=1',
    '\u0000',
    '{"a":"\u0000"}',
    deep,
    '\ud800'.repeat(3),
  ]
  for (const words of bad) {
    const bytes = Buffer.from(words)
    expect(await desk.post(bytes, signed(bytes))).toBe(200)
  }
  await desk.intake.idle()
  expect((await desk.calls()).map(({ state }) => state)).toEqual(bad.map(() => 'failed'))
  expect((await desk.parts()).map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual([
    'failed: not JSON',
    'failed: the body is empty',
    'failed: not JSON',
    'failed: not JSON',
    'failed: not JSON',
    'failed: nested deeper than 64 levels',
    'failed: not JSON',
  ])
  expect(desk.troubles).toEqual([])
})

test('JSON that is no webhook is kept and accounted for', async () => {
  const odd = [
    null,
    7,
    'text',
    [],
    {},
    { entry: {} },
    { entry: [] },
    { entry: [{ changes: [null] }] },
  ]
  await desk.take(...odd)
  expect((await desk.parts()).map(({ outcome }) => outcome)).toEqual([
    ...odd.slice(0, 6).map(() => 'failed'),
    'ignored',
    'failed',
  ])
})

test('NUL and lone surrogates in a message reach the thread as text a database takes', async () => {
  const escaped = String.raw`a\u0000b\ud800c`
  const bytes = Buffer.from(
    JSON.stringify(inbound(doerte, text('WORDS'))).replace('WORDS', escaped),
  )
  expect(await desk.post(bytes, signed(bytes))).toBe(200)
  await desk.intake.idle()
  const [stored] = await desk.messages()
  expect(stored?.text).toBe('ab\ufffdc')
  expect((await desk.calls())[0]?.body?.equals(bytes)).toBe(true)
})

test('3 MB pass, more than 4 MB do not', async () => {
  const filled = (size: number) =>
    bytesOf(inbound(doerte, { type: 'poem', poem: 'x'.repeat(size) }))
  expect(await desk.post(filled(3 * 1024 * 1024))).toBe(200)
  expect(await postRaw(desk.url, filled(5 * 1024 * 1024))).toBe(413)
  expect(desk.answers).toEqual(['kept', 'too-large'])
  expect(await desk.calls()).toHaveLength(1)
})

test('a thousand updates in one call are a thousand rows', async () => {
  const messages = Array.from({ length: 1000 }, (_, index) => message(doerte, text(`${index}`)))
  await desk.take(body(change('messages', { messages })))
  expect(await desk.messages()).toHaveLength(1000)
  expect((await desk.conversations()).map(({ lastOrd }) => lastOrd)).toEqual([1000])
})

test('while the database is away the answer is 503, and nothing is promised', async () => {
  const desk = await intakeDesk()
  await desk.intake.stop()
  await desk.db.destroy()
  expect(await desk.post(inbound(doerte, text('Hallo')))).toBe(503)
  expect(desk.answers).toEqual(['unavailable'])
})

/** fetch gives up on a server that answers before it has read everything. */
function postRaw(url: string, bytes: Buffer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method: 'POST', headers: signed(bytes) }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    request.on('error', reject)
    request.end(bytes)
  })
}
