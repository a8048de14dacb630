import type { OwnNumber } from '../../../core/domain/people.ts'
import type { Deeds } from '../deeds.svelte.ts'

/** What the dialog of a deed is given. */
export type DeedProps = { deeds: Deeds; onclose: () => void }

/** A number as people read it, to be recognised in a dialog. */
export function numberText({ displayPhone, name, phoneNumberId }: OwnNumber): string {
  return displayPhone ?? name ?? phoneNumberId
}

/** Whatever somebody put between them. */
export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

const pinPattern = /^\d{6}$/

export function isPin(text: string): boolean {
  return pinPattern.test(text.trim())
}

export function isAddress(text: string): boolean {
  try {
    const { protocol, hostname } = new URL(text.trim())
    return protocol === 'https:' && hostname.includes('.')
  } catch {
    return false
  }
}
