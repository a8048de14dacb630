import type { VerificationChange } from '../../core/domain/verification-change.ts'
import { say, type Speaking } from '../../core/text/say.ts'
import { entryOf } from '../../core/verification/history.ts'

const heads = {
  de: ['Zeit', 'Art', 'Was', 'Vorher', 'Nachher', 'Quelle', 'Betrifft'],
  en: ['Time', 'Kind', 'What', 'Before', 'After', 'Source', 'About'],
} as const

/** The history for spreadsheets (RFC 4180), in UTF-8 with the mark that Excel asks for. Times are ISO 8601. */
export function historyTable(changes: readonly VerificationChange[], speaking: Speaking): string {
  const lines = changes.map((change) => {
    const { kindLabel, title, before, after, sourceLabel, about } = entryOf(change)
    const said = [kindLabel, title, before, after, sourceLabel].map((phrase) =>
      phrase === null ? '' : say(phrase, speaking),
    )
    return [change.at, ...said, about.name]
  })
  const table = [heads[speaking.language], ...lines]
  return `\uFEFF${table.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A cell that begins like a formula would be one in a spreadsheet. */
function cell(text: string): string {
  const plain = /^[=+\-@\t]/.test(text) && !/^\+\d/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
