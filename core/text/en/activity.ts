import type { activity as german } from '../de/activity.ts'
import type { Translation } from '../translation.ts'

export const activity: Translation<typeof german> = {
  assignedTo: '{{who}} assigned the conversation to {{to}}',
  took: '{{who}} took over',
  released: '{{who}} removed the assignment',
  movedTo: '{{who}} passed it to {{to}}',
  resolved: '{{who}} resolved it',
  reopened: '{{who}} reopened it',
  numberChanged: 'The contact changed their phone number: {{to}}',
  userIdChanged: 'The WhatsApp id of the contact has changed',
  identityChanged: 'The security key of the contact has changed',
  call: 'WhatsApp call',
  welcomeRequested: 'The contact started the conversation',
  historyImported: 'Earlier messages were imported',
}
