/** Reasons that a message accepted with 200 can still fail for; they arrive in its status. */
export const failures = {
  130472: {
    title: "User's number is part of an experiment",
    details: "Failed to send message because this user's phone number is part of an experiment.",
  },
  131009: {
    title: 'Parameter value is not valid',
    details: 'The message reacted to is not in this chat, is gone, or is itself a reaction.',
  },
  131026: {
    title: 'Message undeliverable',
    details: 'The recipient is not on WhatsApp or cannot receive this message.',
  },
  131042: {
    title: 'Business eligibility payment issue',
    details: 'The WhatsApp account has no valid payment method.',
  },
  131047: {
    title: 'Re-engagement message',
    details: 'More than 24 hours have passed since the customer last wrote to this number.',
  },
  131048: {
    title: 'Spam rate limit hit',
    details:
      'The message was not sent because of restrictions on how many this number may write to.',
  },
  131049: {
    title: 'This message was not delivered to maintain healthy ecosystem engagement.',
    details: 'WhatsApp withheld this message to keep engagement healthy.',
  },
  131050: {
    title: 'User has opted out',
    details: 'The recipient has stopped marketing messages from this business.',
  },
  131053: {
    title: 'Media upload error',
    details: 'The media of this message could not be uploaded.',
  },
  132015: {
    title: 'Template is Paused',
    details: 'The template was paused while its messages waited for its quality to be seen.',
  },
  137000: {
    title: 'Recipient identity key mismatch',
    details: 'The identity key of the recipient differs from the one given.',
  },
} as const
export type FailureCode = keyof typeof failures

/** Where every webhook error points. */
export const errorDocs =
  'https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/'
