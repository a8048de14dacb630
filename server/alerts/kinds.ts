/** What can be wrong with the firm's own works, for whom, and the sentence that says so. Kinds are stable names. */
export const alertKinds = {
  'budget-reached': {
    about: 'budget',
    for: 'administrator',
    message: 'A part of the month’s budget for messages is used up.',
  },
  'database-went-back': {
    about: 'server',
    for: 'administrator',
    message:
      'The database was put back to an earlier state. Consoles send again what it lacks; look through the messages that are uncertain.',
  },
  'media-missing': {
    about: 'number',
    for: 'supervisor',
    message: 'Files that contacts sent could not be fetched from WhatsApp.',
  },
  'media-store-away': {
    about: 'server',
    for: 'administrator',
    message: 'The place where files are kept cannot be reached.',
  },
  'number-stopped': {
    about: 'number',
    for: 'administrator',
    message: 'Nothing can leave through this number: its token was refused or WhatsApp blocked it.',
  },
  'template-paused': {
    about: 'template',
    for: 'administrator',
    message: 'WhatsApp has paused a template, and messages wait for it.',
  },
  verification: {
    about: 'number',
    for: 'administrator',
    message:
      'WhatsApp says something about a number or its account that somebody has to look into; `details.rule` names it.',
  },
  'webhook-behind': {
    about: 'server',
    for: 'administrator',
    message: 'Webhook calls wait for minutes before they are understood.',
  },
  'webhook-failed': {
    about: 'server',
    for: 'administrator',
    message: 'Webhook calls could not be understood and were put aside.',
  },
  'webhook-silent': {
    about: 'number',
    for: 'administrator',
    message: 'WhatsApp has not called about this number, although it usually does at this time.',
  },
} as const

export type AlertKind = keyof typeof alertKinds

export const alertKindNames = Object.keys(alertKinds) as AlertKind[] // keys of a literal: exactly the kinds
