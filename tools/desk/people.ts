import { verbs } from '../../core/domain/can.ts'
import type { Team, User } from '../../core/domain/people.ts'
import { createApi, type Api } from './api.ts'
import { administrator, teams, type Colleague } from './firm.ts'
import { passwordOf, type Secrets } from './secrets.ts'

/** The API as the administrator has it. */
export async function signIn(serverUrl: string, secrets: Secrets): Promise<Api> {
  const base = `${serverUrl}/api/v1`
  const { token } = await createApi(base).post<{ token: string }>('/sessions', {
    email: administrator.email,
    password: passwordOf(secrets, administrator.email),
    device: 'npm start',
  })
  return createApi(base, token)
}

/** Brings in the colleagues and teams who are not there yet: an earlier start may have been cut short. */
export async function bringIn(api: Api, people: Colleague[], secrets: Secrets): Promise<void> {
  const teamIds = await ensureTeams(api)
  const known = new Map((await api.list<User>('/users')).map((user) => [user.email, user]))
  for (const { name, email, role, teams } of people) {
    const wanted = { name, teamIds: teams.map((team) => teamIds.get(team)) }
    const user = known.get(email)
    if (user === undefined) {
      const password = passwordOf(secrets, email)
      await api.post('/users', { ...wanted, email, role, password })
    } else if (user.email === administrator.email && user.name !== name) {
      // The server names the first administrator after the address.
      await api.patch(`/users/${user.id}`, wanted)
    }
  }
}

async function ensureTeams(api: Api): Promise<Map<string, string>> {
  const known = new Map((await api.list<Team>('/teams')).map(({ id, name }) => [name, id]))
  for (const name of teams) {
    if (!known.has(name)) known.set(name, (await api.post<Team>('/teams', { name })).id)
  }
  return known
}

/** A key that may do everything, for the person's own scripts. */
export async function createKey(api: Api): Promise<string> {
  return (await api.post<{ key: string }>('/api-keys', { name: 'npm start', scopes: [...verbs] }))
    .key
}
