import Type, { type Static } from 'typebox'
import { Low } from 'lowdb'
import Value from 'typebox/value'
import { User } from '../domain/people.ts'
import { AppError } from '../lib/errors.ts'
import type { Machine } from './ports.ts'
import { ServerApi, type Granted } from './server-api.ts'

const Kept = Type.Object({
  serverUrl: Type.String(),
  workspace: Type.String(),
  token: Type.String(),
  refreshToken: Type.String(),
  expiresAtMs: Type.Integer(),
  user: User,
  isEnded: Type.Boolean(),
  /** What the person had here is being wiped; a start that finds it goes on with that. */
  isLeaving: Type.Optional(Type.Boolean()),
})
type Kept = Static<typeof Kept>

/** A token this close to its end is renewed before it is used. */
const renewBeforeMs = 60_000

/** Who is signed in where, across restarts. The renewed token is on disk before the old one is given up. */
export class Session {
  readonly api: ServerApi
  /** Hears who comes before they are signed in. */
  onArrival: (serverUrl: string, user: User) => Promise<void> = async () => undefined
  readonly #machine: Machine
  readonly #document: Low<Kept | null>
  #renewing: Promise<string> | null = null

  constructor(machine: Machine) {
    this.#machine = machine
    this.api = new ServerApi(machine)
    this.#document = new Low<Kept | null>(machine.settings.document('session'), null)
  }

  async open(): Promise<void> {
    await this.#document.read()
    if (!Value.Check(Type.Union([Kept, Type.Null()]), this.#document.data))
      this.#document.data = null
  }

  get kept(): Readonly<Kept> | null {
    return this.#document.data
  }

  async signIn(serverUrl: string, email: string, password: string): Promise<void> {
    const { workspace } = await this.api.check(serverUrl)
    await this.#enter(serverUrl, workspace, await this.api.signIn(serverUrl, email, password))
  }

  async setUp(
    serverUrl: string,
    first: { token: string; name: string; email: string; password: string },
  ): Promise<void> {
    const { workspace } = await this.api.check(serverUrl)
    await this.#enter(serverUrl, workspace, await this.api.setUp(serverUrl, first))
  }

  /** A token that is good for another minute. @throws AppError unauthenticated when the session is over, offline */
  async token(): Promise<string> {
    const kept = this.#document.data
    if (kept === null || kept.isEnded) throw new AppError('unauthenticated', 'not signed in')
    if (kept.expiresAtMs - renewBeforeMs > this.#machine.platform.nowMs()) return kept.token
    return this.renew()
  }

  /** Renews now, for when the server did not accept the token although the clock said it was good. */
  async renew(): Promise<string> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null
    })
    return this.#renewing
  }

  async #renew(): Promise<string> {
    const kept = this.#document.data
    if (kept === null) throw new AppError('unauthenticated', 'not signed in')
    const granted = await this.api.refresh(kept.serverUrl, kept.refreshToken)
    if (this.#document.data !== kept) throw new AppError('unauthenticated', 'signed out meanwhile')
    await this.#keep(kept.serverUrl, kept.workspace, granted)
    return granted.token
  }

  /** Runs `ask` with a good token, and once more with a fresh one when the server calls it stale. */
  async withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
    try {
      return await ask(await this.token())
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'unauthenticated') throw error
      return ask(await this.renew())
    }
  }

  /** The server no longer knows this session. Who was signed in stays known, so that their work is kept for them. */
  async end(): Promise<void> {
    const kept = this.#document.data
    if (kept !== null) await this.#write({ ...kept, isEnded: true, token: '', refreshToken: '' })
  }

  /** Nobody goes on with it, also after a restart. @throws AppError disk-full */
  async leave(): Promise<void> {
    const kept = this.#document.data
    const nothing = { isEnded: true, token: '', refreshToken: '' }
    if (kept !== null) await this.#write({ ...kept, ...nothing, isLeaving: true })
  }

  async forget(): Promise<void> {
    this.#document.data = null
    await this.#machine.settings.removeDocument('session')
  }

  async #enter(serverUrl: string, workspace: string, granted: Granted): Promise<void> {
    await this.onArrival(serverUrl, granted.user)
    await this.#keep(serverUrl, workspace, granted)
  }

  async #keep(serverUrl: string, workspace: string, granted: Granted): Promise<void> {
    const { token, refreshToken, user } = granted
    const expiresAtMs = new Date(granted.expiresAt).getTime()
    await this.#write({
      serverUrl,
      workspace,
      token,
      refreshToken,
      user,
      expiresAtMs,
      isEnded: false,
    })
  }

  async #write(kept: Kept): Promise<void> {
    this.#document.data = kept
    await this.#document.write()
  }
}
