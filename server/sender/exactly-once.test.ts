import fc from 'fast-check'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { senderDesk, type SenderDesk } from '../testing/sender-desk.ts'

const soon = { timeout: 15_000, interval: 20 }
const becomes = (desk: SenderDesk, id: string, status: string) =>
  expect.poll(() => desk.status(id), soon).toBe(status)
const rowBecomes = (desk: SenderDesk, id: string, state: string) =>
  expect.poll(async () => (await desk.outbox(id))?.state, soon).toBe(state)

describe('an answer that never comes', () => {
  test('is explained by a status, and the message never leaves twice', async () => {
    const desk = await senderDesk()
    const client = desk.client({ timeoutMs: 300 })
    const sender = desk.sender({ clientFor: () => client })
    await desk.fault({ kind: 'timeout-after-accept', count: 1, delayMs: 2000 })
    const chat = await desk.chat()
    const id = await desk.write(chat, 'Moin')
    const second = await desk.write(chat, 'Noch etwas')

    await rowBecomes(desk, id, 'unknown')
    await sender.idle()
    expect(await desk.status(id)).toBe('sending')
    expect((await desk.outbox(second))?.state).toBe('queued')
    await desk.applyStatuses()
    await expect.poll(() => desk.status(id), soon).toMatch(/sent|delivered/)
    await becomes(desk, second, 'accepted')
    expect((await desk.outbox(id))?.state).toBe('accepted')
    expect((await desk.accepted()).map((one) => one.callbackData)).toEqual([id, second])
  })

  test('becomes the person’s to decide when nothing explains it, and what follows may go', async () => {
    const desk = await senderDesk()
    const client = desk.client({ timeoutMs: 300 })
    desk.sender({ clientFor: () => client, uncertainAfterMs: 300 })
    await desk.fault({ kind: 'timeout-after-accept', count: 1, delayMs: 2000 })
    const chat = await desk.chat()
    const id = await desk.write(chat, 'Moin')
    const second = await desk.write(chat, 'Noch etwas')

    await becomes(desk, id, 'uncertain')
    expect((await desk.message(id)).statusAt.uncertain).toBeGreaterThan(0)
    await becomes(desk, second, 'accepted')
    await expect.poll(() => desk.sink.values('messages').length, soon).toBeGreaterThanOrEqual(4)
    await desk.applyStatuses()
    expect(await desk.status(id)).toBe('delivered')
    expect((await desk.outbox(id))?.state).toBe('accepted')
    expect(await desk.accepted()).toHaveLength(2)
  })

  test('may come after the statuses did', async () => {
    const desk = await senderDesk()
    desk.sender()
    await desk.fault({ kind: 'slow', count: 1, delayMs: 1, path: '/messages' })
    const client = desk.client()
    let letGo: () => void = () => undefined
    const held = new Promise<void>((resolve) => (letGo = resolve))
    desk.sender({
      clientFor: () => ({
        ...client,
        async sendMessage(number, body) {
          const outcome = await client.sendMessage(number, body)
          await held
          return outcome
        },
      }),
    })
    const id = await desk.write(await desk.chat(), 'Moin')
    await expect.poll(() => desk.sink.values('messages').length, soon).toBeGreaterThanOrEqual(3)
    await desk.applyStatuses()
    letGo()
    await becomes(desk, id, 'delivered')
    expect(await desk.outbox(id)).toMatchObject({ state: 'accepted' })
    expect(await desk.accepted()).toHaveLength(1)
  })
})

test('a server that dies between the call and its answer leaves evidence, not a second message', async () => {
  const desk = await senderDesk()
  const client = desk.client()
  const dying = desk.sender({
    leaseMs: 400,
    clientFor: () => ({
      ...client,
      async sendMessage(number, body) {
        await client.sendMessage(number, body)
        return new Promise<never>(() => undefined)
      },
    }),
  })
  const id = await desk.write(await desk.chat(), 'Moin')
  await expect.poll(() => desk.accepted(), soon).toHaveLength(1)
  await dying.stop()
  expect((await desk.outbox(id))?.state).toBe('sending')

  desk.sender({ leaseMs: 400, uncertainAfterMs: 400 })
  await rowBecomes(desk, id, 'unknown')
  await becomes(desk, id, 'uncertain')
  await desk.applyStatuses()
  await becomes(desk, id, 'delivered')
  expect(await desk.accepted()).toHaveLength(1)
})

