import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { aDesk } from '../testing/desk.ts'
import { startSink } from '../testing/sink.ts'

test('a path works with a version, without one, and not with one that does not exist', async () => {
  await using desk = await aDesk()
  for (const prefix of ['', '/v17.0', '/v25.0', '/v27.0']) {
    expect((await desk.graph(`${prefix}/${desk.numberId}`)).status).toBe(200)
  }
  const { status, body } = await desk.graph(`/v99.0/${desk.numberId}`)
  expect(status).toBe(400)
  expect(body.error).toMatchObject({
    code: 2500,
    message: expect.stringContaining('Unknown path components') as string,
  })
})

test('the token may come as Bearer, as OAuth, or as a parameter', async () => {
  await using desk = await aDesk()
  const { token, appSecret } = desk.account
  const url = `${desk.url}/v25.0/${desk.numberId}`
  const statusOf = async (address: string, authorization?: string) =>
    (await fetch(address, { headers: authorization === undefined ? {} : { authorization } })).status
  expect(await statusOf(url, `Bearer ${token}`)).toBe(200)
  expect(await statusOf(url, `OAuth ${token}`)).toBe(200)
  expect(await statusOf(`${url}?access_token=${token}`)).toBe(200)
  expect(await statusOf(url)).toBe(400)
  expect(await statusOf(url, 'Bearer wrong')).toBe(401)
  const proof = createHmac('sha256', appSecret).update(token).digest('hex')
  expect(await statusOf(`${url}?appsecret_proof=${proof}`, `Bearer ${token}`)).toBe(200)
  expect(await statusOf(`${url}?appsecret_proof=00`, `Bearer ${token}`)).toBe(400)
})

test('an expired token is refused with 190 until it is renewed', async () => {
  await using desk = await aDesk()
  await desk.control('/account', { isTokenExpired: true }, 'PATCH')
  expect((await desk.graph(`/${desk.numberId}`)).body.error).toMatchObject({
    code: 190,
    error_subcode: 463,
  })
  await desk.control('/account', { isTokenExpired: false }, 'PATCH')
  expect((await desk.graph(`/${desk.numberId}`)).status).toBe(200)
})

test('parameters may come as JSON, form, multipart or query, and a GET may have a body', async () => {
  await using desk = await aDesk()
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const url = `${desk.url}/${desk.numberId}/messages`
  const headers = { authorization: `Bearer ${desk.account.token}` }
  const parameters = {
    messaging_product: 'whatsapp',
    to: '+4915123456789',
    type: 'text',
    text: '{"body":"Hallo"}',
  }
  const form = new FormData()
  for (const [name, value] of Object.entries(parameters)) form.set(name, value)
  const query = new URLSearchParams(parameters).toString()

  for (const [address, body] of [
    [url, new URLSearchParams(parameters)],
    [url, form],
    [`${url}?${query}`, null],
  ] as const) {
    expect((await fetch(address, { method: 'POST', headers, body })).status).toBe(200)
  }
  expect((await desk.control('/accepted')).body.items).toHaveLength(3)

  const answer = await rawGet(
    desk.url,
    `/${desk.numberId}`,
    desk.account.token,
    '{"fields":"id,status"}',
  )
  expect(answer).toContain(`{"id":"${desk.numberId}","status":"CONNECTED"}`)
})

test.each([
  ['/nothing', 100],
  ['/v25.0/12345/messages', 100],
  ['/debug_token/more/and/more', 2500],
  ['/', 2500],
  ['/%00', 100],
  ['/%zz', 100],
])('%s is answered with Graph’s envelope', async (path, code) => {
  await using desk = await aDesk()
  const { status, body } = await desk.graph(path)
  expect(status).toBe(400)
  expect(body.error).toMatchObject({ code, fbtrace_id: expect.any(String) as string })
})

test('bodies that cannot be read are refused with 100, and the next call works', async () => {
  await using desk = await aDesk()
  const url = `${desk.url}/${desk.numberId}/messages`
  const headers = {
    authorization: `Bearer ${desk.account.token}`,
    'content-type': 'application/json',
  }
  const codeOf = async (body: BodyInit, more = {}) => {
    const answer = await fetch(url, { method: 'POST', headers: { ...headers, ...more }, body })
    return ((await answer.json()) as { error: { code: number } }).error.code
  }
  expect(await codeOf('{"text":')).toBe(100)
  expect(await codeOf('[1]')).toBe(100)
  expect(await codeOf('{"a":"\0"}')).toBe(100)
  expect(await codeOf(`"${'x'.repeat(4 * 1024 * 1024)}"`)).toBe(100)
  expect(await codeOf('no boundary', { 'content-type': 'multipart/form-data' })).toBe(100)
  expect((await desk.graph(`/${desk.numberId}`)).status).toBe(200)
})

