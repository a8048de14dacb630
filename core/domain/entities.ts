import { Account } from './account.ts'
import { Conversation } from './conversation.ts'
import { Label } from './label.ts'
import { Message } from './message.ts'
import { SharedDraft } from './shared-draft.ts'
import { Template } from './template.ts'
import { Contact, OwnNumber, ReadMark, Team, User } from './people.ts'

/** Every noun that is replicated to consoles. A new one is a line here, in `Rows`, and a table on the server. */
export const entities = {
  user: User,
  team: Team,
  number: OwnNumber,
  waba: Account,
  contact: Contact,
  conversation: Conversation,
  message: Message,
  read: ReadMark,
  template: Template,
  draft: SharedDraft,
  label: Label,
} as const

export type Rows = {
  user: User
  team: Team
  number: OwnNumber
  waba: Account
  contact: Contact
  conversation: Conversation
  message: Message
  read: ReadMark
  template: Template
  draft: SharedDraft
  label: Label
}
export type Entity = keyof Rows
export const entityNames = Object.keys(entities) as Entity[] // keys of a literal: exactly the entities

/** One row that is new or has changed. Nothing replicated is written any other way. */
export type Change = { [E in Entity]: { entity: E; row: Rows[E] } }[Entity]
