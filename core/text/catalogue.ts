import { activity as activityDe } from './de/activity.ts'
import { common as commonDe } from './de/common.ts'
import { composer as composerDe } from './de/composer.ts'
import { contact as contactDe } from './de/contact.ts'
import { errors as errorsDe } from './de/errors.ts'
import { failures as failuresDe } from './de/failures.ts'
import { inbox as inboxDe } from './de/inbox.ts'
import { thread as threadDe } from './de/thread.ts'
import { activity as activityEn } from './en/activity.ts'
import { common as commonEn } from './en/common.ts'
import { composer as composerEn } from './en/composer.ts'
import { contact as contactEn } from './en/contact.ts'
import { errors as errorsEn } from './en/errors.ts'
import { failures as failuresEn } from './en/failures.ts'
import { inbox as inboxEn } from './en/inbox.ts'
import { thread as threadEn } from './en/thread.ts'
import type { late } from './late.ts'

const de = {
  activity: activityDe,
  common: commonDe,
  composer: composerDe,
  contact: contactDe,
  errors: errorsDe,
  failures: failuresDe,
  inbox: inboxDe,
  thread: threadDe,
} as const

const en: { [A in keyof typeof de]: { readonly [K in keyof (typeof de)[A]]: string } } = {
  activity: activityEn,
  common: commonEn,
  composer: composerEn,
  contact: contactEn,
  errors: errorsEn,
  failures: failuresEn,
  inbox: inboxEn,
  thread: threadEn,
}

/** Every text of the first screens, by language, area and key; the rest is in late.ts. German is the source. */
export const catalogue = { de, en } as const

type German = typeof de & (typeof late)['de']
type Flat = {
  [A in keyof German]: {
    [K in Extract<keyof German[A], string> as `${A}.${K}`]: German[A][K]
  }
}[keyof German]
type Merged = UnionToIntersection<Flat>
type UnionToIntersection<U> = (U extends unknown ? (part: U) => void : never) extends (
  whole: infer I,
) => void
  ? I
  : never
type FullKey = Extract<keyof Merged, string>

/** `area.key`, without the ending of a plural form. */
export type TextKey = FullKey extends infer K
  ? K extends `${infer Base}_${'one' | 'other'}`
    ? Base
    : K
  : never

type Named<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Named<Rest>
  : never
type TextOf<K extends string> = K extends keyof Merged
  ? Merged[K]
  : `${K}_other` extends keyof Merged
    ? Merged[`${K}_other`]
    : never
type IsPlural<K extends string> = `${K}_other` extends keyof Merged ? true : false

/** The values a text needs; `count` also chooses between one and many. */
export type TextValues<K extends string> = K extends string
  ? (IsPlural<K> extends true ? { count: number } : unknown) & {
      [Name in Exclude<Named<TextOf<K>>, 'count'>]: string | number
    }
  : never

/** Nothing for a text without values, else its values. */
export type TextArguments<K extends string> = [Named<TextOf<K>>] extends [never]
  ? IsPlural<K> extends true
    ? [values: { count: number }]
    : []
  : [values: TextValues<K>]
