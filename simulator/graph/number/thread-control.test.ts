import { expect, test } from 'vitest'
import { aDesk } from '../../testing/desk.ts'

test('a thread that was passed on is answered elsewhere until it comes back', async () => {
  await using desk = await aDesk()
  const { id } = await desk.person({ name: 'Ada', phone: '+4915123456789' })
  const ask = async (action: string, to = '+4915123456789') => {
    const { status, body } = await desk.graph(`/${desk.numberId}/thread_control`, {
      messaging_product: 'whatsapp',
      to,
      action,
      metadata: 'Frage zur Rechnung',
      control_pass: { target_role: 'escalation' },
    })
    return (body.error?.code as number | undefined) ?? status
  }
  expect(await ask('give')).toBe(100)
  expect(await ask('take')).toBe(2494191)
  expect(await ask('pass', '+4915199999999')).toBe(131009)
  expect(await ask('release')).toBe(200)
  expect(await ask('pass')).toBe(200)
  expect(await ask('pass')).toBe(131005)
  expect((await desk.text('+4915123456789', 'x')).body.error.code).toBe(131005)
  await expect
    .poll(() => desk.sink.values('messaging_handovers'), { timeout: 5000 })
    .toMatchObject([
      {
        type: 'control_passed',
        control_passed: { new_owner_role: 'escalation', metadata: 'Frage zur Rechnung' },
      },
    ])
  await desk.control(`/customers/${id}/handover`, { to: 'us' })
  expect((await desk.text('+4915123456789', 'x')).status).toBe(200)
})
