/** WhatsApp away, refusing, or asked to change something: what is known stays, and the history says who did what. */
import { expect, test } from 'vitest'
import { deskStartMs, verificationDesk, type Entry } from '../fixtures/verification.ts'

type Desk = Awaited<ReturnType<typeof verificationDesk>>
const minuteMs = 60_000
const brief = ({ source, fact, before, after }: Entry) => [source, fact, before, after]

test.each([
  {
    trouble: 'answering errors',
    begin: (desk: Desk) => desk.control('/faults', { kind: 'outage' }),
    end: (desk: Desk) => desk.control('/faults', {}, 'DELETE'),
  },
  {
    trouble: 'out of reach',
    begin: async (desk: Desk) => desk.use({ url: 'http://127.0.0.1:9' }),
    end: async (desk: Desk) => desk.use({ url: desk.simulator.url }),
  },
])(
  'with WhatsApp $trouble for an hour the last known state stays with its age, and checks come back',
  async (given) => {
    const desk = await verificationDesk()
    await desk.control(`/numbers/${desk.phoneNumberId}`, { quality: 'YELLOW' }, 'PATCH')
    await desk.pass(1000)
    await desk.check()
    const before = await desk.number()
    const answeredAtMs = before.checks!.number!.answeredAtMs!
    await given.begin(desk)
    const looked = desk.looks.ended
    await desk.check()
    await desk.pass(60 * minuteMs)
    // The one on demand, then after 1, 2, 4 and 8 minutes, then every 10.
    expect(desk.looks.ended - looked).toBe(9)

    const { checks, ...facts } = await desk.number()
    const { checks: _before, ...known } = before
    expect(facts).toEqual(known)
    expect(checks!.number).toMatchObject({
      answeredAtMs,
      failing: { code: expect.any(String), sinceMs: answeredAtMs },
    })
    const { ledger, advice } = await desk.truth()
    const quality = ledger.find(({ item }: { item: string }) => item === 'quality')
    expect(quality).toMatchObject({
      value: 'Mittel',
      checkedAt: new Date(answeredAtMs).toISOString(),
      failing: { since: new Date(answeredAtMs).toISOString() },
    })
    expect(advice.map(({ rule }: { rule: string }) => rule)).toEqual(['quality-fell', 'away'])
    expect(await desk.alarms()).toEqual(['away', 'quality-fell'])

    await given.end(desk)
    await desk.pass(10 * minuteMs)
    const after = await desk.number()
    expect(after.checks!.number!.failing).toBeUndefined()
    expect(after.checks!.number!.answeredAtMs).toBeGreaterThan(answeredAtMs + 60 * minuteMs)
    expect(await desk.alarms()).toEqual(['quality-fell'])
    const outages = desk.troubles.map((error) => (error as { code: string }).code)
    expect(outages).toHaveLength(1) // told once, however often it was tried
  },
)

test('one question that is refused leaves the others as they are', async () => {
  const desk = await verificationDesk()
  const path = `${desk.phoneNumberId}/settings`
  await desk.control('/faults', { kind: 'error', code: 200, count: 1000, path })
  await desk.pass(30 * minuteMs)
  const { checks } = await desk.number()
  expect(checks!.settings).toMatchObject({
    answeredAtMs: deskStartMs,
    failing: { code: '200', sinceMs: deskStartMs + 10 * minuteMs },
  })
  expect(checks!.number).toEqual({ answeredAtMs: deskStartMs + 30 * minuteMs })
  expect(desk.troubles).toEqual([])
})

test('a token that is refused is said, and everything goes on once it is accepted again', async () => {
  const desk = await verificationDesk()
  desk.use({ token: 'EAA-revoked' })
  await desk.check()
  expect((await desk.waba()).token).toMatchObject({ isValid: false })
  expect(await desk.rules()).toEqual(['token-refused'])
  expect(await desk.alarms()).toEqual(['token-refused'])
  desk.use({ token: desk.account.token })
  await desk.check()
  expect(await desk.rules()).toEqual([])
  expect(await desk.alarms()).toEqual([])
  expect((await desk.history('&kinds=connection')).map(brief)).toEqual([
    ['check', 'isTokenValid', 'false', 'true'],
    ['check', 'isTokenValid', 'true', 'false'],
  ])
})

