import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Message } from '../../core/domain/message.ts'
import { must } from '../../core/lib/must.ts'
import { clock } from '../../server/clock.ts'
import { readConfig } from '../../server/config.ts'
import { hooks } from '../../server/hooks.ts'
import { startServer } from '../../server/index.ts'
import { startIntake } from '../../server/intake/worker.ts'
import { createLog, prepareLane } from '../../server/log/log.ts'
import { testDatabase } from '../../server/testing/database.ts'
import type { Database } from '../../server/store/database.ts'
import { startSimulator } from '../../simulator/start.ts'
import { createApi, type Api } from '../../tools/desk/api.ts'
import { signed } from '../fixtures/intake.ts'
import { richBodies, sharedBodies } from '../fixtures/ledger.ts'
import { conversationKey, isOurOwn, readRows, whatWasTold } from '../support/told.ts'

const soon = { timeout: 30_000, interval: 50 }
const appSecret = 'the-secret-of-this-app'
const password = 'correct horse battery'
const email = 'anna@nordwerk.example'

/** A whole server on a database that stays, with a platform whose customers read and answer. */
async function aFirm() {
  const { db, url: databaseUrl } = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'kontor-rebuild-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const latencyMs = { sent: 5, delivered: 20, read: 40 }
  const simulator = await startSimulator({ appSecret, verifyToken: 'verify', latencyMs })
  onTestFinished(() => simulator.close())
  const server = await startServer(
    readConfig(['--data', folder, '--database', databaseUrl, '--port', '0', '--log', 'silent'], {
      KONTOR_ADMIN_EMAIL: email,
      KONTOR_ADMIN_PASSWORD: password,
      WHATSAPP_GRAPH_URL: simulator.url,
      WHATSAPP_TOKEN: simulator.account.token,
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_VERIFY_TOKEN: 'verify',
      WHATSAPP_BUSINESS_ACCOUNT_ID: simulator.account.accountId,
    }),
  )
  onTestFinished(() => server.close())
  const webhook = `${server.url}/webhooks/whatsapp`
  const control = createApi(`${simulator.url}/control`)
  await control.patch('/account', { webhook })
  const { token } = await createApi(`${server.url}/api/v1`).post<{ token: string }>('/sessions', {
    email,
    password,
  })
  async function post(body: unknown): Promise<void> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
    const headers = signed(bytes, appSecret)
    const answer = await fetch(webhook, { method: 'POST', body: new Uint8Array(bytes), headers })
    expect(answer.status).toBe(200)
  }
  return { db, control, api: createApi(`${server.url}/api/v1`, token), post }
}

const isThrough = async (db: Database) => {
  const { left } = await db
    .selectFrom('webhook_call')
    .select((eb) => eb.fn.countAll<number>().as('left'))
    .where('state', '=', 'received')
    .executeTakeFirstOrThrow()
  return left === 0
}

/** Customers write, are answered, read, and react to the answers. */
async function talk({ db, control, api }: { db: Database; control: Api; api: Api }): Promise<void> {
  const people = await Promise.all(
    ['Ada Beispiel', 'Bo Muster'].map((name) =>
      control.post<{ id: string }>('/customers', { name, reads: true }),
    ),
  )
  for (const { id } of people) {
    const say = (message: object) =>
      control.post<{ wamid: string }>(`/customers/${id}/messages`, message)
    const { wamid: first } = await say({ type: 'text', text: 'Ist das noch da?' })
    await say({ type: 'audio', audio: {} })
    const find = async () =>
      db.selectFrom('message').select('data').where('wamid', '=', first).executeTakeFirst()
    await expect.poll(find, soon).toBeDefined()
    const { conversationId, id: messageId } = must(await find(), 'message').data
    const path = `/conversations/${conversationId}/messages`
    const replies: string[] = []
    for (const text of ['Ja, noch da.', 'Wir schicken es heute.']) {
      replies.push((await api.post<{ id: string }>(path, { type: 'text', text })).id)
    }
    await api.post(path, { type: 'reaction', messageId, emoji: '🙂' })
    const isRead = async () => {
      const rows = await db
        .selectFrom('message')
        .select('data')
        .where('id', 'in', replies)
        .execute()
      return rows.map(({ data }) => data.status)
    }
    await expect.poll(isRead, soon).toEqual(['read', 'read'])
    const reply = await db
      .selectFrom('message')
      .select('wamid')
      .where('id', '=', replies[0]!)
      .executeTakeFirstOrThrow()
    await say({ type: 'reaction', reaction: { message_id: reply.wamid, emoji: '😍' } })
    await say({ type: 'text', text: 'Danke!', context: { id: reply.wamid } })
  }
}

/** Only what came from outside: the calls, byte for byte, as if nobody had understood any yet. */
async function copyCalls(from: Database, to: Database): Promise<void> {
  const calls = await from
    .selectFrom('webhook_call')
    .select(['id', 'sha256', 'received_at', 'body'])
    .orderBy('id')
    .execute()
  await to.insertInto('webhook_call').values(calls).execute()
}

/** What one of us wrote is in no webhook. It is put back the way a backup has it: as it was when WhatsApp took it. */
async function putBackOurs(from: Database, to: Database): Promise<void> {
  const [before, after] = [await readRows(from), await readRows(to)]
  const log = createLog(to, { nowMs: () => clock.nowMs(), beforeCommit: hooks })
  for (const message of before.messages.filter(isOurOwn)) {
    const thread = must(
      before.conversations.find(({ id }) => id === message.conversationId),
      'conversation',
    )
    const key = conversationKey(before, thread)
    const { id } = must(
      after.conversations.find((one) => conversationKey(after, one) === key),
      `conversation ${key}`,
    )
    await log.write(async (tx) => {
      const conversation = must(await tx.get('conversation', id), 'conversation')
      const { queued, accepted } = message.statusAt
      const { error: _error, price: _price, ...rest } = message
      const row: Message = {
        ...rest,
        conversationId: id,
        numberId: conversation.numberId,
        ord: conversation.lastOrd + 1,
        status: message.direction === 'note' ? 'saved' : 'accepted',
        statusAt: { ...(queued && { queued }), ...(accepted && { accepted }) },
        reactions: [],
      }
      tx.put({ entity: 'message', row })
      tx.put({ entity: 'conversation', row: { ...conversation, lastOrd: row.ord } })
    })
  }
}

test('the whole ledger in an empty database brings back every conversation, message, status and reaction', async () => {
  const firm = await aFirm()
  await talk(firm)
  for (const body of [...richBodies, ...sharedBodies()]) await firm.post(body)
  await expect.poll(() => isThrough(firm.db), soon).toBe(true)

  const { db: empty } = await testDatabase()
  await prepareLane(empty, () => clock.newId())
  await copyCalls(firm.db, empty)
  const log = createLog(empty, { nowMs: () => clock.nowMs(), beforeCommit: hooks })
  const troubles: unknown[] = []
  const intake = startIntake({
    db: empty,
    log,
    clock,
    onMedia: async () => undefined,
    onTrouble: (trouble) => troubles.push(trouble),
  })
  await intake.idle()
  await intake.stop()
  expect(troubles).toEqual([])
  await putBackOurs(firm.db, empty)

  const [told, again] = [await whatWasTold(firm.db), await whatWasTold(empty)]
  expect(told.messages.length).toBeGreaterThan(20)
  expect(told.ours.length).toBe(6)
  expect(again.contacts).toEqual(told.contacts)
  expect(again.conversations).toEqual(told.conversations)
  expect(again.messages).toEqual(told.messages)
  expect(again.ours).toEqual(told.ours)
}, 120_000)
