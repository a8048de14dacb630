import type { AppState, Language, Theme } from '../../../core/contract/views.ts'

/** What the address asks the harness to show. */
export type Wishes = {
  phase: AppState['phase']
  host: AppState['host']
  theme: Theme
  language: Language
  link: 'online' | 'offline' | 'updating'
  waiting: number
  /** More conversations than the examples, to scroll through. */
  rows: number
  /** How the list answers. */
  list: 'ready' | 'failed' | 'never'
}

export function readWishes(search: string): Wishes {
  const given = new URLSearchParams(search)
  const one = <T extends string>(name: string, values: readonly T[]): T => {
    const found = values.find((value) => value === given.get(name))
    return found ?? values[0]!
  }
  return {
    phase: one('phase', ['ready', 'server', 'sign-in', 'loading', 'ended']),
    host: one('host', ['desktop', 'browser']),
    theme: one('theme', ['light', 'dark', 'system']),
    language: one('language', ['de', 'en']),
    link: one('link', ['online', 'offline', 'updating']),
    waiting: Number(given.get('waiting') ?? 0),
    rows: Number(given.get('rows') ?? 0),
    list: one('list', ['ready', 'failed', 'never']),
  }
}
