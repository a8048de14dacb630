import type { InboxView, ViewCount } from '../../core/contract/views.ts'
import type { Team } from '../../core/domain/people.ts'
import { viewKey } from '../bridge/route.svelte.ts'
import { t } from '../ui/i18n.svelte.ts'

/** A line of the views column. */
export type ViewLine = { key: string; view: InboxView; name: string; count: number }
export type ViewGroup = { key: string; title: string; lines: ViewLine[] }

const mine: InboxView[] = [{ kind: 'mine' }, { kind: 'snoozed' }, { kind: 'drafts' }]
const shared: InboxView[] = [
  { kind: 'unassigned' },
  { kind: 'open' },
  { kind: 'waiting' },
  { kind: 'resolved' },
]

/** Every view, in groups, with how many conversations it holds. */
export function viewGroups(counts: readonly ViewCount[], teams: readonly Team[]): ViewGroup[] {
  const line = (view: InboxView): ViewLine => {
    const key = viewKey(view)
    const count = counts.find((known) => viewKey(known.view) === key)?.count ?? 0
    return { key, view, name: viewName(view, teams), count }
  }
  const ofTeams = teams.map((team): InboxView => ({ kind: 'team', teamId: team.id }))
  return [
    { key: 'mine', title: t('inbox.mineSection'), lines: mine.map(line) },
    { key: 'shared', title: t('inbox.sharedSection'), lines: shared.map(line) },
    { key: 'teams', title: t('inbox.teamsSection'), lines: ofTeams.map(line) },
  ].filter(({ lines }) => lines.length > 0)
}

export function viewName(view: InboxView, teams: readonly Team[]): string {
  if (view.kind !== 'team') return t(`inbox.view-${view.kind}`)
  return teams.find((team) => team.id === view.teamId)?.name ?? t('inbox.view-team')
}
