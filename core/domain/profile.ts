import Type, { type Static } from 'typebox'
import type { Flaw } from './flaw.ts'

/** Whether an answer is WhatsApp's of this moment, or the last one, because WhatsApp cannot be asked now. */
export const Reading = Type.Object({
  readAt: Type.String({ format: 'date-time' }),
  /** Why it is not of this moment; null when it is. */
  trouble: Type.Union([Type.Enum(['unavailable', 'whatsapp']), Type.Null()]),
})
export type Reading = Static<typeof Reading>

/** What a firm does, in WhatsApp's words. @see facts 8.1 */
export const verticals = [
  'OTHER',
  'AUTO',
  'BEAUTY',
  'APPAREL',
  'EDU',
  'ENTERTAIN',
  'EVENT_PLAN',
  'FINANCE',
  'GROCERY',
  'GOVT',
  'HOTEL',
  'HEALTH',
  'NONPROFIT',
  'PROF_SERVICES',
  'RETAIL',
  'TRAVEL',
  'RESTAURANT',
  'ALCOHOL',
  'ONLINE_GAMBLING',
  'PHYSICAL_GAMBLING',
  'OTC_DRUGS',
] as const

/** How contacts see a number. What is not set is empty; `vertical` may be a word that cannot be chosen. */
export const Profile = Type.Object({
  about: Type.String(),
  address: Type.String(),
  description: Type.String(),
  email: Type.String(),
  websites: Type.Array(Type.String()),
  vertical: Type.String(),
})
export type Profile = Static<typeof Profile>

/** Members that are left out stay. */
export const ProfileChange = Type.Partial(Profile, { additionalProperties: false })
export type ProfileChange = Static<typeof ProfileChange>

export const ProfileView = Type.Object({
  profile: Profile,
  hasPicture: Type.Boolean(),
  ...Reading.properties,
})
export type ProfileView = Static<typeof ProfileView>

/** In characters. @see facts 8.1 */
export const profileLimits = {
  about: 139,
  address: 256,
  description: 512,
  email: 128,
  website: 256,
  websites: 2,
} as const

/** The part of a picture that is kept, in its own pixels as it is shown. */
export const Crop = Type.Object({
  left: Type.Integer({ minimum: 0, maximum: 50_000 }),
  top: Type.Integer({ minimum: 0, maximum: 50_000 }),
  side: Type.Integer({ minimum: 1, maximum: 50_000 }),
})
export type Crop = Static<typeof Crop>

/** @see facts 8.1; what WhatsApp shows is never larger, and what is smaller than the shortest side looks blurred */
export const picture = { side: 640, shortestSide: 192, sizeBytes: 5 * 1024 * 1024 } as const

/** What WhatsApp would not take, field by field. */
export function findProfileFlaws(change: ProfileChange): Flaw[] {
  const { about, email, vertical, websites } = change
  const flaws: Flaw[] = []
  for (const name of ['about', 'address', 'description', 'email'] as const) {
    const most = profileLimits[name]
    if ((change[name]?.length ?? 0) > most) {
      flaws.push({ at: `/${name}`, rule: 'too-long', reason: `must be at most ${most} characters` })
    }
  }
  if (about !== undefined && about.trim() === '') {
    flaws.push({ at: '/about', rule: 'missing', reason: 'must not be empty' })
  }
  if (email !== undefined && email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    flaws.push({ at: '/email', rule: 'malformed', reason: 'must be an e-mail address' })
  }
  if (vertical !== undefined && !(verticals as readonly string[]).includes(vertical)) {
    flaws.push({ at: '/vertical', rule: 'malformed', reason: 'must be one of the list' })
  }
  return [...flaws, ...websiteFlaws(websites ?? [])]
}

function websiteFlaws(websites: readonly string[]): Flaw[] {
  const { website, websites: most } = profileLimits
  if (websites.length > most) {
    return [{ at: '/websites', rule: 'too-many', reason: `must be at most ${most}` }]
  }
  return websites.flatMap((address, index): Flaw[] => {
    const at = `/websites/${index}`
    if (address.length > website) {
      return [{ at, rule: 'too-long', reason: `must be at most ${website} characters` }]
    }
    const isAddress = /^https?:\/\/[^\s/.]+\.[^\s]+$/i.test(address)
    return isAddress
      ? []
      : [{ at, rule: 'malformed', reason: 'must begin with https:// or http://' }]
  })
}
