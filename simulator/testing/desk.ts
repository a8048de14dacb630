import type { JsonObject } from '../json.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from '../start.ts'
import { startSink, type Sink } from './sink.ts'

/** JSON as a test reads it: it looks into members that it knows are there. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = { status: number; headers: Headers; body: any }

export type Desk = Simulator & {
  sink: Sink
  numberId: string
  /** A Graph call with the account's token. */
  graph(path: string, body?: JsonObject, method?: string): Promise<Answer>
  control(path: string, body?: JsonObject, method?: string): Promise<Answer>
  /** A text to a phone or user id. */
  text(to: string, body: string, more?: JsonObject): Promise<Answer>
  /** A new person who has just written, so that the window is open. */
  person(wish: JsonObject): Promise<{ id: string; userId: string; wamid: string }>
  [Symbol.asyncDispose](): Promise<void>
}

const quick = { sent: 1, delivered: 1, read: 1, reply: 1, review: 1 }

/** A simulator and a sink that hears its webhooks, closed together at the end of a test. */
export async function aDesk(options: SimulatorOptions = {}): Promise<Desk> {
  const sink = await startSink('let me in')
  const simulator = await startSimulator({
    webhook: sink.url,
    appSecret: 'secret',
    verifyToken: 'let me in',
    latencyMs: quick,
    ...options,
  })
  const numberId = simulator.account.numbers[0]?.id ?? ''
  const ask = async (url: string, headers: object, body?: JsonObject, method?: string) => {
    const answer = await fetch(url, {
      method: method ?? (body ? 'POST' : 'GET'),
      headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    const parsed: unknown = text === '' ? undefined : JSON.parse(text)
    return { status: answer.status, headers: answer.headers, body: parsed }
  }
  const desk: Desk = {
    ...simulator,
    sink,
    numberId,
    graph: (path, body, method) =>
      ask(
        `${simulator.url}${path}`,
        { authorization: `Bearer ${simulator.account.token}` },
        body,
        method,
      ),
    control: (path, body, method) => ask(`${simulator.url}/control${path}`, {}, body, method),
    text: (to, body, more = {}) =>
      desk.graph(`/v25.0/${numberId}/messages`, {
        messaging_product: 'whatsapp',
        ...(to.includes('.') ? { recipient: to } : { to }),
        type: 'text',
        text: { body },
        ...more,
      }),
    async person(wish) {
      const made = await desk.control('/customers', wish)
      const hello = { type: 'text', text: { body: 'Hallo!' } }
      const wrote = await desk.control(`/customers/${made.body.id}/messages`, hello)
      const { id, userId } = made.body as { id: string; userId: string } // what the control API answers
      return { id, userId, wamid: String(wrote.body.wamid) }
    },
    async [Symbol.asyncDispose]() {
      await simulator.close()
      await sink.close()
    },
  }
  return desk
}
