import { parseInline } from './inline.ts'
import type { Block, Inline } from './nodes.ts'

const lineBreak: Inline = { kind: 'text', text: '\n' }
const quote = /^> (?=.*\S)/s
const bullet = /^([*-]) (?=\s*\S)/
const number = /^(\d{1,3})\. (?=\s*\S)/

/**
 * WhatsApp's text formatting as nodes: `*bold*`, `_italic_`, `~strike~`, backticks, `> quote`, lists and links.
 * Total and linear: any string gives nodes, and each of its characters is in a node or was a marker.
 */
export function parseFormat(text: string): Block[] {
  const blocks: Block[] = []
  for (const line of logicalLines(text)) addLine(blocks, line)
  return blocks
}

function addLine(blocks: Block[], line: string): void {
  const last = blocks.at(-1)
  const quoted = quote.exec(line)
  if (quoted !== null) {
    const children = parseInline(line.slice(2))
    if (last?.kind === 'quote') last.lines.push(children)
    else blocks.push({ kind: 'quote', lines: [children] })
    return
  }
  const listed = bullet.exec(line) ?? number.exec(line)
  if (listed !== null) {
    const [written, marker = ''] = listed
    const kind = bullet.test(line) ? 'bullets' : 'numbers'
    const item = { marker, children: parseInline(line.slice(written.length)) }
    if (last?.kind === kind) last.items.push(item)
    else blocks.push({ kind, items: [item] })
    return
  }
  const children = parseInline(line)
  if (last?.kind !== 'paragraph') blocks.push({ kind: 'paragraph', children })
  else for (const node of [lineBreak, ...children]) last.children.push(node)
}

/** Lines, except that what stands between three backticks is not divided. */
function logicalLines(text: string): string[] {
  const lines: string[] = []
  const fences = fencesOf(text)
  let nextFence = 0
  let from = 0
  let end = text.indexOf('\n')
  while (end >= 0) {
    while (nextFence < fences.length && (fences[nextFence]?.end ?? 0) <= end) nextFence += 1
    const fence = fences[nextFence]
    if (fence === undefined || end < fence.start) {
      lines.push(text.slice(from, end))
      from = end + 1
      end = text.indexOf('\n', from)
    } else {
      end = text.indexOf('\n', fence.end)
    }
  }
  lines.push(text.slice(from))
  return lines
}

function fencesOf(text: string): { start: number; end: number }[] {
  const fences = []
  let start = text.indexOf('```')
  while (start >= 0) {
    const close = text.indexOf('```', start + 3)
    if (close < 0) break
    if (close > start + 3) fences.push({ start, end: close + 3 })
    start = close > start + 3 ? text.indexOf('```', close + 3) : close
  }
  return fences
}
