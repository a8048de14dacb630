import type { Directory, Settings, ViewCount } from '../../core/contract/views.ts'
import { goTo, goToNumber, viewKey } from '../bridge/route.svelte.ts'
import type { Command } from '../search/options.ts'
import { t } from '../ui/i18n.svelte.ts'
import { settingsItems } from './settings-items.ts'

/** What the palette can do: go to a view or an area, change how things look and read. */
export function paletteCommands(
  views: readonly ViewCount[],
  { teams, labels }: Pick<Directory, 'teams' | 'labels'>,
  settings: Settings | null,
  change: (next: Partial<Settings>) => void,
): Command[] {
  const places = views.map(({ view }): Command => {
    const team = view.kind === 'team' ? teams.find(({ id }) => id === view.teamId)?.name : undefined
    const tag =
      view.kind === 'label' ? labels.find(({ id }) => id === view.labelId)?.name : undefined
    const name = team ?? tag ?? t(`inbox.view-${view.kind}`)
    return {
      key: viewKey(view),
      label: t(tag === undefined ? 'search.goTo' : 'search.goToLabel', { view: name }),
      isLabel: view.kind === 'label',
      run: () => goTo({ view, conversationId: null }),
    }
  })
  const verification: Command = {
    key: 'verification',
    label: t('search.goTo', { view: t('common.verificationArea-none') }),
    run: () => goToNumber(null),
  }
  return [...places, verification, ...(settings === null ? [] : settingsCommands(settings, change))]
}

function settingsCommands(
  settings: Settings,
  change: (next: Partial<Settings>) => void,
): Command[] {
  let what = ''
  return settingsItems(settings, change).flatMap((item): Command[] => {
    if (item.kind === 'heading') what = item.label
    if (item.kind !== 'choice') return []
    const { key, run, isChosen } = item
    return [{ key, run, isChosen, label: t('search.setTo', { what, value: item.label }) }]
  })
}
