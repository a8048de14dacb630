import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from '../server/store/database.ts'
import { median, say, type Benchmark, type Figure } from './lib/figures.ts'
import { createPoster, prepare } from './lib/poster.ts'
import { countWaiting, startBenchServer, type BenchServer } from './lib/server.ts'
import { textWebhook } from './lib/webhooks.ts'

const rounds = 5
const perRound = 6000
/** Before the rounds, so that they measure a server that has been at it for a while. */
const warmUp = 6000
const contacts = 200
const connections = 128
/** Rows of one bare insert: what the intake gathers at most. */
const batchRows = 100

/**
 * Signed webhooks per second, from the first post until the last message is a row a console would be shown, against
 * inserting the same calls and messages into tables of the same shape in batches and nothing else.
 */
export const ingest: Benchmark = {
  about:
    'signed webhooks per second until durable and translated, against a bare batched insert of the same rows',
  async run(): Promise<Figure[]> {
    const server = await startBenchServer()
    try {
      await postAll(server, 0, warmUp)
      const ours: number[] = []
      const bare: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        const first = warmUp + round * perRound
        ours.push(await postAll(server, first, perRound))
        bare.push(await insertBare(server.db, first))
        say(`round ${round + 1}: ${ours.at(-1)?.toFixed(0)} /s, bare ${bare.at(-1)?.toFixed(0)} /s`)
      }
      const ratios = ours.map((rate, index) => rate / (bare[index] ?? Number.NaN))
      return [
        { name: 'webhooks durable and translated', value: median(ours), unit: '/s' },
        { name: 'bare batched insert of the same rows', value: median(bare), unit: '/s' },
        { name: 'ratio', value: median(ratios), unit: '×' },
      ]
    } finally {
      await server.close()
    }
  },
}

/** @returns webhooks per second */
async function postAll(server: BenchServer, first: number, count: number): Promise<number> {
  const requests = Array.from({ length: count }, (_, index) =>
    prepare(server.url, textWebhook(first + index, contacts)),
  )
  const poster = createPoster(server.url, connections)
  const startedMs = performance.now()
  let next = 0
  const worker = async () => {
    for (let index = next++; index < requests.length; index = next++) {
      const request = requests[index]
      if (request !== undefined && (await poster.post(request)) !== 200)
        throw new Error('a webhook was not answered 200')
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  while ((await countWaiting(server.db)) > 0) await wait(5)
  const elapsedMs = performance.now() - startedMs
  poster.close()
  const { rows } = await sql<{ count: number }>`select count(*) as count from message`.execute(
    server.db,
  )
  if (rows[0]?.count !== first + count) throw new Error('a message is missing')
  return (count / elapsedMs) * 1000
}

/** The calls and messages of one round again, into tables with the same columns and indexes but nobody behind them. */
async function insertBare(db: Database, first: number): Promise<number> {
  await sql`drop table if exists bench_call, bench_message`.execute(db)
  await sql`create table bench_call (like webhook_call including all)`.execute(db)
  await sql`create table bench_message (like message including all)`.execute(db)
  const { rows } = await sql<{
    body: Buffer
    id: string
    rev: number
    data: string
  }>`
    select call.body, message.id, message.rev, message.data::text as data
    from message join webhook_part part on part.message_id = message.id
    join webhook_call call on call.id = part.call_id
    order by message.rev desc limit ${perRound}
  `.execute(db)
  if (rows.length !== perRound) throw new Error(`bug: ${rows.length} rows of round ${first} found`)
  const startedMs = performance.now()
  for (let index = 0; index < rows.length; index += batchRows) {
    const batch = rows.slice(index, index + batchRows)
    await sql`
      with calls as (
        insert into bench_call (sha256, received_at, body, state)
        select 'bench', now(), body, 'done' from unnest(${batch.map((row) => row.body)}::bytea[]) as body
      )
      insert into bench_message (id, rev, data)
      select * from unnest(${batch.map((row) => row.id)}::text[], ${batch.map((row) => row.rev)}::bigint[], ${batch.map((row) => row.data)}::jsonb[])
    `.execute(db)
  }
  return (rows.length / (performance.now() - startedMs)) * 1000
}
