import type { Config } from '../config.ts'
import type { Database } from '../store/database.ts'
import { createSetupToken, setupUrl } from './links.ts'
import type { People } from './people.ts'
import type { AuthParts } from './sessions.ts'

/** Whether nobody could manage this server yet. */
export async function needsSetup(db: Database): Promise<boolean> {
  const rows = await db.selectFrom('user').select('data').where('deleted_at', 'is', null).execute()
  return !rows.some(({ data }) => data.role === 'administrator' && data.isActive)
}

/**
 * Makes the first administrator from KONTOR_ADMIN_EMAIL and KONTOR_ADMIN_PASSWORD, as long as there is none.
 *
 * @returns the one-time link to print where these are not set; null when there is nothing to do
 */
export async function prepareFirstAdministrator(
  parts: AuthParts & { people: People },
  config: Pick<Config, 'adminEmail' | 'adminPassword'>,
  publicUrl: string,
): Promise<string | null> {
  if (!(await needsSetup(parts.db))) return null
  const { adminEmail: email, adminPassword: password } = config
  if (email === null || password === null) {
    return setupUrl(publicUrl, await createSetupToken(parts, null))
  }
  const name = email.split('@')[0] ?? email
  await parts.people.create({ name, email, password, role: 'administrator' })
  return null
}
