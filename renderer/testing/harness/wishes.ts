import type { AppState, Language, Theme } from '../../../core/contract/views.ts'
import type { Role } from '../../../core/domain/people.ts'
import type { Scene } from '../verification/scenes.ts'

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
  /** How our numbers stand, in the verification. */
  numbers: Scene
  /** Whose eyes it is seen with. */
  role: Role
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
    numbers: one('numbers', ['three', 'none', 'never', 'refused', 'ten']),
    role: one('role', ['agent', 'supervisor', 'administrator']),
  }
}
