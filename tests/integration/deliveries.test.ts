import { expect, test } from 'vitest'
import { contactName } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import { aSignedInConsole, soon } from './whole-desk.ts'

test('what did not leave and what was not understood can be seen and done again from the console', async () => {
  const { api, control } = await aSignedInConsole()
  const ada = await control<{ id: string }>('/customers', { name: 'Ada', phone: '+494012340177' })
  const hello = { type: 'text', text: { body: 'Moin' } }
  await control(`/customers/${ada.id}/messages`, hello)
  const open = async () => (await api.call('inbox.page', { view: { kind: 'open' }, limit: 9 })).rows
  await expect.poll(async () => (await open()).length, soon).toBe(1)
  const { conversation } = must((await open())[0], 'conversation')
  const { id: conversationId } = conversation
  await control('/faults', { kind: 'error', code: 131026, count: 1 })
  const basedOn = conversation.lastMessage?.messageId ?? null
  const body = { type: 'text' as const, text: 'Guten Tag' }
  const { id: messageId } = await api.call('message.send', { conversationId, body, basedOn })

  const stuck = async () => (await api.call('delivery.stuck', {})).items
  await expect.poll(async () => (await stuck()).length, soon).toBe(1)
  const first = must((await stuck())[0], 'message')
  expect(first).toMatchObject({ messageId, conversationId, state: 'failed', attempts: 1 })
  expect(first.error?.code).toBe(131026)
  expect(contactName(must(first.contact, 'contact'))).toBe('Ada')

  await control('/webhooks', { object: 'whatsapp_business_account', entry: ['none of that'] })
  const failed = async () => (await api.call('delivery.calls', { isFailed: true })).items
  await expect.poll(async () => (await failed()).length, soon).toBe(1)
  const call = must((await failed())[0], 'call')
  expect(call.parts).toMatchObject([{ outcome: 'failed' }])
  const again = await api.call('delivery.replay', { id: call.id })
  expect(again).toMatchObject({ id: call.id, parts: call.parts })
  const all = await api.call('delivery.calls', { isFailed: false })
  expect(all.items.length).toBeGreaterThan(1)
})
