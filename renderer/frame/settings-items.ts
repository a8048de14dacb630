import type { Language, Settings, Theme } from '../../core/contract/views.ts'
import { t } from '../ui/i18n.svelte.ts'
import type { MenuItem } from '../ui/menu.ts'

const themes: readonly Theme[] = ['system', 'light', 'dark']
const languages: readonly Language[] = ['de', 'en']

/** Theme and language as menu lines. */
export function settingsItems(
  now: Settings,
  change: (next: Partial<Settings>) => void,
): MenuItem[] {
  return [
    { kind: 'heading', key: 'theme', label: t('common.theme') },
    ...themes.map((theme): MenuItem => ({
      kind: 'choice',
      key: `theme-${theme}`,
      label: t(`common.theme-${theme}`),
      isChosen: now.theme === theme,
      run: () => change({ theme }),
    })),
    { kind: 'heading', key: 'language', label: t('common.language') },
    ...languages.map((language): MenuItem => ({
      kind: 'choice',
      key: `language-${language}`,
      label: t(`common.language-${language}`),
      isChosen: now.language === language,
      run: () => change({ language }),
    })),
  ]
}
