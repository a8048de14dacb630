import type { ContactComparison } from '../../core/contract/views.ts'
import type { Keep } from '../../core/domain/merge.ts'
import type { Contact } from '../../core/domain/people.ts'

/** `into` is whose conversation is open. */
export type Side = 'from' | 'into'

const keys = ['name', 'phone', 'username', 'userId', 'language'] as const
export type MergeKey = (typeof keys)[number]

/** What both contacts say about one thing; empty where one says nothing. */
export type MergeRow = {
  key: MergeKey
  into: string
  from: string
  /** They say different things, so somebody has to choose. */
  differs: boolean
}

/** Everything one of them has a word for. */
export function rowsOf({ contact, other }: ContactComparison): MergeRow[] {
  return keys.flatMap((key) => {
    const into = valueOf(contact.contact, key)
    const from = valueOf(other.contact, key)
    if (into === '' && from === '') return []
    return [{ key, into, from, differs: into !== '' && from !== '' && into !== from }]
  })
}

/** What was chosen against the usual. */
export function keepOf(rows: readonly MergeRow[], chosen: Readonly<Record<string, Side>>): Keep {
  return Object.fromEntries(
    rows
      .filter(({ key, differs }) => differs && chosen[key] === 'from')
      .map(({ key }) => [key, 'from' as const]),
  )
}

function valueOf(contact: Contact, key: MergeKey): string {
  return contact[key] ?? ''
}