test('fields choose what is shown, down into objects, and an unknown one is refused', async () => {
  await using desk = await aDesk()
  const path = `/v25.0/${desk.numberId}?fields=`
  const { body } = await desk.graph(
    `${path}display_phone_number,health_status{can_send_message,entities{entity_type}}`,
  )
  expect(body).toEqual({
    id: desk.numberId,
    display_phone_number: '+49 40 3006 8810',
    health_status: {
      can_send_message: 'AVAILABLE',
      entities: ['PHONE_NUMBER', 'WABA', 'BUSINESS', 'APP'].map((entity_type) => ({ entity_type })),
    },
  })
  expect((await desk.graph(`${path}favourite_colour`)).body.error.code).toBe(100)
})

test('health is as bad as its worst part', async () => {
  await using desk = await aDesk()
  const health = async () =>
    (await desk.graph(`/${desk.account.accountId}?fields=health_status`)).body
      .health_status as JsonObject // asked for by name
  await desk.control('/account', { verification: 'not_verified' }, 'PATCH')
  expect(await health()).toMatchObject({ can_send_message: 'LIMITED' })
  await desk.control('/account', { payment: false }, 'PATCH')
  expect(await health()).toMatchObject({ can_send_message: 'BLOCKED' })
  expect(JSON.stringify(await health())).toContain('141006')
})

test('a list comes in pages that lead to one another', async () => {
  await using desk = await aDesk()
  await desk.control('/scenario/demo', {})
  const seen: string[] = []
  let next: string | undefined =
    `${desk.url}/v25.0/${desk.account.accountId}/message_templates?limit=5&fields=name,language`
  for (let pages = 0; next !== undefined && pages < 9; pages++) {
    const answer = await desk.graph(next.slice(desk.url.length))
    seen.push(...(answer.body.data as { id: string }[]).map(({ id }) => id))
    next = answer.body.paging.next as string | undefined
  }
  expect(seen).toHaveLength(12)
  expect(new Set(seen).size).toBe(12)
  const path = `/${desk.account.accountId}/message_templates`
  expect((await desk.graph(`${path}?after=rubbish`)).body.error.code).toBe(131059)
  expect((await desk.graph(`${path}?status=["PAUSED","REJECTED"]`)).body.data).toHaveLength(2)
})

test('account, business, numbers, profile and token can be read, and the profile changed', async () => {
  await using desk = await aDesk()
  const { accountId, businessId, token, appId } = desk.account
  expect((await desk.graph(`/${accountId}?fields=name,account_review_status`)).body).toEqual({
    id: accountId,
    name: 'Nordwerk',
    account_review_status: 'APPROVED',
  })
  expect(
    (await desk.graph(`/${businessId}?fields=verification_status`)).body.verification_status,
  ).toBe('verified')
  expect((await desk.graph(`/${accountId}/phone_numbers?fields=id`)).body.data).toEqual(
    desk.account.numbers.map(({ id }) => ({ id })),
  )
  expect((await desk.graph(`/debug_token?input_token=${token}`)).body.data).toMatchObject({
    app_id: appId,
    is_valid: true,
  })

  const path = `/${desk.numberId}/whatsapp_business_profile`
  const change = {
    messaging_product: 'whatsapp',
    about: 'Wir sind da',
    websites: ['https://nordwerk.example/neu'],
  }
  expect((await desk.graph(path, change)).body).toEqual({ success: true })
  expect((await desk.graph(`${path}?fields=about,websites`)).body.data).toEqual([change])
  expect((await desk.graph(path, { ...change, about: '' })).body.error.code).toBe(131009)
})

test('a number can ask for another name, and for webhooks of its own', async () => {
  await using desk = await aDesk()
  const own = await startSink('geheim')
  const path = `/v25.0/${desk.numberId}`
  expect(
    (await desk.graph(`${path}?new_display_name=Nordwerk%20Notdienst`, undefined, 'POST')).body,
  ).toEqual({ success: true })
  const { body } = await desk.graph(`${path}?fields=new_display_name,new_name_status,verified_name`)
  expect(body).toMatchObject({
    new_name_status: 'PENDING_REVIEW',
    verified_name: 'Nordwerk Kundenservice',
  })
  await desk.control(`/numbers/${desk.numberId}`, { newNameStatus: 'APPROVED' }, 'PATCH')
  expect((await desk.graph(`${path}?fields=verified_name`)).body.verified_name).toBe(
    'Nordwerk Notdienst',
  )

  const override = (url: string) => ({
    webhook_configuration: { override_callback_uri: url, verify_token: 'geheim' },
  })
  expect((await desk.graph(path, override(desk.sink.url))).body.error.code).toBe(2200)
  expect((await desk.graph(path, override(own.url))).status).toBe(200)
  await desk.person({ name: 'Ada', phone: '+4915123456789' })
  await expect.poll(() => own.messages().length, { timeout: 5000, interval: 5 }).toBe(1)
  expect(desk.sink.messages()).toEqual([])
  await own.close()
})

/** fetch refuses a GET with a body, which real clients send. */
function rawGet(url: string, path: string, token: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('end', () => resolve(answer)).on('error', reject)
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: desk\r\nConnection: close\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
  })
}
