export type Person = { email: string; password: string }
type Me = { id: string; teamIds: string[] }
export type Answer = { status: number; body: unknown }

/** Somebody signed in over HTTP, and again when the token has run out. */
export class Session {
  readonly #base: string
  readonly #person: Person
  readonly #signal: AbortSignal
  #token = ''

  constructor(url: string, person: Person, signal: AbortSignal) {
    this.#base = `${url}/api/v1`
    this.#person = person
    this.#signal = signal
  }

  async me(): Promise<Me> {
    return ((await this.get('/me')) as { user: Me }).user // what the path documents
  }

  /** @throws Error when it is not answered with 200 */
  async get(path: string): Promise<unknown> {
    const { status, body } = await this.ask('GET', path)
    if (status !== 200) throw new Error(`GET ${path} was answered with ${status}`)
    return body
  }

  async ask(method: string, path: string, body?: unknown, key?: string): Promise<Answer> {
    const first = await this.#call(method, path, body, key)
    if (first.status !== 401) return first
    const signedIn = await this.#call('POST', '/sessions', { ...this.#person, device: 'Demo' })
    if (signedIn.status !== 201) throw new Error(`signing in was answered with ${signedIn.status}`)
    this.#token = (signedIn.body as { token: string }).token // what the path documents
    return this.#call(method, path, body, key)
  }

  async #call(method: string, path: string, body: unknown, key?: string): Promise<Answer> {
    const response = await fetch(this.#base + path, {
      method,
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(15_000)]),
      headers: {
        ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) }
  }
}
