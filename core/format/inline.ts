import { must } from '../lib/must.ts'
import { linkAt } from './links.ts'
import type { Inline } from './nodes.ts'

type Emphasis = 'bold' | 'italic' | 'strike'
type Open = { kind: Emphasis; marker: string; children: Inline[] }

const kinds: Readonly<Record<string, Emphasis>> = { '*': 'bold', _: 'italic', '~': 'strike' }
/** Where something other than text can begin: a marker, or the first letter of a link. */
const special = /[*_~`hwmt]/gi
const wordEnd = /[\p{L}\p{N}\p{M}]$/u
const wordStart = /^[\p{L}\p{N}]/u
const blank = /^\s?$/

/**
 * Formats one line (line breaks occur in it only between three backticks). A marker opens after anything but a letter
 * or digit and before anything but a space, and closes the other way round; of two openers of a kind the first
 * counts, and what is never closed stays as it was written. One pass: each kind is open at most once.
 */
export function parseInline(line: string): Inline[] {
  const root: Inline[] = []
  const open: Open[] = []
  const here = () => open.at(-1)?.children ?? root
  let at = 0
  while (at < line.length) {
    special.lastIndex = at
    const next = special.exec(line)?.index ?? line.length
    addText(here(), line.slice(at, next))
    at = next
    const char = line.charAt(at)
    const kind = kinds[char]
    if (kind === undefined) {
      const leaf = leafAt(line, at) ?? { node: { kind: 'text', text: char }, length: 1 }
      addNode(here(), leaf.node)
      at += leaf.length
      continue
    }
    const place = open.findIndex((one) => one.kind === kind)
    if (place >= 0 && mayClose(line, at)) {
      unwind(root, open, place + 1)
      const { children } = must(open.pop(), 'opener')
      addNode(here(), { kind, children })
    } else if (place < 0 && mayOpen(line, at)) {
      open.push({ kind, marker: char, children: [] })
    } else {
      addText(here(), char)
    }
    at += 1
  }
  unwind(root, open, 0)
  return root
}

/** The code or link that begins here. */
function leafAt(line: string, at: number): { node: Inline; length: number } | undefined {
  if (line.charAt(at) === '`') return codeAt(line, at)
  if (endsInWord(line, at)) return undefined
  const link = linkAt(line, at)
  return link && { node: { kind: 'link', ...link }, length: link.text.length }
}

function codeAt(line: string, at: number): { node: Inline; length: number } | undefined {
  const marker = line.startsWith('```', at) ? '```' : '`'
  const from = at + marker.length
  const end = line.indexOf(marker, from)
  if (end <= from) {
    return marker === '`' ? undefined : { node: { kind: 'text', text: marker }, length: 3 }
  }
  const text = line.slice(from, end)
  if (marker === '`' && text.includes('\n')) return undefined
  return {
    node: { kind: 'code', text, isBlock: marker === '```' },
    length: text.length + 2 * marker.length,
  }
}

/** Turns the openers from `depth` on back into the characters they were. */
function unwind(root: Inline[], open: Open[], depth: number): void {
  while (open.length > depth) {
    const { marker, children } = must(open.pop(), 'opener')
    const parent = open.at(-1)?.children ?? root
    addText(parent, marker)
    for (const child of children) addNode(parent, child)
  }
}

function addNode(nodes: Inline[], node: Inline): void {
  if (node.kind === 'text') addText(nodes, node.text)
  else nodes.push(node)
}

function addText(nodes: Inline[], text: string): void {
  const last = nodes.at(-1)
  if (last?.kind === 'text') last.text += text
  else if (text !== '') nodes.push({ kind: 'text', text })
}

function mayOpen(line: string, at: number): boolean {
  const next = line.charAt(at + 1)
  return !blank.test(next) && next !== line.charAt(at) && !endsInWord(line, at)
}

function mayClose(line: string, at: number): boolean {
  return !blank.test(line.charAt(at - 1)) && !wordStart.test(line.slice(at + 1, at + 3))
}

function endsInWord(line: string, at: number): boolean {
  return wordEnd.test(line.slice(Math.max(0, at - 2), at))
}
