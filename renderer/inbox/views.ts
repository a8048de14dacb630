import type { Directory, InboxView, ViewCount } from '../../core/contract/views.ts'
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

/** What views are named by. */
type Names = Pick<Directory, 'teams' | 'labels'>

/**
 * Every view, in groups, with how many conversations it holds. Of labels only those that an open conversation has, and
 * the one that is shown.
 *
 * @param current key of the view that is shown
 */
export function viewGroups(
  counts: readonly ViewCount[],
  names: Names,
  current: string,
): ViewGroup[] {
  const line = (view: InboxView): ViewLine => {
    const key = viewKey(view)
    const count = counts.find((known) => viewKey(known.view) === key)?.count ?? 0
    return { key, view, name: viewName(view, names), count }
  }
  const ofTeams = names.teams.map((team): InboxView => ({ kind: 'team', teamId: team.id }))
  const ofLabels = names.labels.map((label): InboxView => ({ kind: 'label', labelId: label.id }))
  return [
    { key: 'mine', title: t('inbox.mineSection'), lines: mine.map(line) },
    { key: 'shared', title: t('inbox.sharedSection'), lines: shared.map(line) },
    { key: 'teams', title: t('inbox.teamsSection'), lines: ofTeams.map(line) },
    {
      key: 'labels',
      title: t('inbox.labelsSection'),
      lines: ofLabels.map(line).filter(({ count, key }) => count > 0 || key === current),
    },
  ].filter(({ lines }) => lines.length > 0)
}

export function viewName(view: InboxView, { teams, labels }: Names): string {
  if (view.kind === 'team') {
    return teams.find((team) => team.id === view.teamId)?.name ?? t('inbox.view-team')
  }
  if (view.kind === 'label') {
    return labels.find((label) => label.id === view.labelId)?.name ?? t('inbox.view-label')
  }
  return t(`inbox.view-${view.kind}`)
}
