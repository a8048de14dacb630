import { expect, test } from 'vitest'
import { aDesk, type Desk } from '../../testing/desk.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const post = async (desk: Desk, edge: string, body = {}) => {
  const answer = await desk.graph(`/v25.0/${desk.numberId}/${edge}`, body)
  return (answer.body.error?.code as number | undefined) ?? answer.status
}
const register = (desk: Desk, pin: string) =>
  post(desk, 'register', { messaging_product: 'whatsapp', pin })
const pass = (desk: Desk, advanceMs: number) => desk.control('/clock', { advanceMs })
const numberOf = async (desk: Desk) =>
  (await desk.control('/numbers')).body.items[0] as { pin?: string; verificationCode?: string }
const field = async (desk: Desk, name: string) =>
  (await desk.graph(`/${desk.numberId}?fields=${name}`)).body[name] as unknown

test('a number that was taken off sends nothing, and comes back after five minutes with its PIN', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { pin = '' } = await numberOf(desk)
  expect(await post(desk, 'deregister')).toBe(200)
  expect(await field(desk, 'platform_type')).toBe('NOT_APPLICABLE')
  expect((await desk.text('+4915123456789', 'x')).body.error.code).toBe(133010)
  expect(await post(desk, 'deregister')).toBe(133010)
  expect(await register(desk, pin)).toBe(133015)
  await pass(desk, 5 * minuteMs)
  expect(await register(desk, '12345')).toBe(131009)
  expect(await register(desk, pin)).toBe(200)
  expect(await field(desk, 'status')).toBe('CONNECTED')
})

test('a wrong PIN is refused, too many lock it for an hour', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { pin = '' } = await numberOf(desk)
  const wrong = pin === '000000' ? '111111' : '000000'
  expect(await register(desk, wrong)).toBe(133005)
  expect(await register(desk, wrong)).toBe(133009)
  for (let guess = 2; guess <= 5; guess++) {
    await pass(desk, minuteMs)
    expect(await register(desk, wrong)).toBe(133005)
  }
  await pass(desk, minuteMs)
  expect(await register(desk, pin)).toBe(133008)
  await pass(desk, hourMs)
  expect(await register(desk, pin)).toBe(200)
})

test('ten registrations in 72 hours are allowed', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { pin = '' } = await numberOf(desk)
  for (let time = 0; time < 10; time++) expect(await register(desk, pin)).toBe(200)
  expect(await register(desk, pin)).toBe(133016)
  expect(await post(desk, 'deregister')).toBe(133016)
  await pass(desk, 72 * hourMs)
  expect(await register(desk, pin)).toBe(200)
})

test('a number is proven ours by the code that was sent to it', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { pin = '' } = await numberOf(desk)
  const ask = () => post(desk, 'request_code', { code_method: 'SMS', language: 'de' })
  expect(await ask()).toBe(136024)
  await desk.control(`/numbers/${desk.numberId}`, { codeVerification: 'NOT_VERIFIED' }, 'PATCH')
  expect(await register(desk, pin)).toBe(133006)
  expect(await post(desk, 'verify_code', { code: '123456' })).toBe(136025)
  expect(await post(desk, 'request_code', { code_method: 'POST', language: 'de' })).toBe(100)
  expect(await ask()).toBe(200)
  const { verificationCode: old = '' } = await numberOf(desk)
  await pass(desk, 10 * minuteMs)
  expect(await post(desk, 'verify_code', { code: old })).toBe(136025)
  expect(await ask()).toBe(200)
  const { verificationCode: code = '' } = await numberOf(desk)
  expect(await post(desk, 'verify_code', { code })).toBe(200)
  expect(await field(desk, 'code_verification_status')).toBe('VERIFIED')
  expect(await register(desk, pin)).toBe(200)
})

test('codes can be asked for five times an hour', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  await desk.control(`/numbers/${desk.numberId}`, { codeVerification: 'NOT_VERIFIED' }, 'PATCH')
  const ask = () => post(desk, 'request_code', { code_method: 'VOICE', language: 'de' })
  for (let time = 0; time < 5; time++) expect(await ask()).toBe(200)
  expect(await ask()).toBe(136024)
  await pass(desk, hourMs)
  expect(await ask()).toBe(200)
})

test('the PIN can be set, and is gone after a reset', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  expect((await desk.graph(`/${desk.numberId}`, { pin: '424242' })).status).toBe(200)
  expect((await numberOf(desk)).pin).toBe('424242')
  await desk.control(`/numbers/${desk.numberId}`, { pinEvent: 'PIN_RESET_REQUEST' }, 'PATCH')
  await desk.control(`/numbers/${desk.numberId}`, { pinEvent: 'PIN_REQUEST_SUCCESS' }, 'PATCH')
  expect(await field(desk, 'is_pin_enabled')).toBe(false)
  expect(await register(desk, '135790')).toBe(200)
  await expect
    .poll(() => desk.sink.values('security').map(({ event }) => event), { timeout: 5000 })
    .toEqual(['PIN_CHANGED', 'PIN_RESET_REQUEST', 'PIN_REQUEST_SUCCESS'])
})

test('an approved name has to be registered within a week', async () => {
  await using desk = await aDesk({ clock: 'manual' })
  const { pin = '' } = await numberOf(desk)
  const rename = async (name: string) => {
    await desk.graph(`/${desk.numberId}`, { new_display_name: name })
    await desk.control(`/numbers/${desk.numberId}`, { newNameStatus: 'APPROVED' }, 'PATCH')
  }
  await rename('Nordwerk Notdienst')
  const certificate = await field(desk, 'new_certificate')
  expect(certificate).toEqual(expect.any(String))
  await pass(desk, 6 * dayMs)
  expect(await register(desk, pin)).toBe(200)
  expect(await field(desk, 'certificate')).toBe(certificate)
  await pass(desk, 8 * dayMs)
  expect(await field(desk, 'name_status')).toBe('APPROVED')

  await rename('Nordwerk Wochenende')
  await pass(desk, 7 * dayMs)
  expect(await field(desk, 'name_status')).toBe('EXPIRED')
})

test('the account takes on as many numbers as the business may have', async () => {
  await using desk = await aDesk()
  const add = (more: object) =>
    desk.graph(`/${desk.account.accountId}/phone_numbers`, {
      cc: '49',
      phone_number: '40 300 688 30',
      verified_name: 'Nordwerk',
      ...more,
    })
  const { body } = await add({})
  const fields = 'display_phone_number,platform_type,code_verification_status,status'
  expect((await desk.graph(`/${body.id}?fields=${fields}`)).body).toMatchObject({
    display_phone_number: '+49 4030068830',
    platform_type: 'NOT_APPLICABLE',
    code_verification_status: 'NOT_VERIFIED',
    status: 'UNVERIFIED',
  })
  expect((await add({})).body.error.error_subcode).toBe(2388012)
  await desk.control('/account', { verification: 'not_verified' }, 'PATCH')
  expect((await add({ phone_number: '40 300 688 40' })).body.error.error_subcode).toBe(2388103)
  await desk.control(
    '/account',
    { restriction: { type: 'RESTRICTED_ADD_PHONE_NUMBER_ACTION' } },
    'PATCH',
  )
  expect((await add({ phone_number: '40 300 688 40' })).body.error.code).toBe(368)
})
