import type { TeamId } from '../../core/domain/ids.ts'
import type { Team } from '../../core/domain/people.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'

/** @throws AppError already-exists */
export async function createTeam(log: Log, id: TeamId, name: string): Promise<Team> {
  return log.write(async (tx) => {
    const team: Team = { id, name: name.trim() }
    await checkName(tx, team)
    tx.put({ entity: 'team', row: team })
    return team
  })
}

/** @throws AppError not-found, already-exists */
export async function renameTeam(log: Log, id: TeamId, name: string): Promise<Team> {
  return log.write(async (tx) => {
    const team = { ...(await existing(tx, id)), name: name.trim() }
    await checkName(tx, team)
    tx.put({ entity: 'team', row: team })
    return team
  })
}

/**
 * Takes a team out of use: its people leave it and its conversations wait unassigned. The row stays, because threads
 * name it.
 *
 * @throws AppError not-found
 */
export async function archiveTeam(log: Log, id: TeamId): Promise<void> {
  await log.write(async (tx) => {
    const team = await existing(tx, id)
    for (const user of await tx.list('user')) {
      if (!user.teamIds.includes(id)) continue
      const teamIds = user.teamIds.filter((each) => each !== id)
      tx.put({ entity: 'user', row: { ...user, teamIds } })
    }
    const found = await tx.sql
      .selectFrom('conversation')
      .select('data')
      .where('team_id', '=', id)
      .where('deleted_at', 'is', null)
      .execute()
    tx.hold('conversation', found)
    for (const { data } of found) {
      tx.put({ entity: 'conversation', row: { ...data, teamId: null } })
    }
    tx.put({ entity: 'team', row: { ...team, isArchived: true } })
  })
}

async function existing(tx: LogTx, id: TeamId): Promise<Team> {
  const team = await tx.get('team', id)
  if (team === undefined || team.isArchived === true) {
    throw new AppError('not-found', 'no such team')
  }
  return team
}

async function checkName(tx: LogTx, wanted: Team): Promise<void> {
  const key = wanted.name.toLowerCase()
  const isTaken = (await tx.list('team')).some(
    ({ id, name, isArchived }) =>
      id !== wanted.id && isArchived !== true && name.toLowerCase() === key,
  )
  if (isTaken) {
    throw new AppError('already-exists', 'a team has this name', { details: { at: '/name' } })
  }
}
