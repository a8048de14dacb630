import type { Conversation } from './conversation.ts'
import type { Change } from './entities.ts'
import type { UserId } from './ids.ts'
import type { User } from './people.ts'
import { isEmptyDraft } from './shared-draft.ts'

/**
 * Who may see a row: `ws` is every colleague, `user:<id>` one of them, `team:<id>` whoever sees that team's
 * conversations, `team:none` those of no team, `team:all` those of any. A row is seen by whoever has one of its scopes.
 */
export type Scope = string

const everybody: readonly Scope[] = ['ws']
export const everyTeam: Scope = 'team:all'

/** The scopes of a row; null of one that hangs on a conversation and is seen with it. */
export function scopesOf({ entity, row }: Change): readonly Scope[] | null {
  switch (entity) {
    case 'message':
      return null
    case 'conversation':
      return scopesOfConversation(row)
    case 'read':
      return [scopeOfUser(row.userId)]
    case 'draft':
      return isEmptyDraft(row) ? [] : [scopeOfUser(row.userId)]
    default:
      return everybody
  }
}

/** Its team's, and its assignee's wherever it lies. */
export function scopesOfConversation({
  teamId,
  assigneeId,
}: Pick<Conversation, 'teamId' | 'assigneeId'>): readonly Scope[] {
  const team = [everyTeam, `team:${teamId ?? 'none'}`]
  return assigneeId === null ? team : [...team, scopeOfUser(assigneeId)]
}

/** What a person may see now, in one order. Nothing once they are no longer with us. */
export function scopesSeenBy(user: User | undefined): Scope[] {
  if (user?.isActive !== true) return []
  return [...everybody, scopeOfUser(user.id), ...teamsSeenBy(user)].sort()
}

function teamsSeenBy({ role, sees = 'all', teamIds }: User): Scope[] {
  if (role !== 'agent' || sees === 'all') return [everyTeam]
  return sees === 'teams' ? ['team:none', ...teamIds.map((id) => `team:${id}`)] : []
}

export function isSeenWith(scopes: ReadonlySet<Scope>, row: readonly Scope[]): boolean {
  return row.some((scope) => scopes.has(scope))
}

export function maySee(user: User, conversation: Conversation): boolean {
  return isSeenWith(new Set(scopesSeenBy(user)), scopesOfConversation(conversation))
}

function scopeOfUser(id: UserId): Scope {
  return `user:${id}`
}
