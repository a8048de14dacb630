import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import type { ConversationId } from '../core/domain/ids.ts'
import type { OwnNumber } from '../core/domain/people.ts'
import { must } from '../core/lib/must.ts'
import { clock } from '../server/clock.ts'
import { createLog, type Log } from '../server/log/log.ts'
import { enqueueSends } from '../server/sender/enqueue.ts'
import { pauseNumber, resumeNumber } from '../server/sender/health.ts'
import { median, quantile, say, type Benchmark, type Figure } from './lib/figures.ts'
import { addContacts, queueBulk, writeReplies } from './lib/firm.ts'
import { administrator, startBenchServer, type BenchServer } from './lib/server.ts'
import { startBenchSimulator, type BenchSimulator } from './lib/simulator.ts'

const rounds = 3
const perRound = 5000
const contacts = 500
/** Calls at once of the bare loop: as many as the sender has for one number that is not paced. */
const connections = 128
const bulk = 100_000
const repliesPerSecond = 5
const replySeconds = 20
/** Longest that any step may take. */
const patienceMs = 180_000

type Bench = {
  server: BenchServer
  simulator: BenchSimulator
  log: Log
  number: OwnNumber
  token: string
}

/**
 * Messages a second through the outbox to a simulator without limits, from the first call until the last is written
 * down as accepted, against posting the same bodies in a bare loop; then how long replies of people wait while one
 * hundred thousand messages to many are leaving.
 */
export const send: Benchmark = {
  about:
    'messages a second through the sender against a bare loop of the same posts, and replies overtaking 100,000 bulk messages',
  async run(): Promise<Figure[]> {
    const simulator = await startBenchSimulator()
    await simulator.dropStatuses()
    const server = await startBenchServer({
      WHATSAPP_GRAPH_URL: simulator.url,
      WHATSAPP_TOKEN: simulator.account.token,
      WHATSAPP_BUSINESS_ACCOUNT_ID: simulator.account.accountId,
      KONTOR_PACE: 'off',
    })
    try {
      const bench = await prepare(server, simulator)
      return [...(await throughput(bench)), ...(await overtaking(bench))]
    } finally {
      await server.close()
      await simulator.close()
    }
  },
}

async function prepare(server: BenchServer, simulator: BenchSimulator): Promise<Bench> {
  const log = createLog(server.db, { nowMs: () => clock.nowMs(), beforeCommit: [enqueueSends] })
  await until(async () => (await numbers(server)).length > 0)
  const number = must((await numbers(server))[0], 'number')
  const answer = await post(`${server.url}/api/v1/sessions`, administrator)
  const { token } = (await answer.json()) as { token: string } // what signing in answers
  return { server, simulator, log, number, token }
}

async function throughput(bench: Bench): Promise<Figure[]> {
  const conversations = await addContacts(bench.log, bench.number, contacts, 15_120_000_000)
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await sendAll(bench, conversations))
    bare.push(await postBare(bench))
    say(`round ${round + 1}: ${ours.at(-1)?.toFixed(0)} /s, bare ${bare.at(-1)?.toFixed(0)} /s`)
  }
  const ratios = ours.map((rate, index) => rate / (bare[index] ?? Number.NaN))
  return [
    { name: 'messages through the sender', value: median(ours), unit: '/s' },
    { name: 'bare loop of the same posts', value: median(bare), unit: '/s' },
    { name: 'ratio', value: median(ratios), unit: '×' },
  ]
}

/** @returns messages a second, from the first that WhatsApp took until the last was written down */
async function sendAll(bench: Bench, conversations: readonly ConversationId[]): Promise<number> {
  const { log, number, server, simulator } = bench
  const user = await administratorOf(server)
  const error = { code: 'bench', title: 'Gathering' }
  await log.write((tx) => pauseNumber(tx, number.id, error))
  const ids = await writeReplies(log, user, conversations, perRound)
  await log.write((tx) => resumeNumber(tx, number.id))
  await until(async () => (await countAccepted(server, ids)) === ids.length)
  const took = await simulator.accepted()
  const firstMs = Math.min(...ids.map((id) => must(took.get(id), 'accepted message')))
  const { rows } = await sql<{ last: number }>`
    select max((data->'statusAt'->>'accepted')::bigint) as last from message where id = any(${ids}::text[])
  `.execute(server.db)
  return (ids.length / (must(rows[0], 'time').last - firstMs)) * 1000
}

