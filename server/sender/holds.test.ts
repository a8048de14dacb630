import { expect, test } from 'vitest'
import type { TemplateId } from '../../core/domain/ids.ts'
import type { Template } from '../../core/domain/template.ts'
import { realPlatform, senderDesk, type Chat, type SenderDesk } from '../testing/sender-desk.ts'

const soon = { timeout: 10_000, interval: 20 }
const becomes = (desk: SenderDesk, id: string, status: string) =>
  expect.poll(() => desk.status(id), soon).toBe(status)

async function aTemplate(desk: SenderDesk, given: Partial<Template> = {}): Promise<Template> {
  const template: Template = {
    id: realPlatform.newId() as TemplateId, // made here
    accountId: desk.simulator.account.accountId,
    metaId: realPlatform.newId(),
    name: 'liefertermin',
    language: 'de',
    status: 'APPROVED',
    category: 'UTILITY',
    quality: 'GREEN',
    format: 'POSITIONAL',
    body: 'Ihre Lieferung kommt morgen.',
    buttons: [],
    examples: {},
    updatedAtMs: 0,
    ...given,
  }
  await desk.log.write(async (tx) => tx.put({ entity: 'template', row: template }))
  return template
}

async function decide(desk: SenderDesk, { id }: Template, given: Partial<Template>): Promise<void> {
  await desk.log.write(async (tx) => {
    const row = await tx.get('template', id)
    if (row) tx.put({ entity: 'template', row: { ...row, ...given } })
  })
}

/** As a rule or another part of the firm writes it: without asking whether the template may be used. */
function queue(desk: SenderDesk, chat: Chat, { id, name, language }: Template) {
  return desk.queue(chat, { type: 'template', template: { id, name, language, params: [] } })
}

test('a message waits while its template is paused, with one alert, and leaves when it is approved again', async () => {
  const desk = await senderDesk()
  const chat = await desk.chat()
  const template = await aTemplate(desk, { status: 'PAUSED' })
  const ids = [
    await queue(desk, chat, template),
    await queue(desk, await desk.chat(), template),
    await queue(desk, await desk.chat(), template),
  ]
  const sender = desk.sender()
  for (const id of ids) await becomes(desk, id, 'held')
  expect((await desk.message(ids[0]!)).error).toMatchObject({ code: 'template-paused' })
  expect(await desk.outbox(ids[0]!)).toMatchObject({ state: 'held', attempt: 0 })
  expect(desk.alerts).toEqual([
    { kind: 'template-paused', subject: template.id, code: 'template-paused' },
  ])

  const meanwhile = await desk.write(chat, 'Das geht trotzdem', { isAnyway: true })
  await becomes(desk, meanwhile, 'accepted')
  await decide(desk, template, { quality: 'RED' })
  await sender.idle()
  expect(await desk.status(ids[0]!)).toBe('held')

  await decide(desk, template, { status: 'APPROVED' })
  sender.wake()
  for (const id of ids) await becomes(desk, id, 'failed') // the simulator has no such template
  expect((await desk.message(ids[0]!)).error).toMatchObject({ code: 132001 })
  expect(await desk.outbox(ids[0]!)).toMatchObject({ state: 'failed', attempt: 1 })
})

test.each<[string, Partial<Template>]>([
  ['DISABLED', { status: 'DISABLED' }],
  ['REJECTED', { status: 'REJECTED' }],
  ['GONE', { isGone: true }],
])('a message whose template is %s fails without a call', async (details, given) => {
  const desk = await senderDesk()
  const template = await aTemplate(desk, given)
  const id = await queue(desk, await desk.chat(), template)
  desk.sender()
  await becomes(desk, id, 'failed')
  expect((await desk.message(id)).error).toMatchObject({ code: 'template-unavailable', details })
  expect((await desk.outbox(id))?.attempt).toBe(0)
})

test('what waits fails when its template is disabled, or when its own time is over', async () => {
  const desk = await senderDesk()
  const template = await aTemplate(desk, { status: 'PAUSED' })
  const first = await queue(desk, await desk.chat(), template)
  desk.sender()
  await becomes(desk, first, 'held')
  await decide(desk, template, { status: 'DISABLED' })
  await becomes(desk, first, 'failed')
  expect((await desk.message(first)).error).toMatchObject({ code: 'template-unavailable' })

  await decide(desk, template, { status: 'PAUSED' })
  const second = await queue(desk, await desk.chat(), template)
  await becomes(desk, second, 'held')
  const longAgo = new Date(Date.now() - 1000)
  await desk.db
    .updateTable('outbox')
    .set({ expires_at: longAgo })
    .where('id', '=', second)
    .execute()
  await becomes(desk, second, 'failed')
  expect((await desk.message(second)).error).toMatchObject({ code: 'expired' })
  expect(await desk.accepted()).toEqual([])
})

test('what a person dismisses while it waits does not leave when the template is back', async () => {
  const desk = await senderDesk()
  const template = await aTemplate(desk, { status: 'PAUSED' })
  const id = await queue(desk, await desk.chat(), template)
  const sender = desk.sender()
  await becomes(desk, id, 'held')
  await desk.act('message.dismiss', { id })
  expect(await desk.outbox(id)).toMatchObject({ state: 'dismissed' })
  await decide(desk, template, { status: 'APPROVED' })
  await sender.idle()
  expect(await desk.status(id)).toBe('failed')
  expect(await desk.outbox(id)).toMatchObject({ state: 'dismissed', attempt: 0 })
})

test('WhatsApp that pauses a template first fails that message, and the next ones wait', async () => {
  const desk = await senderDesk()
  const template = await aTemplate(desk)
  await desk.fault({ kind: 'error', code: 132015, count: 1 })
  const first = await queue(desk, await desk.chat(), template)
  desk.sender()
  await becomes(desk, first, 'failed')
  expect((await desk.message(first)).error).toMatchObject({
    code: 132015,
    traceId: expect.any(String) as unknown,
  })
  const second = await queue(desk, await desk.chat(), template)
  await becomes(desk, second, 'held')
})
