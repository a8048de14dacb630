/** What kind of rule does not hold, for screens that say it in their own words. */
export type FlawRule =
  'missing' | 'unexpected' | 'malformed' | 'too-long' | 'too-many' | 'repeated' | 'too-old'

/**
 * Something WhatsApp would not take. `at` is the JSON pointer of the member; `reason` says to developers what is
 * allowed there.
 */
export type Flaw = { at: string; rule: FlawRule; reason: string }

/** The pointer to a member whose name may hold anything. */
export function pointer(at: string, name: string | number): string {
  return `${at}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
}
