import type { Handlers } from '../../core/contract/contract.ts'
import type { MediaBytes } from '../../core/contract/views.ts'
import type { BlockedUser } from '../../core/domain/blocked.ts'
import type { Components } from '../../core/domain/components.ts'
import type { CostReport } from '../../core/domain/cost-report.ts'
import { explain, explanations } from '../../core/domain/explanation.ts'
import type { Profile, Reading } from '../../core/domain/profile.ts'
import type { ShortLink } from '../../core/domain/short-link.ts'
import { AppError } from '../../core/lib/errors.ts'

/** How the server answers: of this moment, of before, with nothing yet, or not at all. */
export const presenceModes = ['ready', 'stale', 'empty', 'failed', 'never'] as const
export type PresenceMode = (typeof presenceModes)[number]

const aProfile: Profile = {
  about: 'Montag bis Freitag von 8 bis 18 Uhr, Samstag bis 14 Uhr',
  address: 'Kehrwieder 9, 20457 Hamburg',
  description:
    'Nordwerk repariert und liefert Haushaltsgeräte in Norddeutschland. Hier beantworten wir Fragen zu Aufträgen, Lieferungen und Rechnungen.',
  email: 'service@nordwerk.example',
  websites: ['https://nordwerk.example', 'https://nordwerk.example/hilfe'],
  vertical: 'RETAIL',
}
const someComponents: Components = {
  iceBreakers: ['Wo ist mein Paket?', 'Termin verschieben', 'Rechnungskopie anfordern'],
  commands: [
    { name: 'termin', description: 'Einen Termin mit der Werkstatt vereinbaren' },
    { name: 'rechnung', description: 'Eine Kopie der letzten Rechnung anfordern' },
  ],
  hasWelcome: false,
}
const someLinks: ShortLink[] = [
  ['4QX7DB2K5LMAP1', 'Guten Tag, ich habe eine Frage zu meinem Auftrag.'],
  ['R2NHV6T3WJ9SE1', 'Ich möchte einen Termin mit der Werkstatt vereinbaren.'],
  ['K8PZ5FYXC7QTN1', 'Reklamation zur Lieferung vom'],
].map(([code = '', text = '']) => ({ code, text, url: `https://wa.me/message/${code}` }))
const someBlocked: BlockedUser[] = [
  ['+4915112345678', null, 'Thorsten Wübbenhorst', 'Maren Lorenz', '2026-11-20T09:12:00.000Z'],
  ['+436601234567', null, null, null, null],
  [null, 'DE.10293847561029384756', 'glücksritter_77', 'Cem Yıldız', '2026-11-03T16:40:00.000Z'],
].map(([phone = null, userId = null, name, blockedBy = null, blockedAt = null], index) => ({
  key: phone ?? userId ?? '',
  phone,
  userId,
  contact: name == null ? null : { id: `019aae00-0000-7000-8000-00000000000${index}`, name },
  blockedBy,
  blockedAt,
}))

/** Lines of one number, as the server would add them up: number, country, category, messages, free, unpriced, micros. */
function costOf(numberIds: readonly string[]): CostReport['items'] {
  const [first = '', second = first] = numberIds
  const lines = [
    [first, 'DE', 'service', 3412, 968, 0, 134_420_000],
    [first, 'DE', 'marketing', 640, 0, 0, 87_360_000],
    [second, 'DE', 'utility', 1208, 0, 0, 66_440_000],
    [first, 'AT', 'service', 118, 32, 0, 1_470_600],
    [second, 'NL', 'service', 86, 86, 0, 0],
    [first, 'DE', 'referral_conversion', 44, 44, 0, 0],
    [second, 'ZA', 'utility', 3, 0, 3, 0],
  ] as const
  return lines.map(([numberId, country, category, messages, free, unpriced, amountMicros]) => ({
    ...{ numberId, country, category, messages, free, unpriced, amountMicros },
    billed: messages - free - unpriced,
  }))
}

/** A black square on white: enough of a picture for an `<img>`. */
const aPicture: MediaBytes = {
  mime: 'image/svg+xml',
  fileName: null,
  bytes: new TextEncoder().encode(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#0a5e6f" d="M0 0h8v8H0z"/><path fill="#fff" d="M2 6V2h1l2 2.6V2h1v4H5L3 3.4V6z"/></svg>',
  ),
}

type Presence = Pick<
  Handlers,
  Extract<
    keyof Handlers,
    `${'profile' | 'components' | 'short-link' | 'blocked' | 'cost' | 'explanation'}.${string}`
  >
>

