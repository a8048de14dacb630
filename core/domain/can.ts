import type { Role } from './people.ts'

/** What may be allowed or not. An API key's scopes are these same words. */
export const verbs = [
  'read-conversations', // lists, threads, contacts, media
  'reply', // write to contacts, react, dismiss what never left
  'write-notes', // write to colleagues inside a conversation
  'assign', // hand a conversation to a person or a team
  'resolve', // resolve, reopen, snooze; labels and priority
  'change-contacts', // name contacts, merge them, tell them apart
  'add-media', // upload files
  'read-people', // colleagues and teams
  'read-numbers', // the firm's own numbers, their health and limits
  'read-templates', // message templates and their state
  'read-cost', // what messages cost, and the budget
  'read-blocked', // whom the firm blocked
  'read-ledger', // what became of each webhook call
  'replay-ledger', // translate a webhook call again
  'read-metrics', // figures for operations
  'manage-people', // colleagues, teams, invitations
  'manage-numbers', // connect and configure numbers
  'manage-cost', // the budget for messages
  'block-contacts', // block contacts and let them write again
  'manage-templates', // submit message templates for review, delete them
  'manage-labels', // make labels, rename and delete them
  'manage-keys', // API keys
] as const
export type Verb = (typeof verbs)[number]

const agent: readonly Verb[] = [
  'read-conversations',
  'reply',
  'write-notes',
  'assign',
  'resolve',
  'change-contacts',
  'add-media',
  'read-people',
  'read-numbers',
  'read-templates',
]
const supervisor: readonly Verb[] = [
  ...agent,
  'read-cost',
  'read-blocked',
  'read-ledger',
  'read-metrics',
  'manage-labels',
]

/** Each role may do all that the one before may. What is not named here is not allowed. */
const allowed: Record<Role, ReadonlySet<Verb>> = {
  agent: new Set(agent),
  supervisor: new Set(supervisor),
  administrator: new Set(verbs),
}

/** The one answer to "may they?", for mutators, routes and the console's menus alike. */
export function can(role: Role, verb: Verb): boolean {
  return allowed[role].has(verb)
}
