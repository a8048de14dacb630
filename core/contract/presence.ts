import Type from 'typebox'
import type { BlockedPage, BlockedUser } from '../domain/blocked.ts'
import { Components, type ComponentsView } from '../domain/components.ts'
import { Budget, Day, type CostReport } from '../domain/cost-report.ts'
import { ExplanationLanguage, type Explanation } from '../domain/explanation.ts'
import { ContactId, NumberId } from '../domain/ids.ts'
import { Crop, ProfileChange, type ProfileView } from '../domain/profile.ts'
import { LinkText, QrFormat, ShortLink, type LinkList } from '../domain/short-link.ts'
import { Bytes, method } from './method.ts'
import type { MediaBytes } from './views.ts'

const OfNumber = Type.Object({ numberId: NumberId })
const OfLink = Type.Object({ ...OfNumber.properties, code: ShortLink.properties.code })

/**
 * How our numbers look to contacts, whom they blocked, what messages cost: all asked of the server, so all of it fails
 * with `offline` without one.
 */
export const presenceMethods = {
  'profile.get': method(OfNumber).answers<ProfileView>(),
  'profile.set': method(
    Type.Object({ ...OfNumber.properties, change: ProfileChange }),
  ).answers<ProfileView>(),
  /** Null while there is none. */
  'profile.picture': method(OfNumber).answers<MediaBytes | null>(),
  'profile.set-picture': method(
    Type.Object({
      ...OfNumber.properties,
      bytes: Bytes,
      mime: Type.String({ maxLength: 200 }),
      crop: Crop,
    }),
  ).answers<ProfileView>(),
  'components.get': method(OfNumber).answers<ComponentsView>(),
  'components.set': method(
    Type.Object({ ...OfNumber.properties, components: Components }),
  ).answers<ComponentsView>(),
  'short-link.list': method(OfNumber).answers<LinkList>(),
  'short-link.add': method(
    Type.Object({ ...OfNumber.properties, text: LinkText }),
  ).answers<ShortLink>(),
  'short-link.change': method(
    Type.Object({ ...OfLink.properties, text: LinkText }),
  ).answers<ShortLink>(),
  'short-link.remove': method(OfLink).answers<null>(),
  /** The link as a QR code, to be saved. */
  'short-link.qr': method(
    Type.Object({ ...OfLink.properties, format: QrFormat }),
  ).answers<MediaBytes>(),
  'blocked.list': method(
    Type.Object({
      ...OfNumber.properties,
      query: Type.Optional(Type.String({ maxLength: 200 })),
      contactId: Type.Optional(ContactId),
      cursor: Type.Optional(Type.String({ maxLength: 400 })),
    }),
  ).answers<BlockedPage>(),
  /** @throws AppError `whatsapp` 131047 for who has not written in the last 24 hours */
  'blocked.add': method(
    Type.Object({ ...OfNumber.properties, contactId: ContactId }),
  ).answers<BlockedUser>(),
  'blocked.remove': method(
    Type.Object({ ...OfNumber.properties, key: Type.String({ maxLength: 200 }) }),
  ).answers<null>(),
  /** Without days, this month so far. */
  'cost.get': method(
    Type.Object({
      from: Type.Optional(Day),
      to: Type.Optional(Day),
      numberId: Type.Optional(NumberId),
    }),
  ).answers<CostReport>(),
  'cost.set-budget': method(
    Type.Object({ budget: Type.Union([Budget, Type.Null()]) }),
  ).answers<null>(),
  /** What may be told a contact who asks whether it is really us. */
  'explanation.get': method(
    Type.Object({ ...OfNumber.properties, language: ExplanationLanguage }),
  ).answers<Explanation>(),
  /** An empty text gives the one that came with Kontor its place back. */
  'explanation.set': method(
    Type.Object({
      language: ExplanationLanguage,
      template: Type.String({ maxLength: 2000 }),
    }),
  ).answers<null>(),
} as const
