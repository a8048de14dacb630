import type { NumberId } from '../../../core/domain/ids.ts'
import { aContact, aMessage } from '../../../core/testing/examples.ts'

const first = ['Anke', 'Björn', 'Cornelia', 'Deniz', 'Elif', 'Frauke', 'Günter', 'Heike', 'Ines']
const last = ['Ahrens', 'Böttcher', 'Çelik', 'Dittmann', 'Eggers', 'Förster', 'Groß', 'Hübner']
const lines = [
  'Ist mein Auftrag schon unterwegs?',
  'Bitte um eine Rechnungskopie.',
  'Der Monteur war nicht da.',
  'Danke, das hat geklappt!',
]

/** So many more conversations that nobody has, each with one line. */
export function crowd(count: number, nowMs: number, numberId: NumberId) {
  return Array.from({ length: count }, (_, index) => {
    const name = `${first[index % first.length]} ${last[index % last.length]}`
    const atMs = nowMs - (index + 70) * 60_000
    return {
      contact: aContact({ name, phone: `+49151${String(30_000_000 + index)}` }),
      with: { numberId },
      messages: [
        aMessage({
          text: lines[index % lines.length]!,
          author: { kind: 'contact' as const, name },
          sentAtMs: atMs,
          receivedAtMs: atMs,
        }),
      ],
    }
  })
}
