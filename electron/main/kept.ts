import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Language, Theme } from '../../core/contract/views.ts'

/** What the main process must know before the host has answered, so that the window opens right at once. */
export type Kept = {
  bounds: unknown
  isMaximised: boolean
  zoom: number
  theme: Theme
  language: Language | null
}

/** A small file of conveniences: whatever is missing or wrong in it counts as never set. */
export function openKept(path: string) {
  const kept = understand(readJson(path))
  return {
    get: (): Readonly<Kept> => kept,
    set(change: Partial<Kept>): void {
      if (Object.entries(change).every(([name, value]) => kept[name as keyof Kept] === value))
        return
      Object.assign(kept, change)
      try {
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        writeFileSync(`${path}.tmp`, JSON.stringify(kept), { mode: 0o600 })
        renameSync(`${path}.tmp`, path)
      } catch {
        return // a full disk: the window opens at its usual place next time
      }
    },
  }
}

function understand(value: unknown): Kept {
  const found: Partial<Kept> = typeof value === 'object' && value !== null ? value : {} // each field is checked below
  return {
    bounds: found.bounds ?? null,
    isMaximised: found.isMaximised === true,
    zoom: typeof found.zoom === 'number' && found.zoom >= 0.8 && found.zoom <= 2 ? found.zoom : 1,
    theme: found.theme === 'light' || found.theme === 'dark' ? found.theme : 'system',
    language: found.language === 'de' || found.language === 'en' ? found.language : null,
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}
