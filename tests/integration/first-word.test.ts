import { expect, test } from 'vitest'
import { must } from '../../core/lib/must.ts'
import { aSignedInConsole, soon } from './whole-desk.ts'

test('the firm writes first, with a template, and repeats it when asked', async () => {
  const { api, control, simulator } = await aSignedInConsole()
  const ada = await control<{ id: string }>('/customers', { name: 'Ada', phone: '+494012340177' })
  const numbers = async () => (await api.call('directory.all', {})).numbers
  await expect.poll(async () => (await numbers()).length, soon).toBeGreaterThan(0)
  const number = must((await numbers())[0], 'number')

  const who = { numberId: number.id, phone: '0049 40 1234 0177', name: 'Ada' }
  const { conversationId } = await api.call('conversation.start', who)
  expect(await api.call('conversation.start', who)).toEqual({ conversationId })
  const thread = () => api.call('thread.page', { conversationId, limit: 50 })
  expect(await thread()).toMatchObject({ contact: { phone: '+494012340177' }, messages: [] })
  expect(await api.call('conversation.typing', { conversationId })).toBeNull()

  const on = { conversationId, basedOn: null }
  const text = { type: 'text' as const, text: 'Guten Tag' }
  await expect(api.call('message.send', { ...on, body: text })).rejects.toMatchObject({
    code: 'window-closed',
  })
  const offers = () => api.call('template.list', { conversationId })
  await expect.poll(async () => (await offers()).length, soon).toBe(1)
  const { template, reason } = must((await offers())[0], 'template')
  expect([template.name, reason]).toEqual(['hello_world', null])

  const templateId = template.id
  const body = { type: 'template' as const, templateId, params: [] }
  await expect(
    api.call('message.send', { ...on, body: { ...body, params: ['zu viel'] } }),
  ).rejects.toMatchObject({ code: 'template-mismatch', details: { at: '/body/params/0' } })
  const { id } = await api.call('message.send', { ...on, body })
  expect((await thread()).messages).toMatchObject([
    {
      id,
      text: template.body,
      template: { name: 'hello_world', shown: { header: 'Hello World' } },
    },
  ])
  const status = async (of: string) =>
    (await thread()).messages.find((message) => message.id === of)?.status
  await expect.poll(() => status(id), soon).toMatch(/accepted|sent|delivered|read/)

  const again = await api.call('message.resend', { messageId: id })
  await expect.poll(() => status(again.id), soon).toMatch(/accepted|sent|delivered|read/)
  const arrived = async () => {
    const answered = await fetch(`${simulator.url}/control/customers/${ada.id}/messages`)
    return ((await answered.json()) as { items: { type: string }[] }).items
  }
  await expect.poll(async () => (await arrived()).length, soon).toBe(2)
  expect((await arrived()).map(({ type }) => type)).toEqual(['template', 'template'])
}, 60_000)

test('who says stop gets no marketing, refused before WhatsApp is asked', async () => {
  const { api, control, simulator } = await aSignedInConsole([
    {
      ...{ name: 'herbst', language: 'de', category: 'MARKETING' },
      components: [{ type: 'BODY', text: 'Im Herbst sind alle Filter günstiger.' }],
    },
  ])
  const ada = await control<{ id: string }>('/customers', { name: 'Ada', phone: '+494012340178' })
  await control(`/customers/${ada.id}/messages`, { type: 'text', text: { body: 'Hallo' } })
  const page = () => api.call('inbox.page', { view: { kind: 'open' }, limit: 10 })
  await expect.poll(async () => (await page()).total, soon).toBe(1)
  const conversationId = must((await page()).rows[0], 'conversation').conversation.id
  const offer = async () => {
    const offers = await api.call('template.list', { conversationId })
    return offers.find(({ template }) => template.name === 'herbst')
  }
  await expect.poll(async () => (await offer())?.reason, soon).toBe(null)

  let announced = 0
  api.on('template.changed', () => (announced += 1))
  await control(`/customers/${ada.id}/opt-out`, {})
  await expect.poll(async () => (await offer())?.reason, soon).toBe('marketing-stopped')
  expect(announced).toBeGreaterThan(0)

  const templateId = must(await offer(), 'template').template.id
  const body = { type: 'template' as const, templateId, params: [] }
  await expect(
    api.call('message.send', { conversationId, basedOn: null, body }),
  ).rejects.toMatchObject({ code: 'marketing-stopped' })
  const { items } = (await (await fetch(`${simulator.url}/control/accepted`)).json()) as {
    items: unknown[]
  }
  expect(items).toEqual([])
}, 60_000)
