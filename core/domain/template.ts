import Type, { type Static } from 'typebox'
import { TemplateId } from './ids.ts'
import type { Contact } from './people.ts'
import { AtMs } from './time.ts'

/** A button of a template, under the names WhatsApp gives them. `url` may end in one `{{1}}`. */
const Button = Type.Object({
  /** `QUICK_REPLY`, `URL`, `PHONE_NUMBER`, `COPY_CODE`, `FLOW`, `OTP`, … */
  type: Type.String(),
  text: Type.Optional(Type.String()),
  url: Type.Optional(Type.String()),
  phone: Type.Optional(Type.String()),
  /** Examples as they were submitted, for the preview. */
  example: Type.Optional(Type.Array(Type.String())),
})
export type TemplateButtonDefinition = Static<typeof Button>

const Header = Type.Object({
  /** `TEXT`, `IMAGE`, `VIDEO`, `DOCUMENT`, `LOCATION`, … */
  format: Type.String(),
  text: Type.Optional(Type.String()),
})

export type TemplateHeaderDefinition = Static<typeof Header>

const Card = Type.Object({
  header: Type.Optional(Header),
  body: Type.Optional(Type.String()),
  buttons: Type.Array(Button),
})
export type TemplateCardDefinition = Static<typeof Card>

/**
 * A message template as WhatsApp has it. `status`, `category` and `quality` are WhatsApp's words, kept as they came.
 * @see facts 4
 */
export const Template = Type.Object({
  id: TemplateId,
  /** Meta's id of the WhatsApp Business account it belongs to. */
  accountId: Type.String(),
  /** Meta's id of the template. */
  metaId: Type.String(),
  name: Type.String(),
  language: Type.String(),
  status: Type.String(),
  category: Type.String(),
  quality: Type.String(),
  format: Type.Enum(['NAMED', 'POSITIONAL']),
  header: Type.Optional(Header),
  body: Type.String(),
  footer: Type.Optional(Type.String()),
  buttons: Type.Array(Button),
  cards: Type.Optional(Type.Array(Card)),
  /** Examples of the body's placeholders, by name or, for positional ones, by number from 1. */
  examples: Type.Record(Type.String(), Type.String()),
  /** Parts that Kontor has no words for: such a template is shown and not offered. */
  hasUnknownParts: Type.Optional(Type.Boolean()),
  rejectedReason: Type.Optional(Type.String()),
  /** Until when WhatsApp has paused it, where it said so. */
  pausedUntilMs: Type.Optional(AtMs),
  /** WhatsApp has announced this category from then on. */
  coming: Type.Optional(Type.Object({ category: Type.String(), atMs: Type.Optional(AtMs) })),
  /** It no longer exists at WhatsApp; kept for the threads that name it. */
  isGone: Type.Optional(Type.Boolean()),
  updatedAtMs: AtMs,
})
export type Template = Static<typeof Template>

/** Whether WhatsApp takes messages made of it now. */
export function isSendable(template: Template): boolean {
  return whyUnsendable(template) === undefined
}

/** Why a template cannot be sent, to anybody or to this contact. `unapproved` is any state without a word of its own. */
export type NotOffered =
  | 'gone'
  | 'not-understood'
  | 'pending'
  | 'rejected'
  | 'paused'
  | 'disabled'
  | 'archived'
  | 'unapproved'
  | 'marketing-stopped'
  | 'needs-phone'

const states: Readonly<Record<string, NotOffered>> = {
  PENDING: 'pending',
  IN_APPEAL: 'pending',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
  ARCHIVED: 'archived',
  DELETED: 'gone',
  PENDING_DELETION: 'gone',
}

/** Why WhatsApp takes no message made of it now. */
export function whyUnsendable(template: Template): NotOffered | undefined {
  if (template.isGone === true) return 'gone'
  if (template.status !== 'APPROVED') return states[template.status] ?? 'unapproved'
  return template.hasUnknownParts === true ? 'not-understood' : undefined
}

/** Why it is not offered for this contact; undefined when it is. */
export function whyNotFor(template: Template, contact: Contact): NotOffered | undefined {
  const unsendable = whyUnsendable(template)
  if (unsendable !== undefined) return unsendable
  if (template.category === 'MARKETING' && contact.marketing?.value === 'stop') {
    return 'marketing-stopped'
  }
  // WhatsApp answers 131062 to a code for a user id.
  const needsPhone = template.category === 'AUTHENTICATION'
  return needsPhone && contact.phone === undefined ? 'needs-phone' : undefined
}

/** The placeholders of a text in their order: `{{1}}` is `1`, `{{order_id}}` is `order_id`. */
export function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? ''))]
}

/** The text with its placeholders filled; what has no value stays visible. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  )
}
