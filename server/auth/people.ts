import type { TeamId, UserId } from '../../core/domain/ids.ts'
import type { Role, Sees, User } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'
import { useSetupToken } from './links.ts'
import { hashPassword } from './passwords.ts'
import { findActive, type AuthParts, type Sessions } from './sessions.ts'

type NewUser = {
  name: string
  email: string
  role: Role
  teamIds?: readonly TeamId[]
  sees?: Sees
  /** Without one the person needs a set-up link. */
  password?: string
}
type UserPatch = Partial<Omit<NewUser, 'password'> & { isActive: boolean }>
export type SetUp = { token: string; name: string; email: string; password: string }
type Parts = AuthParts & { log: Log; sessions: Sessions }

/** Colleagues: who they are in the replicated rows, how they prove it in `account`. */
export class People {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @throws AppError already-exists when the e-mail address is taken, not-found for an unknown team */
  async create(wanted: NewUser): Promise<User> {
    const hash = wanted.password === undefined ? null : await hashPassword(wanted.password)
    return this.#parts.log.write(async (tx) => {
      const user = await putUser(tx, this.#parts.newId() as UserId, wanted) // newId makes UUIDs
      if (hash !== null) await putPassword(tx.sql, user.id, hash, tx.nowMs)
      return user
    })
  }

  /** @throws AppError not-found, already-exists, conflict when no administrator would be left */
  async change(id: UserId, patch: UserPatch): Promise<User> {
    const user = await this.#parts.log.write(async (tx) => {
      const before = await tx.get('user', id)
      if (before === undefined) throw new AppError('not-found', 'no such user')
      const next: User = { ...before, ...patch, teamIds: [...(patch.teamIds ?? before.teamIds)] }
      next.email = normal(next.email)
      await check(tx, next)
      const isLess = before.role === 'administrator' && before.isActive && !isActiveAdmin(next)
      if (isLess && !(await hasOtherAdmin(tx, id))) {
        throw new AppError('conflict', 'there would be no administrator left', {
          details: { reason: 'last-administrator' },
        })
      }
      tx.put({ entity: 'user', row: next })
      return next
    })
    if (!user.isActive) await this.#parts.sessions.revokeAll(id, 'deactivated')
    return user
  }

  /** @throws AppError not-found */
  async findActive(id: UserId): Promise<User> {
    const user = await findActive(this.#parts.db, id)
    if (user === null) throw new AppError('not-found', 'no such user')
    return user
  }

  /** What they wrote stays and keeps their name; they can no longer sign in. */
  async remove(id: UserId): Promise<void> {
    await this.change(id, { isActive: false, teamIds: [] })
    await this.#parts.db.deleteFrom('account').where('user_id', '=', id).execute()
    await this.#parts.db.deleteFrom('setup_link').where('user_id', '=', id).execute()
  }

  /**
   * Sets up the first administrator, or the password of a person who was invited, by a one-time token.
   *
   * @throws AppError not-found for a token that is no longer good, already-exists, bad-request
   */
  async setUp(wanted: SetUp): Promise<User> {
    const hash = await hashPassword(wanted.password)
    const user = await this.#parts.log.write(async (tx) => {
      const userId = await useSetupToken(tx.sql, wanted.token, tx.nowMs)
      const user =
        userId === null
          ? await this.#firstAdministrator(tx, wanted)
          : await this.#invited(tx, userId as UserId, wanted) // createSetupToken was given a user id
      await putPassword(tx.sql, user.id, hash, tx.nowMs)
      return user
    })
    await this.#parts.sessions.revokeAll(user.id, 'password-changed')
    return user
  }

  async #firstAdministrator(tx: LogTx, wanted: { name: string; email: string }): Promise<User> {
    if (await hasOtherAdmin(tx, null)) {
      throw new AppError('not-found', 'there is an administrator already')
    }
    const id = this.#parts.newId() as UserId // newId makes UUIDs
    return putUser(tx, id, { name: wanted.name, email: wanted.email, role: 'administrator' })
  }

  async #invited(tx: LogTx, id: UserId, wanted: { name: string; email: string }): Promise<User> {
    const user = await tx.get('user', id)
    if (user?.isActive !== true || normal(user.email) !== normal(wanted.email)) {
      throw new AppError('not-found', 'the link was made for another address')
    }
    const next = { ...user, name: wanted.name.trim() }
    tx.put({ entity: 'user', row: next })
    return next
  }
}

async function putUser(tx: LogTx, id: UserId, wanted: NewUser): Promise<User> {
  const user: User = {
    id,
    name: wanted.name.trim(),
    email: normal(wanted.email),
    role: wanted.role,
    teamIds: [...(wanted.teamIds ?? [])],
    ...(wanted.sees === undefined ? {} : { sees: wanted.sees }),
    isActive: true,
  }
  await check(tx, user)
  tx.put({ entity: 'user', row: user })
  return user
}

async function check(tx: LogTx, user: User): Promise<void> {
  const taken = await tx.sql
    .selectFrom('user')
    .select('id')
    .where('email', '=', user.email)
    .where('deleted_at', 'is', null)
    .where('id', '<>', user.id)
    .executeTakeFirst()
  if (taken !== undefined) {
    throw new AppError('already-exists', 'somebody has this e-mail address', {
      details: { at: '/email' },
    })
  }
  for (const teamId of user.teamIds) {
    const team = await tx.get('team', teamId)
    if (team === undefined || team.isArchived === true) {
      throw new AppError('not-found', 'no such team', { details: { at: '/teamIds' } })
    }
  }
}

async function putPassword(
  db: Database,
  userId: UserId,
  passwordHash: string,
  nowMs: number,
): Promise<void> {
  const now = new Date(nowMs)
  await db
    .insertInto('account')
    .values({
      user_id: userId,
      password_hash: passwordHash,
      created_at: now,
      password_changed_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ password_hash: passwordHash, password_changed_at: now }),
    )
    .execute()
}

async function hasOtherAdmin(tx: LogTx, id: UserId | null): Promise<boolean> {
  return (await tx.list('user')).some((user) => user.id !== id && isActiveAdmin(user))
}

function isActiveAdmin(user: User): boolean {
  return user.role === 'administrator' && user.isActive
}

function normal(email: string): string {
  return email.trim().toLowerCase()
}
