import { expect, test } from 'vitest'
import { realPlatform, senderDesk, type SenderDesk } from '../testing/sender-desk.ts'
import type { Client } from '../whatsapp/client.ts'
import { startNumberSync } from './sync.ts'

const soon = { timeout: 10_000, interval: 20 }

function sync(desk: SenderDesk, client: () => Client | undefined, reports: unknown[] = []) {
  return startNumberSync({
    db: desk.db,
    log: desk.log,
    clock: realPlatform,
    client,
    accountId: () => desk.simulator.account.accountId,
    report: (error) => reports.push(error),
    retryMs: 50,
  })
}

test('the firm’s numbers are known by name, and those already known keep their id', async () => {
  const desk = await senderDesk()
  const numbers = sync(desk, () => desk.client())
  await numbers.check()
  const [first] = desk.simulator.account.numbers
  const before = await desk.ownNumber()

  await numbers.check()
  await numbers.stop()

  expect(await desk.ownNumber()).toMatchObject({
    id: desk.number.id,
    displayPhone: first?.displayPhoneNumber,
    name: first?.verifiedName,
    accountId: desk.simulator.account.accountId,
    throughput: 'STANDARD',
    isOnBizApp: false,
    health: 'ok',
  })
  const rows = await desk.db.selectFrom('number').select('id').execute()
  expect(rows).toHaveLength(desk.simulator.account.numbers.length)
  const { checks: _asked, ...facts } = await desk.ownNumber()
  expect(before).toMatchObject(facts)
  expect(await desk.db.selectFrom('verification_change').selectAll().execute()).toEqual([])
})

test('a refused token pauses the number once, and what waits leaves when it is renewed', async () => {
  const desk = await senderDesk()
  let client = desk.client({ token: 'EAA-old' })
  desk.sender({ clientFor: () => client })
  const chat = await desk.chat()
  const id = await desk.write(chat, 'Moin')
  await expect.poll(async () => (await desk.ownNumber()).health, soon).toBe('paused')
  const other = await desk.write(await desk.chat('Zweite'), 'Auch')
  const reports: unknown[] = []
  const numbers = sync(desk, () => client, reports)
  await numbers.check()
  await numbers.check()

  expect(await desk.ownNumber()).toMatchObject({ health: 'paused', healthReason: '190' })
  expect(await desk.status(other)).toBe('queued')
  expect((await desk.outbox(id))?.state).toBe('queued')
  expect(reports).toHaveLength(1)

  client = desk.client()
  await expect.poll(() => desk.status(other), soon).toBe('accepted')
  await expect.poll(() => desk.status(id), soon).toBe('accepted')
  expect(await desk.ownNumber()).toMatchObject({ health: 'ok' })
  expect(await desk.accepted()).toHaveLength(2)
  await numbers.stop()
})
