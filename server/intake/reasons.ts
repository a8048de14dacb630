/**
 * Why a part of a webhook call was not stored, by a code that stays and the sentences it is said with. A star stands
 * for a word of WhatsApp's own. A new reason anywhere in whatsapp/ or intake/ is a sentence here; a test asks for it.
 */
const sentences = {
  // Dead letters: nobody could read it, or nobody could fold it.
  'not-json': ['not JSON'],
  'body-empty': ['the body is empty'],
  'body-too-deep': ['nested deeper than * levels'],
  'body-purged': ['its body is no longer kept'],
  'not-a-webhook': ['not a webhook of WhatsApp'],
  'other-shape': [
    'an entry of another shape',
    'a change of another shape',
    'a history of another shape',
    'a preference of no shape',
    'an update of no shape',
  ],
  'id-missing': ['a message without an id', 'a status without an id', 'a call without an id'],
  'number-missing': ['phone_number_id is missing'],
  'person-missing': [
    'the sender is missing',
    'the recipient is missing',
    'the contact is missing',
    'the person is missing',
    'the other side is missing',
  ],
  'tries-exhausted': ['could not be folded in * tries: *'],
  // Kept in the ledger, and nothing to be shown in a conversation.
  'nothing-in-it': ['nothing in it', 'a history without messages'],
  'account-event': ['account-level event, kept'],
  'template-event': ['template event, kept'],
  'group-event': ['group event, kept', 'status of a *, kept'],
  'flow-event': ['flow event, kept'],
  handover: ['handover event, kept'],
  'app-address-book': ['address book of the WhatsApp Business app, kept'],
  'ad-click': ['a click on an advertisement, kept'],
  standby: ['standby'],
  'name-not-approved': ['display name *, kept'],
  'other-status': ['status *, kept'],
  'other-preference': ['preference *, kept'],
  'unknown-field': ['unknown field *, kept'],
  'whatsapp-error': ['WhatsApp reported *'],
  // Understood, and no longer or not yet of use.
  'message-deleted': ['the message was deleted'],
  'later-change-shown': ['a later change is shown'],
  'not-our-message': ['a status of a message that is not ours'],
  'number-unknown': ['name of a number that is not known yet'],
  'no-conversation': ['no conversation with this contact yet'],
  'waits-for-message': ['the message it speaks of is not known yet'],
  'waits-already': ['the same waits already'],
  'waited-in-vain': ['waited seven days for its message in vain'],
  'identity-conflict': ['identity-conflict'],
} as const

export type ReasonCode = keyof typeof sentences | 'other'

const known = Object.entries(sentences).flatMap(([code, said]) =>
  said.map((sentence) => ({
    code: code as ReasonCode, // a key of the list above
    pattern: new RegExp(`^${sentence.split('*').join('.+')}$`, 's'),
  })),
)

export const reasonCodes: readonly ReasonCode[] = [
  ...(Object.keys(sentences) as (keyof typeof sentences)[]), // keys of a literal: exactly the codes
  'other',
]

/** The stable code of a reason as it stands in the ledger. */
export function reasonCodeOf(reason: string): ReasonCode {
  return known.find(({ pattern }) => pattern.test(reason))?.code ?? 'other'
}
