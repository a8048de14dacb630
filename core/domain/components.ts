import Type, { type Static } from 'typebox'
import type { Flaw } from './flaw.ts'
import { Reading } from './profile.ts'

/** A word behind a slash that contacts find when they type one. */
export const Command = Type.Object({ name: Type.String(), description: Type.String() })

/** What helps contacts to begin: questions to tap in an empty chat, and commands. @see facts 8.3 */
export const Components = Type.Object({
  iceBreakers: Type.Array(Type.String()),
  commands: Type.Array(Command),
  /** WhatsApp tells us when a contact opens the chat for the first time. */
  hasWelcome: Type.Boolean(),
})
export type Components = Static<typeof Components>

export const ComponentsView = Type.Object({ components: Components, ...Reading.properties })
export type ComponentsView = Static<typeof ComponentsView>

/** In characters, where not said otherwise. @see facts 8.3 */
export const componentLimits = {
  iceBreakers: 4,
  iceBreaker: 80,
  commands: 30,
  name: 32,
  description: 256,
} as const

/** What WhatsApp would not take, with the place of each. */
export function findComponentFlaws({ iceBreakers, commands }: Components): Flaw[] {
  const most = componentLimits
  const tooMany = (at: string, count: number, limit: number): Flaw[] =>
    count > limit ? [{ at, rule: 'too-many', reason: `must be at most ${limit}` }] : []
  return [
    ...tooMany('/iceBreakers', iceBreakers.length, most.iceBreakers),
    ...tooMany('/commands', commands.length, most.commands),
    ...iceBreakers.flatMap((text, index) =>
      textFlaws(`/iceBreakers/${index}`, text, most.iceBreaker),
    ),
    ...repeated('/iceBreakers', iceBreakers),
    ...commands.flatMap(({ name, description }, index) => [
      ...textFlaws(`/commands/${index}/name`, name, most.name),
      ...(/\s|\//.test(name)
        ? [flaw(`/commands/${index}/name`, 'malformed', 'must be one word without a slash')]
        : []),
      ...textFlaws(`/commands/${index}/description`, description, most.description),
    ]),
    ...repeated(
      '/commands',
      commands.map(({ name }) => name),
      '/name',
    ),
  ]
}

function textFlaws(at: string, text: string, limit: number): Flaw[] {
  if (text.trim() === '') return [flaw(at, 'missing', 'must not be empty')]
  if (text.length > limit) return [flaw(at, 'too-long', `must be at most ${limit} characters`)]
  if (/\p{Extended_Pictographic}/u.test(text)) return [flaw(at, 'unexpected', 'may not hold emoji')]
  return []
}

function repeated(at: string, words: readonly string[], end = ''): Flaw[] {
  return words.flatMap((word, index) =>
    word.trim() !== '' && words.indexOf(word) < index
      ? [flaw(`${at}/${index}${end}`, 'repeated', 'is there twice')]
      : [],
  )
}

function flaw(at: string, rule: Flaw['rule'], reason: string): Flaw {
  return { at, rule, reason }
}
