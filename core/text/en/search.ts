import type { search as german } from '../de/search.ts'
import type { Translation } from '../translation.ts'

export const search: Translation<typeof german> = {
  title: 'Search and commands',
  results: 'Results',
  recent: 'Recent searches',
  contacts: 'Contacts',
  messages: 'Messages',
  commands: 'Commands',
  goTo: 'View: {{view}}',
  goToLabel: 'Label: {{view}}',
  labels: 'Labels',
  manageLabels: 'Manage labels',
  setTo: '{{what}}: {{value}}',
  writeTo: 'Write to {{phone}} from {{number}}',
  note: 'Note',
  nothing: 'Nothing found.',
  reading: 'Still searching',
  failed: 'The search gave no answer.',
  found_one: '{{number}} message on this device',
  found_other: '{{number}} messages on this device',
  moreHere_one: '{{count}} more message with {{name}}',
  moreHere_other: '{{count}} more messages with {{name}}',
  moreContacts: 'Show more contacts',
  moreMessages: 'Show more messages',
}
