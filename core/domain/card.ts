/** Contact cards as WhatsApp takes them. @see facts 2.3 */
import Type, { type Static } from 'typebox'

const strict = { additionalProperties: false }
const text = Type.Optional(Type.String({ minLength: 1, maxLength: 1000 }))
const some = <S extends Type.TSchema>(item: S) => Type.Optional(Type.Array(item, { maxItems: 50 }))

export const ContactCard = Type.Object(
  {
    /** The formatted name and at least one more part. */
    name: Type.Object(
      {
        formatted_name: Type.String({ minLength: 1, maxLength: 1000, pattern: '\\S' }),
        first_name: text,
        last_name: text,
        middle_name: text,
        suffix: text,
        prefix: text,
      },
      { ...strict, minProperties: 2 },
    ),
    phones: some(Type.Object({ phone: text, type: text, wa_id: text }, strict)),
    emails: some(Type.Object({ email: text, type: text }, strict)),
    urls: some(Type.Object({ url: text, type: text }, strict)),
    addresses: some(
      Type.Object(
        {
          street: text,
          city: text,
          state: text,
          zip: text,
          country: text,
          country_code: text,
          type: text,
        },
        strict,
      ),
    ),
    org: Type.Optional(Type.Object({ company: text, department: text, title: text }, strict)),
    birthday: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  },
  strict,
)
export type ContactCard = Static<typeof ContactCard>

/** At most so many in one message. */
export const mostCards = 257
