import Type, { type Static } from 'typebox'

/** The two-step PIN: passed on to WhatsApp, kept and logged nowhere. */
const Pin = Type.String({ pattern: '^\\d{6}$' })
const Address = Type.String({ minLength: 1, maxLength: 2048, pattern: '^https?://' })

/** The name that a deed goes by, and what it needs. */
const deed = <K extends string, P extends Type.TProperties>(kind: K, more: P) =>
  Type.Object({ kind: Type.Literal(kind), ...more }, { additionalProperties: false })

/** What administrators can do with a number at WhatsApp. @see facts 7.3 to 7.5 */
export const NumberDeed = Type.Union([
  deed('request-name', { name: Type.String({ minLength: 3, maxLength: 100 }) }),
  deed('set-pin', { pin: Pin }),
  deed('register', {
    pin: Pin,
    /** Country in which WhatsApp is to keep the messages, such as `DE`. */
    region: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  }),
  /** `confirm` is the number as typed by who wants it gone. */
  deed('deregister', { confirm: Type.String({ maxLength: 40 }) }),
  deed('request-code', {
    by: Type.Enum(['sms', 'voice']),
    language: Type.String({ pattern: '^[a-z]{2}(_[A-Z]{2})?$' }),
  }),
  deed('verify-code', { code: Type.String({ pattern: '^\\d{6}$' }) }),
  deed('request-official', {
    website: Address,
    /** `DE` */
    country: Type.String({ pattern: '^[A-Z]{2}$' }),
    language: Type.Optional(Type.String({ maxLength: 20 })),
    brand: Type.Optional(Type.String({ maxLength: 200 })),
    /** Press that was not paid for. */
    links: Type.Array(Address, { maxItems: 10 }),
    more: Type.Optional(Type.String({ maxLength: 2000 })),
  }),
])
export type NumberDeed = Static<typeof NumberDeed>

/** Whether the number was typed as it is shown, whatever is between the digits. */
export function isConfirmed(typed: string, displayPhone: string | undefined): boolean {
  const digits = (text: string) => text.replace(/\D/g, '')
  return displayPhone !== undefined && digits(typed) === digits(displayPhone)
}
