import type { UserId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import { Auth } from '../auth/auth.ts'
import { createSetupToken, setupUrl } from '../auth/links.ts'
import { clock } from '../clock.ts'
import { publicUrlOf, readConfig, type Config } from '../config.ts'
import * as parse from '../config/parsers.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { StartError } from '../start-error.ts'
import { openStore } from '../store/store.ts'
import { takeFlags } from './flags.ts'

/**
 * Makes an administrator while the server is stopped: the way in for whoever locked themselves out.
 *
 * @returns what to print
 * @throws StartError
 */
export async function createAdministrator(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const { values: own, rest } = takeFlags(args, ['email', 'name'])
  const email = own.get('email')
  if (email === undefined) throw new StartError('The flag --email is missing.')
  try {
    parse.email(email)
  } catch {
    throw new StartError(`The flag --email is "${email}". Allowed is ${parse.email.allowed}.`)
  }
  // Here the password stands alone; together with the first administrator's address it is a setting of the start.
  const { KONTOR_ADMIN_PASSWORD: password, KONTOR_ADMIN_EMAIL: _first, ...others } = env
  const config = readConfig(rest, others)
  const name = own.get('name') ?? email.split('@')[0] ?? email
  return inStore(config, async (auth, invite) => {
    const isGiven = password !== undefined && password !== ''
    const user = await auth.people.create({
      name,
      email,
      role: 'administrator',
      ...(isGiven ? { password } : {}),
    })
    if (isGiven) return `${user.email} is an administrator now.`
    const link = await invite(user.id)
    return `${user.email} is an administrator now and sets a password here (once, within 24 hours): ${link}`
  })
}

async function inStore(
  config: Config,
  work: (auth: Auth, invite: (id: UserId) => Promise<string>) => Promise<string>,
): Promise<string> {
  const store = await openStore(config)
  try {
    const parts = { db: store.db, nowMs: () => clock.nowMs(), newId: () => clock.newId() }
    await prepareLane(parts.db, parts.newId)
    const auth = new Auth({ ...parts, log: createLog(parts.db, parts) })
    const publicUrl = publicUrlOf(config, config.port)
    return await work(auth, async (id) => setupUrl(publicUrl, await createSetupToken(parts, id)))
  } catch (error) {
    if (error instanceof AppError) throw new StartError(`Nothing was made: ${error.message}.`)
    throw error
  } finally {
    await store.close()
  }
}
