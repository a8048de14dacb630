import {
  findProfileFlaws,
  profileLimits,
  verticals,
  type Profile,
  type ProfileChange,
} from '../../../core/domain/profile.ts'
import type { Flaw } from '../../../core/domain/flaw.ts'

const texts = ['about', 'address', 'description', 'email'] as const

/** The profile while it is being edited: what was there, what stands in the fields, and what that changes. */
export class ProfileForm {
  #before: Profile
  about = $state('')
  address = $state('')
  description = $state('')
  email = $state('')
  vertical = $state('')
  websites = $state<string[]>([])

  constructor(profile: Profile) {
    this.#before = profile
    this.take(profile)
  }

  /** Begins anew with what WhatsApp has. */
  take(profile: Profile): void {
    this.#before = profile
    for (const name of texts) this[name] = profile[name]
    const isChoice = (verticals as readonly string[]).includes(profile.vertical)
    this.vertical = isChoice ? profile.vertical : ''
    const empty = Array.from({ length: profileLimits.websites }, () => '')
    this.websites = [...profile.websites, ...empty].slice(0, profileLimits.websites)
  }

  discard(): void {
    this.take(this.#before)
  }

  /** As contacts would see it. */
  get shown(): Profile {
    return { ...this.#before, ...this.change }
  }

  /** Only what differs: the rest stays as it is at WhatsApp. */
  get change(): ProfileChange {
    const change: ProfileChange = {}
    for (const name of texts) if (this[name] !== this.#before[name]) change[name] = this[name]
    if (this.vertical !== '' && this.vertical !== this.#before.vertical) {
      change.vertical = this.vertical
    }
    const websites = this.websites.map((one) => one.trim()).filter((one) => one !== '')
    if (websites.join(' ') !== this.#before.websites.join(' ')) change.websites = websites
    return change
  }

  get isChanged(): boolean {
    return Object.keys(this.change).length > 0
  }

  /** Of the fields as they stand; a website's place is its field's. */
  get flaws(): Flaw[] {
    const { websites, ...change } = this.change
    const flaws = findProfileFlaws(change)
    if (websites === undefined) return flaws
    const ofWebsites = this.websites.flatMap((one, index) => {
      const own = one.trim() === '' ? [] : findProfileFlaws({ websites: [one.trim()] })
      return own.map((flaw) => ({ ...flaw, at: `/websites/${index}` }))
    })
    return [...flaws, ...ofWebsites]
  }
}
