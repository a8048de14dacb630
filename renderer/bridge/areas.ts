/** Which area of the console the address names, and what is open in it. Where one is in the inbox, its route says. */
export type Area =
  | { name: 'inbox' }
  /** What did not leave, and what WhatsApp delivered. */
  | { name: 'deliveries' }
  | {
      name: 'verification'
      /** One of our own numbers; null where none is chosen. */
      numberId: string | null
      /** What is shown of it; null is the overview. */
      tab: string | null
    }

/** `#/verification/<number>/<tab>` or `#/deliveries` → area. Whatever it does not know is the inbox. */
export function parseArea(hash: string): Area {
  const [area, number = '', tab = ''] = hash.replace(/^#\/?/, '').split('/')
  if (area === 'deliveries') return { name: 'deliveries' }
  if (area !== 'verification') return { name: 'inbox' }
  const numberId = number === '' ? null : number
  return { name: 'verification', numberId, tab: numberId === null || tab === '' ? null : tab }
}

/** The address of one of our numbers in the verification, or of the whole of it. */
export function numberHash(numberId: string | null, tab: string | null = null): string {
  return `#/${['verification', numberId, tab].filter((part) => part !== null).join('/')}`
}
