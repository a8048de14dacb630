/** A piece of a line. `children` are never empty; `text` of code keeps its line breaks. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  /** `isBlock` when it was written with three backticks: may hold several lines. */
  | { kind: 'code'; text: string; isBlock: boolean }
  /** `text` is what was written and is where `href` leads: a link cannot pretend to be another. */
  | { kind: 'link'; text: string; href: string }

/** One or more lines. Blocks follow each other with one line break between. */
export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'quote'; lines: Inline[][] }
  /** `marker` is what the line began with: `*` or `-`, or the number as it was written. */
  | { kind: 'bullets' | 'numbers'; items: { marker: string; children: Inline[] }[] }

/** What is read when nothing is formatted: the text without its markers. */
export function plainText(blocks: readonly Block[]): string {
  return blocks.map(plainBlock).join('\n')
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return plainLine(block.children)
    case 'quote':
      return block.lines.map(plainLine).join('\n')
    case 'bullets':
      return block.items.map((item) => plainLine(item.children)).join('\n')
    case 'numbers':
      return block.items.map((item) => `${item.marker}. ${plainLine(item.children)}`).join('\n')
  }
}

function plainLine(line: readonly Inline[]): string {
  return line.map((node) => ('children' in node ? plainLine(node.children) : node.text)).join('')
}