/** The same bodies again over connections that stay open, and nothing written down. @returns posts a second */
async function postBare({ simulator, number }: Bench): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const path = `/v25.0/${number.phoneNumberId}/messages`
  const url = new URL(path, simulator.url)
  const headers = {
    authorization: `Bearer ${simulator.account.token}`,
    'content-type': 'application/json',
  }
  const startedMs = performance.now()
  let next = 0
  const worker = async () => {
    for (let index = next++; index < perRound; index = next++) {
      const body = JSON.stringify({
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: `+49${15_120_000_000 + (index % contacts)}`,
        type: 'text',
        text: { body: `Ihre Bestellung 4711-${index} ist unterwegs.` },
        biz_opaque_callback_data: clock.newId(),
      })
      const status = await new Promise<number>((resolve, reject) => {
        const asked = request(url, { agent, method: 'POST', headers }, (answer) => {
          answer.resume()
          answer.on('end', () => resolve(answer.statusCode ?? 0))
        })
        asked.on('error', reject)
        asked.end(body)
      })
      if (status !== 200) throw new Error(`the simulator answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  agent.destroy()
  return (perRound / (performance.now() - startedMs)) * 1000
}

/** How long a reply waits, from its commit until WhatsApp's answer is written down, while the bulk is leaving. */
async function overtaking(bench: Bench): Promise<Figure[]> {
  const { log, number, server } = bench
  say(`queueing ${bulk} messages to many`)
  const many = await addContacts(log, number, bulk, 16_000_000_000)
  const people = await addContacts(log, number, 100, 17_000_000_000)
  await queueBulk(log, many)
  const leftBefore = await countLeft(server)
  const startedMs = performance.now()
  const ids: string[] = []
  for (let index = 0; index < repliesPerSecond * replySeconds; index += 1) {
    const dueMs = startedMs + (index * 1000) / repliesPerSecond
    await wait(Math.max(0, dueMs - performance.now()))
    ids.push(await reply(bench, must(people[index % people.length], 'conversation'), index))
  }
  await until(async () => (await countAccepted(server, ids)) === ids.length)
  const seconds = (performance.now() - startedMs) / 1000
  const left = (await countLeft(server)) - leftBefore
  say(`${left} of ${bulk} left in ${seconds.toFixed(0)} s beside ${ids.length} replies`)
  const { rows } = await sql<{ waited: number }>`
    select (data->'statusAt'->>'accepted')::bigint - (data->'statusAt'->>'queued')::bigint as waited
    from message where id = any(${ids}::text[])
  `.execute(server.db)
  const waits = rows.map(({ waited }) => waited)
  return [
    { name: 'replies during 100,000 bulk messages, p50', value: quantile(waits, 0.5), unit: 'ms' },
    { name: 'replies during 100,000 bulk messages, p99', value: quantile(waits, 0.99), unit: 'ms' },
    { name: 'bulk messages meanwhile', value: left / seconds, unit: '/s' },
  ]
}

/** Over HTTP, as any program of the firm would. */
async function reply({ server, token }: Bench, id: ConversationId, index: number): Promise<string> {
  const path = `${server.url}/api/v1/conversations/${id}/messages`
  const body = { type: 'text', text: `Gern, Frau Beispiel, Nummer ${index}.` }
  const answer = await post(path, body, { authorization: `Bearer ${token}` })
  if (answer.status !== 202) throw new Error(`a reply was answered ${answer.status}`)
  return ((await answer.json()) as { id: string }).id // a message
}

function post(url: string, body: object, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

async function numbers({ db }: BenchServer): Promise<OwnNumber[]> {
  const rows = await db.selectFrom('number').select('data').execute()
  return rows.map(({ data }) => data)
}

async function administratorOf({ db }: BenchServer) {
  const { data } = await db.selectFrom('user').select('data').executeTakeFirstOrThrow()
  return data
}

async function countAccepted({ db }: BenchServer, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from outbox where id = any(${ids}::text[]) and state = 'accepted'
  `.execute(db)
  return rows[0]?.count ?? 0
}

async function countLeft({ db }: BenchServer): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from outbox where lane = 9 and state = 'accepted'
  `.execute(db)
  return rows[0]?.count ?? 0
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + patienceMs
  while (!(await isDone())) {
    if (performance.now() > deadlineMs) throw new Error('it did not happen in time')
    await wait(25)
  }
}