/** A server in memory that answers about the numbers of a firm, and remembers what is changed. */
export function presenceHandlers(numberIds: readonly string[], mode: PresenceMode): Presence {
  const isEmpty = mode === 'empty'
  const trouble = mode === 'stale' ? ('whatsapp' as const) : null
  const reading: Reading = { readAt: '2026-11-24T08:24:00.000Z', trouble }
  const nothing: Profile = { ...aProfile, about: '', address: '', description: '', email: '', websites: [], vertical: '' } // prettier-ignore
  let profile = isEmpty ? nothing : aProfile
  let components = isEmpty ? { iceBreakers: [], commands: [], hasWelcome: false } : someComponents
  let links = isEmpty ? [] : someLinks
  let blocked = isEmpty ? [] : someBlocked
  let budget: CostReport['budget'] = isEmpty
    ? null
    : { amountMicros: 350_000_000, thresholds: [80, 100], reached: [80] }
  const own: Record<string, string> = {}
  async function answered<T>(value: () => T): Promise<T> {
    if (mode === 'never') return new Promise(() => undefined)
    if (mode === 'failed') throw new AppError('offline', 'as wished')
    return value()
  }
  const view = () => answered(() => ({ profile, hasPicture: !isEmpty, ...reading }))
  const facts = {
    name: 'Nordwerk Kundenservice',
    number: '+49 40 3006 8810',
    website: profile.websites[0],
    link: 'https://wa.me/494030068810',
    badge: undefined,
  }
  return {
    'profile.get': view,
    'profile.set': ({ change }) => {
      profile = { ...profile, ...(change as Partial<Profile>) } // members that are there have a value
      return view()
    },
    'profile.picture': () => aPicture,
    'profile.set-picture': view,
    'components.get': () => answered(() => ({ components, ...reading })),
    'components.set': ({ components: next }) => {
      components = next
      return answered(() => ({ components, ...reading }))
    },
    'short-link.list': () => answered(() => ({ items: links, ...reading })),
    'short-link.add': ({ text }) => {
      const code = `NEW${links.length}`
      const link = { code, text, url: `https://wa.me/message/${code}` }
      links = [...links, link]
      return link
    },
    'short-link.change': ({ code, text }) => {
      const link = { code, text, url: `https://wa.me/message/${code}` }
      links = links.map((one) => (one.code === code ? link : one))
      return link
    },
    'short-link.remove': ({ code }) => {
      links = links.filter((one) => one.code !== code)
      return null
    },
    'short-link.qr': () => aPicture,
    'blocked.list': ({ query = '', contactId }) =>
      answered(() => {
        const isMeant = ({ contact, key }: BlockedUser) =>
          `${contact?.name ?? ''} ${key}`.toLowerCase().includes(query.toLowerCase()) &&
          (contactId === undefined || contact?.id === contactId)
        const items = blocked.filter(isMeant)
        return { items, nextCursor: null, total: blocked.length, ...reading }
      }),
    'blocked.add': ({ contactId: id }) => {
      const contact = { id, name: 'Dörte Müller-Lüdenscheidt' }
      const user = { ...someBlocked[0]!, key: '+494012340101', phone: '+494012340101', contact }
      blocked = [...blocked, user]
      return user
    },
    'blocked.remove': ({ key }) => {
      blocked = blocked.filter((one) => one.key !== key)
      return null
    },
    'cost.get': ({ numberId, from, to }) =>
      answered(() => {
        const all = isEmpty ? [] : costOf(numberIds)
        const items = all.filter((item) => numberId === undefined || item.numberId === numberId)
        const amountMicros = items.reduce((sum, item) => sum + item.amountMicros, 0)
        return {
          from: from ?? '2026-11-01',
          to: to ?? '2026-11-24',
          ...{ timeZone: 'Europe/Berlin', currency: 'USD', amountMicros, items, budget },
          forecastMicros: from === undefined && !isEmpty ? Math.round(amountMicros * 1.29) : null,
          rates: {
            origin: 'shipped',
            validFrom: '2026-10-01',
            source: 'Meta’s rate card in USD effective 2026-10-01',
            note: 'List prices before volume tiers and taxes.',
            freeServiceMessages: 1000,
            problem: null,
          },
          notice: '',
        }
      }),
    'cost.set-budget': ({ budget: next }) => {
      budget = next === null ? null : { ...next, reached: [] }
      return null
    },
    'explanation.get': ({ language }) =>
      answered(() => {
        const template = own[language] || explanations[language]
        return { template, isOwn: (own[language] ?? '') !== '', text: explain(template, facts) }
      }),
    'explanation.set': ({ language, template }) => {
      own[language] = template
      return null
    },
  }
}
