import type { Static } from 'typebox'
import { dismissConflict, mergeContact, unmergeContact } from './contact.ts'
import {
  assignConversation,
  moveConversation,
  reopenConversation,
  resolveConversation,
} from './conversation.ts'
import { putDraft } from './draft.ts'
import { addLabel, removeLabel } from './label.ts'
import { dismissMessage, react, sendMessage } from './message.ts'
import type { Mutator } from './mutator.ts'
import { addNote, deleteNote, editNote } from './note.ts'
import { setPriority } from './priority.ts'
import { markUnread, readConversation } from './read.ts'
import { renameContact } from './rename.ts'
import { snoozeConversation } from './snooze.ts'

/** Everything a person can do, by the name it has on the wire. A new deed is a line here. */
export const mutators = {
  'message.send': sendMessage,
  'message.react': react,
  'message.dismiss': dismissMessage,
  'note.add': addNote,
  'note.edit': editNote,
  'note.delete': deleteNote,
  'conversation.assign': assignConversation,
  'conversation.move': moveConversation,
  'conversation.resolve': resolveConversation,
  'conversation.reopen': reopenConversation,
  'conversation.read': readConversation,
  'conversation.mark-unread': markUnread,
  'conversation.snooze': snoozeConversation,
  'conversation.set-priority': setPriority,
  'label.add': addLabel,
  'label.remove': removeLabel,
  'contact.merge': mergeContact,
  'contact.unmerge': unmergeContact,
  'contact.dismiss-conflict': dismissConflict,
  'contact.rename': renameContact,
  'draft.put': putDraft,
} as const

export type MutatorName = keyof typeof mutators
export type MutatorArgs<N extends MutatorName> = Static<(typeof mutators)[N]['args']>

/** The mutator of that name as any mutator, for code that has checked its arguments against its schema. */
export function mutatorNamed(name: string): Mutator | undefined {
  return Object.hasOwn(mutators, name) ? mutators[name as MutatorName] : undefined // arguments are checked against `args` before `run`
}
