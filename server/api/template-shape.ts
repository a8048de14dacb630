import Type, { type Static } from 'typebox'
import { Template, whyUnsendable } from '../../core/domain/template.ts'
import { present } from '../../core/lib/present.ts'
import { Time } from './shapes.ts'

const { header, buttons, cards, format } = Template.properties

export const TemplateShape = Type.Object({
  id: Type.String(),
  /** The WhatsApp Business account it belongs to. */
  accountId: Type.String(),
  /** Its id at WhatsApp. */
  metaId: Type.String(),
  name: Type.String(),
  language: Type.String(),
  /** WhatsApp's word: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, `DISABLED`, … */
  status: Type.String(),
  category: Type.String(),
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  quality: Type.String(),
  parameterFormat: format,
  header,
  body: Type.String(),
  footer: Type.Optional(Type.String()),
  buttons,
  cards,
  /** Examples of the body's placeholders, by name or number. */
  examples: Type.Record(Type.String(), Type.String()),
  /** Whether messages can be made of it now. */
  isOffered: Type.Boolean(),
  /** Why not. */
  reason: Type.Optional(Type.String()),
  rejectedReason: Type.Optional(Type.String()),
  pausedUntil: Type.Optional(Time),
  /** WhatsApp has announced this category. */
  coming: Type.Optional(Type.Object({ category: Type.String(), at: Type.Optional(Time) })),
  updatedAt: Time,
})

export function showTemplate(template: Template): Static<typeof TemplateShape> {
  const { id, accountId, metaId, name, language, status, category, quality, format } = template
  const { header, body, footer, buttons, cards, examples, rejectedReason, coming } = template
  const reason = whyUnsendable(template)
  return {
    ...{ id, accountId, metaId, name, language, status, category, quality },
    parameterFormat: format,
    ...{ body, buttons, examples, isOffered: reason === undefined },
    ...present({ header, footer, cards, reason, rejectedReason }),
    ...present({ pausedUntil: iso(template.pausedUntilMs) }),
    ...(coming === undefined
      ? {}
      : { coming: { category: coming.category, ...present({ at: iso(coming.atMs) }) } }),
    updatedAt: new Date(template.updatedAtMs).toISOString(),
  }
}

function iso(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : new Date(atMs).toISOString()
}
