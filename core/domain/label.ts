import Type, { type Static } from 'typebox'
import { LabelId } from './ids.ts'
import { AtMs } from './time.ts'

/** What a label may look like: each a pair of ground and ink in renderer/styles/tokens.css. */
export const labelTones = [
  'grey',
  'petrol',
  'blue',
  'violet',
  'plum',
  'brick',
  'ochre',
  'moss',
] as const
export const LabelTone = Type.Enum(labelTones)
export type LabelTone = Static<typeof LabelTone>

const longestName = 40
/** Something to read, in one line. */
export const LabelName = Type.String({ minLength: 1, maxLength: longestName, pattern: '\\S' })

/** What a conversation is about, in the firm's own words. Conversations name it by its id. */
export const Label = Type.Object({
  id: LabelId,
  /** No two that are in use have the same, whatever its case. */
  name: LabelName,
  tone: LabelTone,
  /** Out of use since then: shown nowhere, and no conversation gets it any more. */
  deletedAtMs: Type.Optional(AtMs),
})
export type Label = Static<typeof Label>

export function isInUse({ deletedAtMs }: Label): boolean {
  return deletedAtMs === undefined
}

/** A name as it is kept: one space between words, none around them. */
export function labelNameFrom(typed: string): string {
  return typed.normalize('NFC').trim().replace(/\s+/g, ' ')
}

/** Two names are the same when these are. */
export function labelKey(name: string): string {
  return labelNameFrom(name).toLowerCase()
}

/** In the order they are shown. */
export function byLabelName(a: Label, b: Label): number {
  const [one, other] = [labelKey(a.name), labelKey(b.name)]
  return one === other ? 0 : one < other ? -1 : 1
}

/** A label, and how many conversations have it of those that whoever asks may see. */
export const LabelUse = Type.Object({
  ...Label.properties,
  conversations: Type.Integer({ minimum: 0 }),
})
export type LabelUse = Static<typeof LabelUse>
