import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const themes = ['light', 'dark', 'hc-light', 'hc-dark'] as const
type Theme = (typeof themes)[number]

/** The colours of a theme as the style sheet gives them: light is the root, the others go over it. */
function coloursOf(theme: Theme): Map<string, string> {
  const selector = theme === 'light' ? ':root {' : `:root[data-theme='${theme}'] {`
  const start = css.indexOf(selector)
  expect(start, selector).toBeGreaterThan(0)
  const block = css.slice(start, css.indexOf('}', start))
  const own = [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(
    ([, name, hex]) => [name!, hex!] as const,
  )
  return new Map(theme === 'light' ? own : [...coloursOf('light'), ...own])
}

/** Relative luminance. @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

/** Contrast ratio. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light! + 0.05) / (dark! + 0.05)
}

const grounds = [
  'bg-app',
  'bg-surface',
  'bg-raised',
  'bg-sunken',
  'bg-hover',
  'accent-soft',
  'bubble-in',
  'bubble-out',
  'note-bg',
]
const inks = ['ink-1', 'ink-2', 'ink-3']

const tones = ['petrol', 'blue', 'violet', 'plum', 'brick', 'ochre', 'moss']

/** Text on what it stands on. */
const texts: [ink: string, ground: string][] = [
  ...grounds.flatMap((ground) => inks.map((ink): [string, string] => [ink, ground])),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-accent', 'accent-press'],
  ['accent-ink', 'bg-app'],
  ['accent-ink', 'bg-surface'],
  ['accent-ink', 'bg-raised'],
  ['accent-ink', 'accent-soft'],
  ['ok-ink', 'ok-soft'],
  ['ok-ink', 'bg-surface'],
  ['warn-ink', 'warn-soft'],
  ['warn-ink', 'bg-surface'],
  ['bad-ink', 'bad-soft'],
  ['bad-ink', 'bg-surface'],
  ['on-bad', 'bad'],
  ['on-warn', 'warn'],
  ['on-ok', 'ok'],
  ['note-ink', 'note-bg'],
  ...tones.map((tone): [string, string] => [`label-${tone}-ink`, `label-${tone}`]),
]

/** Shapes that carry meaning on what they stand on. */
const shapes: [shape: string, ground: string][] = [
  ['accent', 'bg-app'],
  ['accent', 'bg-surface'],
  ['ok', 'bg-surface'],
  ['bad', 'bg-surface'],
  ['tick-idle', 'bubble-out'],
  ['tick-read', 'bubble-out'],
  ['tick-idle', 'bg-app'],
  ['tick-read', 'bg-app'],
  ['tick-read', 'accent-soft'],
  ['verified', 'bg-surface'],
  ['verified', 'bg-raised'],
  ['line-3', 'bg-surface'],
  ['line-3', 'bg-raised'],
  ['line-3', 'bg-sunken'],
  ['focus', 'bg-app'],
  ['focus', 'bg-surface'],
  ['focus', 'bg-raised'],
  ['focus', 'accent-soft'],
  ['focus', 'bg-sunken'],
]

test('the formula agrees with known ratios', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

test.each(themes)('in %s everything written or drawn can be told from its ground', (theme) => {
  const colours = coloursOf(theme)
  const least = theme.startsWith('hc-') ? 7 : 4.5
  const tooFaint = [
    ...texts.map((pair) => [...pair, least] as const),
    ...shapes.map((pair) => [...pair, 3] as const),
  ].filter(([above, below, needed]) => {
    const colour = (name: string) => colours.get(name) ?? expect.fail(`no --${name} in ${theme}`)
    return contrast(colour(above), colour(below)) < needed
  })
  expect(tooFaint).toEqual([])
})
