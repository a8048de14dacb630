import { createApi } from '../desk/api.ts'
import type { Desk } from '../desk.ts'

type Shown = { id: string; contact: { name?: string } }
type Written = { id: string; wamid?: string; status: string; type: string }
type Json = Record<string, unknown>

const settleWithinMs = 30_000
const secondMs = 1_000

/** One customer and the firm, as each writes: the simulator's controls and the server's HTTP interface. */
export class Doors {
  readonly name: string
  conversationId = ''
  readonly #control: ReturnType<typeof createApi>
  readonly #api: ReturnType<typeof createApi>
  readonly #desk: Desk
  #person: ReturnType<typeof createApi>
  #token: string
  #customerId = ''

  constructor(desk: Desk, name: string) {
    this.name = name
    this.#desk = desk
    this.#control = createApi(`${desk.simulatorUrl}/control`)
    this.#api = createApi(`${desk.url}/api/v1`, desk.apiKey)
    this.#person = this.#api
    this.#token = desk.apiKey
  }

  /** Whoever answers: messages carry their name. */
  async signIn({ email, password }: { email: string; password: string }): Promise<void> {
    const { token } = await this.#api.post<{ token: string }>('/sessions', {
      email,
      password,
      device: 'pictures',
    })
    this.#token = token
    this.#person = createApi(`${this.#desk.url}/api/v1`, token)
  }

  /** The person, and a first message that begins the conversation. */
  async meet(person: Json, first: Json): Promise<void> {
    const { id } = await this.#control.post<{ id: string }>('/customers', {
      name: this.name,
      reads: true,
      ...person,
    })
    this.#customerId = id
    await this.writes(first)
    await until(`${this.name} is in the inbox`, async () => {
      const all = await this.#api.list<Shown>('/conversations')
      this.conversationId = all.find(({ contact }) => contact.name === this.name)?.id ?? ''
      return this.conversationId !== ''
    })
  }

  /** The customer writes; answers when the server has it. */
  async writes(message: Json): Promise<string> {
    const path = `/customers/${this.#customerId}/messages`
    const { wamid } = await this.#control.post<{ wamid: string }>(path, message)
    await this.waits(secondMs)
    return wamid
  }

  /** What else the customer does: `answer`, `call`, `handover`, `echo`, … */
  async does(what: string, wish: Json = {}): Promise<void> {
    await this.#control.post(`/customers/${this.#customerId}/${what}`, wish)
    await this.waits(secondMs)
  }

  /** The firm writes; answers when the message has come as far as it will. */
  async sends(body: Json, ends: readonly string[] = ['read', 'delivered']): Promise<Written> {
    const path = `/conversations/${this.conversationId}/messages`
    const { id } = await this.#person.post<Written>(path, body)
    let now: Written | undefined
    await until(`${String(body.type)} to ${this.name} is ${ends.join(' or ')}`, async () => {
      const page = await this.#api.get<{ items: Written[] }>(path)
      now = page.items.find((one) => one.id === id)
      return now !== undefined && ends.includes(now.status)
    })
    if (now === undefined) throw new Error('bug: a message that was there is not')
    await this.waits(secondMs)
    return now
  }

  /** WhatsApp's times are whole seconds: what is written in one has no order of its own. */
  async waits(ms: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms))
    await this.settled()
  }

  /** Sends what WhatsApp will refuse with this code. */
  async fails(code: number, body: Json): Promise<void> {
    await this.#control.post('/faults', { kind: 'error', code, count: 1, path: '/messages' })
    await this.sends(body, ['failed', 'uncertain'])
  }

  async uploads(bytes: Uint8Array<ArrayBuffer>, mime: string, fileName: string): Promise<string> {
    const form = new FormData()
    form.append('file', new Blob([bytes], { type: mime }), fileName)
    const response = await fetch(`${this.#desk.url}/api/v1/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#token}` },
      body: form,
    })
    if (!response.ok) throw new Error(`media answered ${response.status}: ${await response.text()}`)
    return ((await response.json()) as { id: string }).id // MediaShape
  }

  /** Meta's handle of an example for a template's header. */
  async exampleOf(bytes: Uint8Array<ArrayBuffer>, mime: string): Promise<string> {
    const account = await this.#control.get<{ appId: string; token: string }>('/account')
    const graph = `${this.#desk.simulatorUrl}/v25.0`
    const headers = { authorization: `OAuth ${account.token}` }
    const ask = async <T>(path: string, more: RequestInit): Promise<T> => {
      const response = await fetch(`${graph}/${path}`, { method: 'POST', ...more })
      return (await response.json()) as T // as Graph documents it
    }
    const query = `file_length=${bytes.length}&file_type=${encodeURIComponent(mime)}`
    const { id } = await ask<{ id: string }>(`${account.appId}/uploads?${query}`, { headers })
    const begin = { ...headers, file_offset: '0' }
    return (await ask<{ h: string }>(id, { headers: begin, body: bytes })).h
  }

  /** A template, approved. */
  async submits(definition: Json): Promise<void> {
    await this.#api.post('/templates', definition)
    const { name, language } = definition as { name: string; language: string }
    await until(`${name} is approved`, async () => {
      const path = `/templates?name=${name}&language=${language}&offered=true`
      return (await this.#api.get<{ items: unknown[] }>(path)).items.length > 0
    })
  }

  async settled(): Promise<void> {
    await until('the server has heard everything', async () => {
      const counts = await this.#control.get<{ waiting: number; inFlight: number }>('/outbox')
      return counts.waiting + counts.inFlight === 0
    })
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + settleWithinMs
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within ${settleWithinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
