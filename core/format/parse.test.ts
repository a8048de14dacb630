import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block, Inline } from './nodes.ts'
import { plainText } from './nodes.ts'
import { parseFormat } from './parse.ts'

const only = (text: string) => {
  const [block, ...more] = parseFormat(text)
  expect(more).toEqual([])
  expect(block?.kind).toBe('paragraph')
  return block?.kind === 'paragraph' ? block.children : []
}
const text = (value: string): Inline => ({ kind: 'text', text: value })

test.each([
  ['*fett*', [{ kind: 'bold', children: [text('fett')] }]],
  ['_schräg_', [{ kind: 'italic', children: [text('schräg')] }]],
  ['~weg~', [{ kind: 'strike', children: [text('weg')] }]],
  ['`1 + 1`', [{ kind: 'code', text: '1 + 1', isBlock: false }]],
  ['```a\nb```', [{ kind: 'code', text: 'a\nb', isBlock: true }]],
  [
    '*a _b_*',
    [{ kind: 'bold', children: [text('a '), { kind: 'italic', children: [text('b')] }] }],
  ],
  ['(*ja*), gut', [text('('), { kind: 'bold', children: [text('ja')] }, text('), gut')]],
])('%s is formatted', (written, nodes) => {
  expect(only(written)).toEqual(nodes)
})

test.each([
  '*offen',
  'a * nicht fett *',
  '5*3*2',
  'ein_datei_name',
  '**',
  '``````',
  '`über\nzwei Zeilen`',
  '*über\nzwei*',
  '> ',
  '- ',
  '1.ohne Leerzeichen',
  '<b>*</b>',
])('%j stays as it was written', (written) => {
  expect(plainText(parseFormat(written))).toBe(written)
})

test('a format that is closed inside out keeps the inner marker as text', () => {
  expect(only('*a _b* c_')).toEqual([{ kind: 'bold', children: [text('a _b')] }, text(' c_')])
})

test('lines become quotes and lists, and neighbours of a kind become one', () => {
  expect(parseFormat('> eins\n> *zwei*\n- a\n* b\n3. c\n\nd')).toEqual([
    { kind: 'quote', lines: [[text('eins')], [{ kind: 'bold', children: [text('zwei')] }]] },
    {
      kind: 'bullets',
      items: [
        { marker: '-', children: [text('a')] },
        { marker: '*', children: [text('b')] },
      ],
    },
    { kind: 'numbers', items: [{ marker: '3', children: [text('c')] }] },
    { kind: 'paragraph', children: [text('\n'), text('d')] },
  ])
})

test.each([
  ['https://nordwerk.example/a_b_c?x=*1*', 'https://nordwerk.example/a_b_c?x=*1'],
  ['Siehe (https://nordwerk.example/a(b)).', 'https://nordwerk.example/a(b)'],
  ['HTTP://X.example!', 'HTTP://X.example'],
  ['www.nordwerk.example,', 'https://www.nordwerk.example'],
  ['mailto:info@nordwerk.example', 'mailto:info@nordwerk.example'],
  ['tel:+494030068810', 'tel:+494030068810'],
  ['_https://nordwerk.example/_', 'https://nordwerk.example/'],
])('%s leads to %s', (written, href) => {
  expect(linksOf(parseFormat(written)).map((link) => link.href)).toEqual([href])
})

test.each([
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'java\nscript:alert(1)',
  'Hotel:12',
  'https://',
  'xhttps://a.example',
])('%j leads nowhere', (written) => {
  expect(linksOf(parseFormat(written))).toEqual([])
})

/** Text made of exactly the pieces that mean something. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('*', '_', '~', '`', '```', '\n', '> ', '- ', '* ', '1. ', ' ', '.', '(', ')'),
      fc.constantFrom(
        'https://',
        'www.',
        'tel:+4',
        'mailto:',
        'a',
        'ß',
        '👍🏽',
        '\u202e',
        '\r',
        '\0',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 60 },
  )
  .map((pieces) => pieces.join(''))

test('every character is in a node or was a marker, in its place', () => {
  fc.assert(
    fc.property(hostile, (written) => {
      expect(source(parseFormat(written))).toBe(written)
    }),
    { numRuns: 2000 },
  )
})

test('whatever is written, links lead only where the text says, and nothing is empty', () => {
  fc.assert(
    fc.property(hostile, (written) => {
      const blocks = parseFormat(written)
      for (const link of linksOf(blocks)) {
        expect(link.href).toMatch(/^(https?:\/\/|mailto:|tel:)[^\s<>"]+$/i)
        expect(link.href.endsWith(link.text)).toBe(true)
      }
      for (const node of blocks.flatMap(inlines)) {
        if ('children' in node) expect(node.children.length).toBeGreaterThan(0)
        else expect(node.text).not.toBe('')
      }
    }),
    { numRuns: 1000 },
  )
})

test.each([
  '*',
  '*a ',
  '*a _b ~c ',
  '_*~',
  '`',
  '`\n',
  '```',
  '```a',
  '\n',
  'https://.',
  'www.(',
  'h',
  '> *a\n',
  '- \n',
  '(((https://a',
  '*a* ',
  '`a',
])('%j a hundred thousand times takes no longer than its length', (piece) => {
  const took = (times: number) => {
    const written = `a\n${piece.repeat(times)}`
    const from = performance.now()
    parseFormat(written)
    return performance.now() - from
  }
  took(10_000)
  expect(took(100_000)).toBeLessThan(1_500)
})

/** Writes nodes back with their markers. */
function source(blocks: Block[]): string {
  return blocks
    .map((block) => {
      if (block.kind === 'paragraph') return line(block.children)
      if (block.kind === 'quote') return block.lines.map((one) => `> ${line(one)}`).join('\n')
      const dot = block.kind === 'numbers' ? '.' : ''
      return block.items.map((item) => `${item.marker}${dot} ${line(item.children)}`).join('\n')
    })
    .join('\n')
}

function line(nodes: Inline[]): string {
  const around = { bold: '*', italic: '_', strike: '~' }
  return nodes
    .map((node) => {
      if ('children' in node)
        return `${around[node.kind]}${line(node.children)}${around[node.kind]}`
      if (node.kind !== 'code') return node.text
      const marker = node.isBlock ? '```' : '`'
      return `${marker}${node.text}${marker}`
    })
    .join('')
}

function inlines(block: Block): Inline[] {
  const lines =
    block.kind === 'paragraph'
      ? [block.children]
      : block.kind === 'quote'
        ? block.lines
        : block.items.map((item) => item.children)
  return lines.flat().flatMap(all)
}

function all(node: Inline): Inline[] {
  return 'children' in node ? [node, ...node.children.flatMap(all)] : [node]
}

function linksOf(blocks: Block[]) {
  return blocks.flatMap(inlines).filter((node) => node.kind === 'link')
}
