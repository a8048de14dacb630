/** What a person chose; `system` follows the machine, its wish for more contrast included. */
export type Theme = 'system' | 'light' | 'dark'
type Shown = 'light' | 'dark' | 'hc-light' | 'hc-dark'

/** Remembered for the first frame of the next start, before the settings are known. */
const memory = 'kontor.theme'
const isTheme = (value: unknown): value is Theme =>
  value === 'system' || value === 'light' || value === 'dark'

/** Shows the theme, and keeps following the machine until the returned function is called. */
export function applyTheme(theme: Theme): () => void {
  localStorage.setItem(memory, theme)
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const contrast = matchMedia('(prefers-contrast: more)')
  const show = () => {
    const shade = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    const shown: Shown = contrast.matches ? `hc-${shade}` : shade
    document.documentElement.dataset.theme = shown
  }
  show()
  dark.addEventListener('change', show)
  contrast.addEventListener('change', show)
  return () => {
    dark.removeEventListener('change', show)
    contrast.removeEventListener('change', show)
  }
}

export function rememberedTheme(): Theme {
  const kept = localStorage.getItem(memory)
  return isTheme(kept) ? kept : 'system'
}
