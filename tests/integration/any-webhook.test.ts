import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { startServer } from '../../server/index.ts'
import { testDatabase } from '../../server/testing/database.ts'
import { anyBody } from '../fixtures/any-body.ts'
import { ayse, body, change, contact, message, ourNumber, text } from '../fixtures/bodies.ts'
import { secret, signed } from '../fixtures/intake.ts'

/** Another one each time; a failure names it, and `KONTOR_SEED` brings it back. */
const seed = Number(process.env.KONTOR_SEED ?? Date.now() % 2 ** 31)
const numRuns = Number(process.env.KONTOR_RUNS ?? 150)

/** A server as an operator starts it. */
async function realServer() {
  const { db, url: databaseUrl } = await testDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'kontor-any-'))
  const server = await startServer(
    readConfig([], {
      KONTOR_DATA: folder,
      KONTOR_PORT: '0',
      KONTOR_LOG_LEVEL: 'fatal',
      DATABASE_URL: databaseUrl,
      WHATSAPP_APP_SECRET: secret,
      WHATSAPP_VERIFY_TOKEN: 'say-friend',
    }),
  )
  onTestFinished(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  async function post(bytes: Buffer): Promise<number> {
    const response = await fetch(`${server.url}/webhooks/whatsapp`, {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { 'content-type': 'application/json', ...signed(bytes) },
    })
    await response.arrayBuffer()
    return response.status
  }
  return { db, post }
}

test(`whatever a body holds, it is kept, and the next message arrives within a second (seed ${seed})`, async () => {
  const { db, post } = await realServer()
  let count = 0

  /** A good message, and how long it took until it was in its thread. */
  async function goodMessage(): Promise<number> {
    count += 1
    const wamid = `wamid.GOOD${count}`
    const good = {
      contacts: [contact(ayse)],
      messages: [message(ayse, text('Gut'), { id: wamid })],
    }
    const startedAtMs = performance.now()
    // On a number of its own: what a broken body says of ours may be anything.
    const on = { ...ourNumber, id: '106200000000999' }
    const bytes = Buffer.from(JSON.stringify(body(change('messages', good, on))))
    expect(await post(bytes)).toBe(200)
    const find = () =>
      db.selectFrom('message').select('id').where('wamid', '=', wamid).executeTakeFirst()
    while ((await find()) === undefined && performance.now() - startedAtMs < 5000) await wait(2)
    return performance.now() - startedAtMs
  }

  /** Calls that could not be folded at the first try. */
  const troubles = () =>
    db.selectFrom('webhook_call').select('error').where('attempts', '>', 0).execute()

  await goodMessage() // the first of all makes the connections
  await fc.assert(
    fc.asyncProperty(anyBody, async (bytes) => {
      expect(await post(bytes)).toBe(200)
      expect(await goodMessage()).toBeLessThan(1000)
      expect(await troubles()).toEqual([])
      const kept = await db
        .selectFrom('webhook_call')
        .select('body')
        .orderBy('id', 'desc')
        .limit(2)
        .execute()
      expect(kept.some((call) => call.body?.equals(bytes))).toBe(true)
    }),
    { seed, numRuns, endOnFailure: false },
  )

  const open = await db
    .selectFrom('webhook_call')
    .select(['id', 'error'])
    .where('state', '=', 'received')
    .execute()
  expect(open).toEqual([])
}, 300_000)
