import Type, { type Static } from 'typebox'
import { changeKinds, sources } from './ledger.ts'

const TextOrNull = Type.Union([Type.String(), Type.Null()])

/**
 * One change in the history of a number, as the server keeps it: words of WhatsApp's as they came, names of facts,
 * events and deeds. core/verification/history.ts makes sentences of it.
 */
export const VerificationChange = Type.Object({
  id: Type.String(),
  at: Type.String({ format: 'date-time' }),
  kind: Type.Enum(changeKinds),
  source: Type.Enum(sources),
  about: Type.Object({
    kind: Type.Enum(['number', 'account', 'template']),
    /** Ours of numbers and templates, Meta's of accounts. */
    id: TextOrNull,
    name: Type.String(),
  }),
  /** Which fact turned, by the name of its member: `quality`, `nameStatus`, … */
  fact: TextOrNull,
  /** What WhatsApp calls it, or, of a field without events, the field. */
  event: TextOrNull,
  /** What a colleague did: `register`, … */
  deed: TextOrNull,
  /** What it was about: the name asked for, the restrictions, the violation. */
  what: TextOrNull,
  before: TextOrNull,
  after: TextOrNull,
  /** Name of who did it. */
  by: TextOrNull,
  /** WhatsApp's error code, where it refused what was asked. */
  code: TextOrNull,
})
export type VerificationChange = Static<typeof VerificationChange>