describe('what WhatsApp refuses', () => {
  test('because it was too much, goes later and once', async () => {
    const desk = await senderDesk()
    desk.sender()
    const codes = [4, 80007, 130429, 131056, 131057]
    for (const code of codes) {
      await desk.fault({ kind: 'error', code, count: 1 })
      const id = await desk.write(await desk.chat(), `nach ${code}`)
      await becomes(desk, id, 'accepted')
      expect((await desk.outbox(id))?.attempt).toBe(2)
    }
    const accepted = await desk.accepted()
    expect(accepted).toHaveLength(codes.length)
  }, 60_000)

  test('for good, fails with its code and is not tried again', async () => {
    const desk = await senderDesk()
    const sender = desk.sender()
    for (const code of [100, 131008, 131026, 131047, 131048, 131049, 132000, 132001, 135000]) {
      await desk.fault({ kind: 'error', code, count: 1 })
      const id = await desk.write(await desk.chat(), `nach ${code}`)
      await becomes(desk, id, 'failed')
      expect((await desk.message(id)).error).toMatchObject({ code, traceId: expect.any(String) })
      expect((await desk.outbox(id))?.attempt).toBe(1)
    }
    await sender.idle()
    expect(await desk.accepted()).toEqual([])
  })

  test('or not: nobody knows', async () => {
    const desk = await senderDesk()
    desk.sender({ uncertainAfterMs: 50 })
    for (const code of [1, 2, 131000, 131016]) {
      await desk.fault({ kind: 'error', code, count: 1 })
      const id = await desk.write(await desk.chat(), `nach ${code}`)
      await becomes(desk, id, 'uncertain')
      expect((await desk.outbox(id))?.attempt).toBe(1)
    }
  })

  test('because of the number, shows on the number until a message leaves', async () => {
    const desk = await senderDesk()
    desk.sender()
    const chat = await desk.chat()
    await desk.control('/account', { payment: false }, 'PATCH')
    await desk.fault({ kind: 'error', code: 131042, count: 1 })
    await becomes(desk, await desk.write(chat, 'eins'), 'failed')
    expect(await desk.ownNumber()).toMatchObject({ health: 'error', healthReason: '131042' })
    await becomes(desk, await desk.write(chat, 'zwei'), 'accepted')
    expect(await desk.ownNumber()).toMatchObject({ health: 'ok' })
  })
})

test('WhatsApp that cannot be reached is waited for', async () => {
  const desk = await senderDesk()
  const door = createServer()
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  const { port } = door.address() as AddressInfo
  await new Promise((resolve) => door.close(resolve))
  let client = desk.client({ graphUrl: `http://127.0.0.1:${port}` })
  desk.sender({ clientFor: () => client })
  const id = await desk.write(await desk.chat(), 'Moin')
  await expect.poll(async () => (await desk.outbox(id))?.attempt, soon).toBeGreaterThan(1)
  expect(await desk.outbox(id)).toMatchObject({ last_error: { code: 'ECONNREFUSED' } })
  await expect
    .poll(async () => (await desk.message(id)).error, soon)
    .toMatchObject({ code: 'ECONNREFUSED' })
  client = desk.client()
  await becomes(desk, id, 'accepted')
  expect((await desk.message(id)).error).toBeUndefined()
  expect(await desk.accepted()).toHaveLength(1)
})