test('administrators change the name, PIN and registration, and the history says who it was', async () => {
  const desk = await verificationDesk()
  const { id, displayPhone = '' } = await desk.number()
  const { token } = await desk.server.person('administrator')
  const act = (body: object, as = token) =>
    desk.server.ask('POST', `/api/v1/numbers/${id}/deeds`, { token: as, body })

  const pin = '918273'
  expect((await act({ kind: 'set-pin', pin })).status).toBe(204)
  expect((await act({ kind: 'request-name', name: 'Nordwerk Notdienst' })).status).toBe(204)
  expect(await desk.number()).toMatchObject({
    requestedName: 'Nordwerk Notdienst',
    requestedNameStatus: 'PENDING_REVIEW',
  })
  const typo = await act({ kind: 'deregister', confirm: '+49 40 1' })
  expect([typo.status, typo.body.error.code]).toEqual([409, 'conflict'])
  expect((await act({ kind: 'deregister', confirm: displayPhone })).status).toBe(204)
  expect(await desk.rules()).toEqual(['not-registered'])
  await desk.pass(6 * minuteMs)

  const { token: again } = await desk.server.person('administrator')
  const wrong = await act({ kind: 'register', pin: '000000' }, again)
  expect([wrong.status, wrong.body.error.code]).toEqual([502, 'whatsapp'])
  expect(wrong.body.error.details).toMatchObject({ code: 133005 })
  await desk.pass(2000)
  expect((await act({ kind: 'register', pin, region: 'DE' }, again)).status).toBe(204)
  expect(await desk.number()).toMatchObject({ platform: 'CLOUD_API', storageRegion: 'DE' })

  const deeds = await desk.history('&kinds=deed')
  expect(deeds.map(({ deed, what, code, by }) => [deed, what, code, by])).toEqual([
    ['register', null, null, 'Jana Albers'],
    ['register', null, '133005', 'Jana Albers'],
    ['deregister', null, null, 'Jana Albers'],
    ['request-name', 'Nordwerk Notdienst', null, 'Jana Albers'],
    ['set-pin', null, null, 'Jana Albers'],
  ])
  const kept = await desk.db.selectFrom('verification_change').selectAll().execute()
  expect(JSON.stringify([kept, desk.server.lines, await desk.number()])).not.toContain(pin)
})

test('webhooks that go elsewhere are missed, and come back when they are subscribed to', async () => {
  const desk = await verificationDesk()
  await desk.control('/account', { isSubscribed: false }, 'PATCH')
  await desk.check()
  expect(await desk.rules()).toEqual(['not-subscribed'])
  const { token } = await desk.server.person('administrator')
  const path = `/api/v1/accounts/${desk.account.accountId}/subscription`
  expect((await desk.server.ask('POST', path, { token, body: {} })).status).toBe(204)
  expect(await desk.rules()).toEqual([])
  const [deed] = await desk.history('&kinds=deed')
  expect(deed).toMatchObject({ deed: 'subscribe', source: 'person' })
})

test('supervisors and agents read everything and change nothing', async () => {
  const desk = await verificationDesk()
  const { id } = await desk.number()
  for (const role of ['agent', 'supervisor'] as const) {
    const { token } = await desk.server.person(role)
    const ask = (method: string, path: string, body?: object) =>
      desk.server.ask(method, `/api/v1/numbers/${id}${path}`, {
        token,
        ...(body === undefined ? {} : { body }),
      })
    expect((await ask('GET', '')).status).toBe(200)
    expect((await ask('GET', '/history')).status).toBe(200)
    const refused = await ask('POST', '/deeds', { kind: 'set-pin', pin: '123456' })
    expect([refused.status, refused.body.error.code]).toEqual([403, 'forbidden'])
  }
})

test('the history comes in pages, by kind, and as a table for spreadsheets', async () => {
  const desk = await verificationDesk()
  await desk.control('/scenario/quality-drop', { atOnce: true })
  await desk.control('/scenario/limit-upgrade', { atOnce: true })
  await desk.pass(1000)
  const { id } = await desk.number()
  const all = await desk.history()
  const first = await desk.read(`/numbers/${id}/history?limit=3`)
  const second = await desk.read(`/numbers/${id}/history?limit=200&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items]).toEqual(all)
  expect(second.nextCursor).toBeNull()
  expect(new Set((await desk.history('&kinds=limit')).map(({ kind }) => kind))).toEqual(
    new Set(['limit']),
  )
  const key = await desk.server.key(['read-numbers'])
  const answer = await fetch(
    `${desk.server.url}/api/v1/numbers/${id}/history?format=csv&language=de&kinds=limit`,
    { headers: { authorization: `Bearer ${key}` } },
  )
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const lines = (await answer.text()).trim().split('\r\n')
  expect(lines[0]).toMatch(/Zeit,Art,Was,Vorher,Nachher,Quelle,Betrifft$/)
  expect(lines).toContainEqual(
    expect.stringContaining(
      'Limit und Durchsatz,Nachrichtenlimit,2.000 Kontakte in 24 Std.,10.000 Kontakte in 24 Std.,Meldung von WhatsApp,Nordwerk',
    ),
  )
})
