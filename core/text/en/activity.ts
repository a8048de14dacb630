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
  numberChangedFrom: 'The contact changed their phone number: {{from}} → {{to}}',
  callRinging: 'Incoming WhatsApp call',
  callAnswered: 'WhatsApp call, answered',
  callAnsweredFor: 'WhatsApp call, {{time}} min',
  callMissed: 'Missed WhatsApp call',
  callFailed: 'WhatsApp call did not come about',
  controlTo: 'Another application took over: {{to}}',
  controlBack: 'This conversation is Kontor’s again',
  merged: '{{who}} merged a contact: {{from}}',
  unmerged: '{{who}} separated a contact again: {{from}}',
}