test('while WhatsApp cannot be reached, one message in a while is tried, not all of them', async () => {
  const desk = await senderDesk()
  const ids: string[] = []
  for (let index = 0; index < 40; index += 1) ids.push(await desk.queue(await desk.chat()))
  const client = desk.client({ graphUrl: 'http://127.0.0.1:1' })
  const sender = desk.sender({ clientFor: () => client, concurrency: 4 })
  await expect.poll(async () => (await desk.outbox(ids[0]!))?.attempt, soon).toBeGreaterThan(1)
  await sender.stop()
  const rows = await Promise.all(ids.map((id) => desk.outbox(id)))
  const attempts = rows.reduce((sum, row) => sum + (row?.attempt ?? 0), 0)
  expect(attempts).toBeLessThan(40)
})

test('a backup that is played back sends nothing again, it asks', async () => {
  const desk = await senderDesk()
  const chat = await desk.chat()
  const id = await desk.write(chat, 'Moin')
  await desk.newEpoch()
  const sender = desk.sender()
  await becomes(desk, id, 'uncertain')
  const later = await desk.write(chat, 'Neu')
  await becomes(desk, later, 'accepted')
  await sender.idle()
  expect((await desk.accepted()).map((one) => one.callbackData)).toEqual([later])
})

test('a reply that could not leave in time asks instead of surprising the customer', async () => {
  const desk = await senderDesk()
  const id = await desk.write(await desk.chat(), 'Moin')
  const longAgo = new Date(Date.now() - 1000)
  await desk.db.updateTable('outbox').set({ expires_at: longAgo }).where('id', '=', id).execute()
  const sender = desk.sender()
  await becomes(desk, id, 'failed')
  await sender.idle()
  expect((await desk.message(id)).error).toMatchObject({ code: 'expired' })
  expect(await desk.accepted()).toEqual([])
})

test('whatever happens on the way, each message is accepted at most once, and in order within its lane', async () => {
  const desk = await senderDesk()
  const client = desk.client({ timeoutMs: 250 })
  const sender = desk.sender({ clientFor: () => client, uncertainAfterMs: 150, concurrency: 8 })
  const faults = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('slow'), delayMs: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ kind: fc.constant('error'), code: fc.constantFrom(130429, 131000, 100) }),
      fc.record({ kind: fc.constant('timeout-after-accept'), delayMs: fc.constant(400) }),
    ),
    { maxLength: 4 },
  )
  const property = fc.asyncProperty(
    faults,
    fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.boolean()), {
      minLength: 3,
      maxLength: 12,
    }),
    async (misfortunes, plan) => {
      const chats = await Promise.all([desk.chat(), desk.chat(), desk.chat()])
      for (const one of misfortunes) await desk.fault({ ...one, count: 2, path: '/messages' })
      const written = new Map<string, string[]>()
      for (const [index, [to, isBulk]] of plan.entries()) {
        const id = isBulk
          ? await desk.queue(chats[to]!, { lane: 'bulk' })
          : await desk.write(chats[to]!, `Nachricht ${index}`, { isAnyway: true })
        const lane = `${to} ${isBulk}`
        written.set(lane, [...(written.get(lane) ?? []), id])
      }
      const all = [...written.values()].flat()
      const settled = async () =>
        (await Promise.all(all.map((id) => desk.status(id)))).filter(
          (status) => status === 'queued' || status === 'sending',
        ).length
      // Throttled again and again, a number rests for up to a minute.
      await expect.poll(settled, { timeout: 90_000, interval: 20 }).toBe(0)
      await desk.control('/faults', undefined, 'DELETE').catch(() => undefined)
      const accepted = (await desk.accepted()).map((one) => one.callbackData)
      for (const ids of written.values()) {
        const left = accepted.filter((id) => ids.includes(id))
        expect(left).toEqual(ids.filter((id) => left.includes(id)))
      }
      for (const id of all) {
        const status = await desk.status(id)
        if (status === 'accepted') expect(accepted).toContain(id)
        if (status === 'failed') expect(accepted).not.toContain(id)
      }
    },
  )
  await fc.assert(property, { numRuns: 8, endOnFailure: true })
  await sender.idle()
}, 400_000)
