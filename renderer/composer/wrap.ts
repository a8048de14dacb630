/** What a text field holds and what of it is selected. */
export type Selected = { text: string; start: number; end: number }

/**
 * Puts WhatsApp's marker around the selection, or takes it off where it already stands around it. Spaces at the ends
 * stay outside, because a marker beside a space does not format.
 */
export function wrapSelection({ text, start, end }: Selected, marker: string): Selected {
  const picked = text.slice(start, end)
  const from = start + (picked.length - picked.trimStart().length)
  const to = picked.trim() === '' ? from : end - (picked.length - picked.trimEnd().length)
  const length = marker.length
  const isWrapped =
    text.slice(from - length, from) === marker && text.slice(to, to + length) === marker
  if (isWrapped && from >= length) {
    const inner = text.slice(from, to)
    return {
      text: text.slice(0, from - length) + inner + text.slice(to + length),
      start: from - length,
      end: to - length,
    }
  }
  return {
    text: text.slice(0, from) + marker + text.slice(from, to) + marker + text.slice(to),
    start: from + length,
    end: to + length,
  }
}
