import sharp from 'sharp'
import { expect, test } from 'vitest'
import { presenceDesk } from '../testing/presence-desk.ts'

/** Red on the left, blue on the right. */
function aPicture(width: number, height: number): Promise<Buffer> {
  const half = { width: Math.floor(width / 2), height, channels: 3 as const }
  const red = { create: { ...half, background: '#ff0000' } }
  const blue = { create: { ...half, width, background: '#0000ff' } }
  return sharp(blue)
    .composite([{ input: red, left: 0, top: 0 }])
    .png()
    .toBuffer()
}

test('a profile is read, changed and kept, and each member that changed is told', async () => {
  const desk = await presenceDesk()
  const before = await desk.asked('GET', '/profile')
  expect([before.status, before.body.trouble]).toEqual([200, null])
  const change = {
    about: 'Wir antworten werktags von 8 bis 18 Uhr',
    email: 'hilfe@nordwerk.example',
    websites: ['https://nordwerk.example'],
    vertical: 'RETAIL',
  }
  const { status, body } = await desk.asked('PATCH', '/profile', change)
  expect([status, body.profile]).toMatchObject([200, change])
  const { profile: seen } = await desk.client.getProfile(desk.number.phoneNumberId)
  expect(seen).toEqual(body.profile)
  expect((await desk.changes()).map((one) => [one.deed, one.after, one.user_id])).toContainEqual([
    'profile-email',
    'hilfe@nordwerk.example',
    desk.user.id,
  ])
  const count = (await desk.changes()).length
  await desk.asked('PATCH', '/profile', { ...change, address: 'Kehrwieder 9, 20457 Hamburg' })
  expect((await desk.changes()).slice(count)).toMatchObject([
    { deed: 'profile-address', number_id: desk.number.id },
  ])
})

test('what WhatsApp would not take never leaves, and the field is named', async () => {
  const desk = await presenceDesk()
  for (const [change, at] of [
    [{ about: '' }, '/body/about'],
    [{ about: 'x'.repeat(140) }, '/body/about'],
    [{ address: 'x'.repeat(257) }, '/body/address'],
    [{ description: 'x'.repeat(513) }, '/body/description'],
    [{ email: 'service@nordwerk' }, '/body/email'],
    [{ websites: ['https://a.example', 'nordwerk.example'] }, '/body/websites/1'],
    [{ websites: ['https://a.de', 'https://b.de', 'https://c.de'] }, '/body/websites'],
    [{ vertical: 'UNDEFINED' }, '/body/vertical'],
    [{ motto: 'x' }, '/body/motto'],
  ] as const) {
    const { status, body } = await desk.asked('PATCH', '/profile', change)
    expect([status, body.error.details?.at]).toEqual([400, at])
  }
  expect(await desk.changes()).toEqual([])
})

test('while WhatsApp is away the last profile stays to be seen with its age, and nothing can be changed', async () => {
  const desk = await presenceDesk()
  const never = await presenceDesk()
  await never.outage()
  expect((await never.asked('GET', '/profile')).body.error.code).toBe('whatsapp')
  await desk.asked('PATCH', '/profile', { about: 'Guten Tag' })
  const readAt = new Date(desk.time.nowMs).toISOString()
  await desk.outage()
  desk.time.nowMs += 3_600_000
  const { status, body } = await desk.asked('GET', '/profile')
  expect([status, body]).toMatchObject([
    200,
    { profile: { about: 'Guten Tag' }, readAt, trouble: 'whatsapp' },
  ])
  const refused = await desk.asked('PATCH', '/profile', { about: 'Neu' })
  expect(refused.body.error.code).toBe('whatsapp')
})

test('a picture is cut to the square that was chosen, brought to WhatsApp and shown from here', async () => {
  const desk = await presenceDesk()
  expect((await desk.asked('GET', '/profile/picture')).status).toBe(404)
  const right = await desk.upload(await aPicture(1000, 500), '?left=500&top=0&side=500')
  expect([right.status, await right.json()]).toMatchObject([200, { hasPicture: true }])
  const shown = async () => {
    const url = `${desk.url}/api/v1/numbers/${desk.number.id}/profile/picture`
    const { token } = await desk.member('agent')
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const { width, height } = await sharp(bytes).metadata()
    const { dominant } = await sharp(bytes).stats()
    return [width, height, dominant.r > 200 ? 'red' : dominant.b > 200 ? 'blue' : 'other']
  }
  expect(await shown()).toEqual([640, 640, 'blue'])
  await desk.upload(await aPicture(1000, 500), '?left=0&top=0&side=500')
  expect(await shown()).toEqual([640, 640, 'red'])
  expect((await desk.changes()).map(({ deed }) => deed)).toEqual([
    'profile-picture',
    'profile-picture',
  ])
})

