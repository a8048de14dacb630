import type { merge as german } from '../de/merge.ts'
import type { Translation } from '../translation.ts'

export const merge: Translation<typeof german> = {
  name: 'Name',
  title: 'The same person?',
  messages_one: '{{count}} message',
  messages_other: '{{count}} messages',
  staysOpen: 'Stands for both afterwards',
  what: 'Afterwards there is one contact and, for each number, one conversation, at {{name}}. All messages and notes stay; “Separate” takes it back.',
  merge: 'Merge',
  notSame: 'Not the same person',
  done: '{{name}} was merged',
  phone: 'Phone',
  username: 'User name',
  whatsappId: 'WhatsApp id',
  language: 'Language',
}
