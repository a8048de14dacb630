import type { advice as german } from '../de/advice.ts'
import type { Translation } from '../translation.ts'

export const advice: Translation<typeof german> = {
  access:
    'The access token is missing, expired or revoked. Create a new one in Meta’s business settings and store it on the server; what waits then leaves by itself.',
  permission:
    'The system user lacks a permission. In Meta, assign the app, the account and “whatsapp_business_messaging”.',
  'unknown-number':
    'The number id is wrong, or the number was deleted or moved to another account. Compare it in WhatsApp Manager.',
  outage:
    'It usually passes quickly. If it lasts, look at Meta’s status page and give the reference to its support.',
  pace: 'The number or account has reached WhatsApp’s limit. If this happens often, spread sends out or ask for more throughput.',
  maintenance: 'Nothing to do: it takes a few minutes, for instance when throughput is raised.',
  invalid: 'A value in it is wrong or missing. Pass code and reference on to Kontor’s support.',
  locked:
    'WhatsApp has restricted the account because of a violation. See Meta’s business support and appeal there.',
  blocked: 'The contact is on the number’s block list in WhatsApp Manager.',
  experiment:
    'In a trial, Meta delivers no marketing to some people. Nothing to do; it is not charged.',
  country:
    'Meta does not allow this account that country, because of its line of business or trade rules.',
  group: 'The group is unknown, suspended or full, or the account is not enabled for groups.',
  'own-number': 'Recipient and sender are the same number.',
  unreachable:
    'WhatsApp does not name the reason. A very old app or terms not accepted lead to it too.',
  'test-number': 'Add the recipient to the test numbers in the Meta app.',
  name: 'Check the display name in WhatsApp Manager; submit it again if it was declined.',
  payment:
    'Add a valid payment method in Meta’s billing section. Until then ordinary replies do not leave either.',
  unregistered: 'Register the number again in WhatsApp Manager; its PIN is needed for that.',
  window: 'Free messages only go out for 24 hours after the contact’s last message.',
  spam: 'Pause sends and watch the number’s quality in WhatsApp Manager. It ends by itself when fewer people block.',
  'marketing-limit':
    'Everybody gets only so much marketing from all companies together. Do not repeat it at once.',
  'opted-out': 'The contact stopped marketing in WhatsApp. Other templates are still possible.',
  'their-file': 'WhatsApp could not load the file: too large, expired or out of reach.',
  'our-file':
    'Format, size or address of the file does not meet WhatsApp’s rules: 5 MB for images, 16 MB for video and audio.',
  paging: 'The list is started again. If it stays, pass on code and reference.',
  'on-phone': 'WhatsApp does not hand out its content through the API.',
  'marketing-route':
    'Template and route do not match: marketing with a maximum price needs the marketing API, everything else the ordinary one.',
  'needs-phone': 'Sign-in codes do not go to contacts of whom only the user name is known.',
  'marketing-off':
    'Marketing over the Cloud API is disabled in the settings of the WhatsApp account.',
  misclassified:
    'Templates of the utility category contained marketing. Correct the categories in WhatsApp Manager.',
  'template-values':
    'The values do not fit the template as WhatsApp has it: number, kind, length or line breaks.',
  'template-missing':
    'See in WhatsApp Manager whether it was deleted, renamed or is not approved yet.',
  'template-policy': 'The text violates rules of Meta. Revise the template.',
  'template-paused':
    'Three hours the first time, six the second, then it is disabled. Check audience and text.',
  'template-disabled': 'WhatsApp switched it off after repeatedly low quality. Submit a new one.',
  'template-syncing': 'Nothing to do: it takes up to ten minutes.',
  'template-limit': 'Delete templates no longer used, or verify the business.',
  'template-form':
    'Form, length, header, footer or the position of placeholders is against the rules.',
  flow: 'Check the state of the form (flow) in WhatsApp Manager.',
  pin: 'Too many or wrong entries of the two-step PIN. Wait, or set the PIN anew in WhatsApp Manager.',
  registering:
    'Wait a few minutes after a deregistration; after many attempts WhatsApp blocks it for 72 hours.',
  'phone-check':
    'Confirmation or migration of the number is not finished. Continue it in WhatsApp Manager.',
  terms: 'Accept the terms for payments in WhatsApp Manager.',
  identity:
    'Somebody else may be using the number. Have the person confirmed before anything confidential.',
  call: 'Calls are not set up for the number, not permitted, or a limit is reached.',
  'block-list': 'It is full, or another change is still running. Try again later.',
  business: 'Finish business verification with Meta.',
  username: 'It is taken, or the account has to be linked to Facebook or Instagram first.',
  insights: 'Switch template insights on in WhatsApp Manager.',
  onboarding: 'Continue the set-up in WhatsApp Manager or in the Business app.',
  control: 'Decide in the settings of conversation routing which application may take over.',
  expired:
    'The message had grown too old and was therefore not sent any more. Check the server’s connection.',
  dismissed: 'The reference helps Meta’s support to look it up.',
  'taken-back': 'Nothing needs to be done.',
  other: 'Kontor does not know this code yet. Look up code and reference in Meta’s support.',
}