test('a picture that is none, too small, or cut beyond its edge is refused before it leaves', async () => {
  const desk = await presenceDesk()
  const codeOf = async (answer: Response) => {
    const body = (await answer.json()) as { error: { code: string; details?: { at: string } } }
    return [body.error.code, body.error.details?.at]
  }
  expect(await codeOf(await desk.upload(Buffer.from('<svg/>')))).toEqual([
    'unsupported-media',
    '/file',
  ])
  expect(await codeOf(await desk.upload(await aPicture(100, 100)))).toEqual([
    'bad-request',
    '/file',
  ])
  const beyond = await desk.upload(await aPicture(400, 400), '?left=100&top=0&side=400')
  expect(await codeOf(beyond)).toEqual(['bad-request', '/querystring/side'])
  const large = await desk.upload(Buffer.alloc(5 * 1024 * 1024 + 1))
  expect((await codeOf(large))[0]).toBe('too-large')
})

test('ice breakers and commands are set together; a repeated or wrong one is named', async () => {
  const desk = await presenceDesk()
  const wish = {
    iceBreakers: ['Wo ist mein Paket?', 'Öffnungszeiten'],
    commands: [{ name: 'rechnung', description: 'Eine Rechnungskopie anfordern' }],
    hasWelcome: false,
  }
  const { status, body } = await desk.asked('PUT', '/components', wish)
  expect([status, body]).toMatchObject([200, { components: wish, trouble: null }])
  expect(await desk.client.getComponents(desk.number.phoneNumberId)).toEqual(wish)
  expect((await desk.changes()).map(({ deed }) => deed)).toEqual([
    'greeting-questions',
    'greeting-commands',
  ])
  for (const [change, at] of [
    [{ iceBreakers: ['a', 'b', 'c', 'd', 'e'] }, '/body/iceBreakers'],
    [{ iceBreakers: ['Hallo 🙂'] }, '/body/iceBreakers/0'],
    [{ iceBreakers: ['Hallo', 'Hallo'] }, '/body/iceBreakers/1'],
    [{ commands: [{ name: 'meine rechnung', description: 'x' }] }, '/body/commands/0/name'],
    [{ commands: [{ name: 'a', description: '' }] }, '/body/commands/0/description'],
  ] as const) {
    const refused = await desk.asked('PUT', '/components', { ...wish, ...change })
    expect([refused.status, refused.body.error.details.at]).toEqual([400, at])
  }
  await desk.outage()
  expect((await desk.asked('GET', '/components')).body).toMatchObject({
    components: wish,
    trouble: 'whatsapp',
  })
})

test('a link is made, changed and deleted; its QR code is drawn here in both forms', async () => {
  const desk = await presenceDesk()
  const made = await desk.asked('POST', '/links', { text: 'Ich habe eine Frage zum Fahrplan' })
  expect(made.status).toBe(201)
  const { code, url } = made.body
  expect(url).toBe(`https://wa.me/message/${code}`)
  const other = await desk.asked('POST', '/links', { text: 'Reklamation' })
  await desk.asked('PATCH', `/links/${code}`, { text: 'Eine Frage' })
  expect((await desk.asked('GET', '/links')).body).toMatchObject({
    items: [{ code, text: 'Eine Frage' }, { text: 'Reklamation' }],
    trouble: null,
  })
  const svg = await desk.asked('GET', `/links/${code}/qr`)
  expect([svg.headers.get('content-type'), String(svg.body).slice(0, 4)]).toEqual([
    'image/svg+xml',
    '<svg',
  ])
  const png = await desk.asked('GET', `/links/${code}/qr?format=png`)
  expect([png.status, png.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect((await desk.asked('DELETE', `/links/${other.body.code}`)).status).toBe(204)
  await desk.outage()
  expect((await desk.asked('GET', '/links')).body.items).toMatchObject([{ code }])
  expect((await desk.asked('GET', '/links/nowhere/qr')).status).toBe(404)
  const long = await desk.asked('POST', '/links', { text: 'x'.repeat(141) })
  expect(long.body.error.details.at).toBe('/body/text')
  expect((await desk.changes()).map(({ deed, before, after }) => [deed, before, after])).toEqual([
    ['link-added', null, 'Ich habe eine Frage zum Fahrplan'],
    ['link-added', null, 'Reklamation'],
    ['link-changed', 'Ich habe eine Frage zum Fahrplan', 'Eine Frage'],
    ['link-deleted', 'Reklamation', null],
  ])
})

test('agents and supervisors change nothing; whom the firm blocked, agents do not see', async () => {
  const desk = await presenceDesk()
  const agent = (await desk.member('agent')).token
  const supervisor = (await desk.member('supervisor')).token
  const statusOf = async (who: string, method: string, path: string, body?: object) =>
    (await desk.asked(method, path, body, who)).status
  for (const who of [agent, supervisor]) {
    for (const path of ['/profile', '/components', '/links']) {
      expect(await statusOf(who, 'GET', path)).toBe(200)
    }
    expect(await statusOf(who, 'PATCH', '/profile', { about: 'x' })).toBe(403)
    expect(await statusOf(who, 'POST', '/links', { text: 'x' })).toBe(403)
    expect(await statusOf(who, 'POST', '/blocked', { contactId: 'x' })).toBe(403)
  }
  expect(await statusOf(agent, 'GET', '/blocked')).toBe(403)
  expect(await statusOf(supervisor, 'GET', '/blocked')).toBe(200)
  expect(await desk.changes()).toEqual([])
})
