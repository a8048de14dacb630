/** A conversation that was taken from somebody's sight while they were in it. */
export const sight = {
  gone: 'This conversation can no longer be seen. It is with another team now, or assigned to others.',
  notDone: 'No longer done:',
  message: 'Message',
  note: 'Note',
  deed: 'Change to the conversation',
  draft: 'Begun:',
  copy: 'Copy text',
  copied: 'Copied',
  discard: 'Discard',
  back: 'To the list',
} as const
