import fc from 'fast-check'

export const consoleCount = 3
export const conversationCount = 3
export const teamCount = 2

/** The place behind the consoles of the firm is for a copy of one of them, once there is one. */
const who = fc.oneof(
  { weight: 9, arbitrary: fc.nat(consoleCount - 1) },
  { weight: 1, arbitrary: fc.constant(consoleCount) },
)
const conversation = fc.nat(conversationCount - 1)
const team = fc.nat(teamCount - 1)
const few = fc.integer({ min: 1, max: 4 })
const some = fc.nat(5)

/** Everything that can happen, as data: a schedule is a list of these and nothing else. */
const kinds = {
  deed: fc.record({
    who,
    conversation,
    what: fc.constantFrom('send', 'answer', 'note', 'assign', 'resolve', 'draft'),
  }),
  up: fc.record({ who, count: few }),
  down: fc.record({ who, count: few }),
  cut: fc.record({ who }),
  haunt: fc.record({ who }),
  ring: fc.record({ who }),
  kill: fc.record({ who, keep: fc.nat(3) }),
  fold: fc.record({ who }),
  image: fc.record({ who }),
  revert: fc.record({ who }),
  clone: fc.record({ who }),
  spoil: fc.record({ who, what: fc.constantFrom('conversation', 'message') }),
  customer: fc.record({ conversation }),
  webhook: fc.record({ which: some, again: fc.boolean() }),
  understand: fc.record({}),
  drain: fc.record({}),
  claim: fc.record({}),
  outcome: fc.record({
    which: some,
    how: fc.constantFrom('accepted', 'lost', 'refused', 'nothing'),
  }),
  status: fc.record({ which: some }),
  grant: fc.record({ who, team }),
  revoke: fc.record({ who, team }),
  sees: fc.record({ who, what: fc.constantFrom('all', 'teams', 'assigned') }),
  move: fc.record({ conversation, team: fc.option(team) }),
  slow: fc.record({}),
  settle: fc.record({}),
  compact: fc.record({}),
  crash: fc.record({}),
  backup: fc.record({}),
  restore: fc.record({}),
} as const

type Kinds = typeof kinds
type Kind = keyof Kinds
type Given<A> = A extends fc.Arbitrary<infer T> ? T : never
export type Step = { [K in Kind]: { kind: K } & Given<Kinds[K]> }[Kind]

/** How often each kind comes, against the others; what ends a life comes seldom. */
const weights: Record<Kind, number> = {
  deed: 8,
  up: 14,
  down: 12,
  cut: 2,
  haunt: 3,
  ring: 4,
  kill: 2,
  fold: 1,
  image: 1,
  revert: 1,
  clone: 1,
  spoil: 1,
  customer: 4,
  webhook: 5,
  understand: 4,
  drain: 2,
  claim: 6,
  outcome: 7,
  status: 4,
  grant: 2,
  revoke: 2,
  sees: 2,
  move: 3,
  slow: 1,
  settle: 2,
  compact: 1,
  crash: 1,
  backup: 2,
  restore: 2,
}

const kindNames = Object.keys(kinds) as Kind[] // keys of a literal
/** Without these nothing would be said and nobody would hear it. */
const carriers: readonly Kind[] = ['deed', 'up', 'down', 'ring']
const others = kindNames.filter((kind) => !carriers.includes(kind))

const step = fc.oneof(
  ...kindNames.map((kind) => ({
    weight: weights[kind],
    arbitrary: kinds[kind].map((given) => ({ kind, ...given }) as Step), // the kind its members belong to
  })),
)
const steps = fc.array(step, { minLength: 5, maxLength: 100, size: 'max' })

/** Half of the kinds, which never happen in this schedule: what is always there hides what only comes without it. */
const swarm = fc.noShrink(
  fc.shuffledSubarray(others, { minLength: others.length >> 1, maxLength: others.length >> 1 }),
)

/** A whole schedule. It is one array, so a failing one shrinks to the few steps that matter. */
export const schedule = fc
  .tuple(fc.oneof(fc.constant<Kind[]>([]), swarm), steps)
  .map(([never, all]) => all.filter(({ kind }) => !never.includes(kind)))
