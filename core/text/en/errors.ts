import type { errors as german } from '../de/errors.ts'
import type { Translation } from '../translation.ts'

export const errors: Translation<typeof german> = {
  'bad-request': 'This was not accepted. Check what was entered and try again.',
  'not-found': 'This no longer exists. The view is being refreshed.',
  unauthenticated: 'Your session has ended. Sign in again; drafts are kept.',
  'wrong-credentials': 'Sign-in name or password is incorrect.',
  'too-many-attempts': 'Too many attempts. Try again in 15 minutes.',
  forbidden: 'Permission is missing for this. It is granted in Administration.',
  conflict: 'This was changed in the meantime. The new state is shown.',
  'already-exists': 'This name or address is taken. Please choose another.',
  'colleague-answered':
    'A colleague has replied in the meantime. Your text is still here and was not sent.',
  'new-activity':
    'A new message has arrived. The conversation stays open so that it is not missed.',
  'time-passed': 'That time is already over. The conversation stays as it is.',
  'window-closed':
    'The reply window is closed. Your text is kept as a draft; a template can reopen the conversation.',
  'template-mismatch': 'The template no longer matches. Check placeholders and language.',
  'template-unavailable': 'WhatsApp does not accept this template right now. Choose another.',
  'marketing-stopped': 'The contact does not want marketing. This template was not sent.',
  'too-old': 'This waited too long for the server. Do it again if it still applies.',
  'not-in-control':
    'Another application is answering this contact right now. Your text is kept as a draft.',
  'label-gone': 'This label no longer exists. Please choose another.',
  'too-large': 'The file or text is too large. Make it smaller or split it.',
  'unsupported-media': 'WhatsApp does not accept this kind of file. Choose another format.',
  'idempotency-mismatch':
    'This request was made before with other content. Nothing was done twice; please start again.',
  'version-mismatch': 'An update is required. Drafts are kept.',
  offline: 'The server cannot be reached. Check the address or turn on the VPN.',
  'not-kontor': 'There is no Kontor server at this address.',
  'disk-full':
    'The storage of this computer is full. Nothing was saved; free some space and try again.',
  unavailable: 'The server is busy right now. Your work is safe; try again in a moment.',
  whatsapp: 'WhatsApp refused this. The content is still here.',
  internal: 'Something went wrong and was logged. Your work is safe; try again.',
}
