import { verbs, type Verb } from '../../core/domain/can.ts'
import type { UserId } from '../../core/domain/ids.ts'
import type { User } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Log } from '../log/log.ts'
import { ApiKeys } from './keys.ts'
import { attemptsMs, maxAttemptsPerAccount, maxAttemptsPerAddress } from './lifetimes.ts'
import { AttemptLimit } from './limits.ts'
import { isPassword } from './passwords.ts'
import { People, type SetUp } from './people.ts'
import { Sessions, type AuthParts, type Grant } from './sessions.ts'
import type { RevokedWhy } from './tables.ts'
import { Tickets } from './tickets.ts'

/** Who asks: a person on a device, or one of the firm's programs with a key. */
export type Actor =
  | { kind: 'person'; id: UserId; user: User; sessionId: string }
  | { kind: 'key'; id: string; user: User; scopes: readonly Verb[] }

/** Who may come in, and who they are. `redeemTicket`, `authenticate` and `onRevoked` are what the socket needs. */
export class Auth {
  readonly sessions: Sessions
  readonly tickets: Tickets
  readonly keys: ApiKeys
  readonly people: People
  readonly #parts: AuthParts
  readonly #perAccount: AttemptLimit
  readonly #perAddress: AttemptLimit

  constructor(parts: AuthParts & { log: Log }) {
    this.#parts = parts
    this.sessions = new Sessions(parts)
    this.tickets = new Tickets(parts)
    this.keys = new ApiKeys(parts)
    this.people = new People({ ...parts, sessions: this.sessions })
    this.#perAccount = new AttemptLimit(parts.nowMs, maxAttemptsPerAccount, attemptsMs)
    this.#perAddress = new AttemptLimit(parts.nowMs, maxAttemptsPerAddress, attemptsMs)
  }

  /**
   * @param address where the attempt comes from
   * @throws AppError wrong-credentials, the same for an unknown address, a wrong password and somebody deactivated;
   *   too-many-attempts
   */
  async signIn(
    given: { email: string; password: string; device?: string | undefined },
    address: string,
  ): Promise<Grant> {
    const email = given.email.trim().toLowerCase()
    this.#perAddress.take(address)
    this.#perAccount.take(email)
    const found = await this.#parts.db
      .selectFrom('user')
      .leftJoin('account', 'account.user_id', 'user.id')
      .select(['user.data', 'account.password_hash'])
      .where('user.email', '=', email)
      .where('user.deleted_at', 'is', null)
      .executeTakeFirst()
    const isRight = await isPassword(found?.password_hash ?? null, given.password)
    if (!isRight || found?.data.isActive !== true) {
      throw new AppError('wrong-credentials', 'e-mail or password is not right')
    }
    this.#perAddress.giveBack(address)
    this.#perAccount.forget(email)
    return this.sessions.start(found.data, given.device ?? 'unknown')
  }

  /** People.setUp, limited like signing in, for a link's token may be guessed at too. */
  async setUp(wanted: SetUp, address: string): Promise<User> {
    this.#perAddress.take(address)
    const user = await this.people.setUp(wanted)
    this.#perAddress.giveBack(address)
    return user
  }

  /** Whom a bearer token belongs to; null when it is good for nothing. */
  async identify(bearer: string): Promise<Actor | null> {
    const signedIn = await this.sessions.find(bearer)
    if (signedIn !== null) {
      return { kind: 'person', id: signedIn.user.id, ...signedIn }
    }
    const key = await this.keys.find(bearer)
    if (key === null) return null
    const scopes = key.scopes.filter((scope) => verbs.includes(scope))
    return { kind: 'key', id: key.id, user: programUser(key), scopes }
  }

  async redeemTicket(ticket: string): Promise<{ userId: UserId; sessionId: string } | null> {
    return this.tickets.redeem(ticket)
  }

  /** Sessions only: a console is a person's. */
  async authenticate(bearer: string): Promise<{ userId: UserId; sessionId: string } | null> {
    const found = await this.sessions.find(bearer)
    return found === null ? null : { userId: found.user.id, sessionId: found.sessionId }
  }

  onRevoked(listener: (sessionId: string, why: RevokedWhy) => void): () => void {
    return this.sessions.onRevoked(listener)
  }
}

/** A program appears as a colleague of its key's name who sees everything. What it may do are its scopes, asked at each route. */
function programUser({ id, name }: { id: string; name: string }): User {
  const userId = id as UserId // a key's id is a UUID too
  const all = { teamIds: [], sees: 'all' as const, isActive: true }
  return { id: userId, name, email: '', role: 'agent', ...all }
}
