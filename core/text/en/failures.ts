import type { failures as german } from '../de/failures.ts'
import type { Translation } from '../translation.ts'

export const failures: Translation<typeof german> = {
  'told-access': 'The connection to WhatsApp is no longer valid.',
  'advice-access':
    'The access token is missing, expired or revoked. Create a new one in Meta’s business settings and store it on the server; what waits then leaves by itself.',
  'told-permission': 'Kontor may not send through this WhatsApp account right now.',
  'advice-permission':
    'The system user lacks a permission. In Meta, assign the app, the account and “whatsapp_business_messaging”.',
  'told-unknown-number': 'WhatsApp cannot find our number.',
  'advice-unknown-number':
    'The number id is wrong, or the number was deleted or moved to another account. Compare it in WhatsApp Manager.',
  'told-outage': 'Not sent: WhatsApp was having trouble.',
  'advice-outage':
    'It usually passes quickly. If it lasts, look at Meta’s status page and give the reference to its support.',
  'told-pace': 'Too many messages in a short time.',
  'advice-pace':
    'The number or account has reached WhatsApp’s limit. If this happens often, spread sends out or ask for more throughput.',
  'told-maintenance': 'WhatsApp is maintaining this account.',
  'advice-maintenance':
    'Nothing to do: it takes a few minutes, for instance when throughput is raised.',
  'told-invalid': 'WhatsApp does not accept this message as it is.',
  'advice-invalid':
    'A value in it is wrong or missing. Pass code and reference on to Kontor’s support.',
  'told-locked': 'Account locked or restricted.',
  'advice-locked':
    'WhatsApp has restricted the account because of a violation. See Meta’s business support and appeal there.',
  'told-blocked': 'We have blocked this contact.',
  'advice-blocked': 'The contact is on the number’s block list in WhatsApp Manager.',
  'told-experiment': 'Excluded by WhatsApp for an experiment.',
  'advice-experiment':
    'In a trial, Meta delivers no marketing to some people. Nothing to do; it is not charged.',
  'told-country': 'This account may not send to numbers in that country.',
  'advice-country':
    'Meta does not allow this account that country, because of its line of business or trade rules.',
  'told-group': 'That is not possible in this group.',
  'advice-group':
    'The group is unknown, suspended or full, or the account is not enabled for groups.',
  'told-own-number': 'A number cannot write to itself.',
  'advice-own-number': 'Recipient and sender are the same number.',
  'told-unreachable':
    'Undeliverable. The contact may not use WhatsApp any more, or has blocked the number.',
  'advice-unreachable':
    'WhatsApp does not name the reason. A very old app or terms not accepted lead to it too.',
  'told-test-number': 'This test number may only write to people on its list.',
  'advice-test-number': 'Add the recipient to the test numbers in the Meta app.',
  'told-name': 'The display name of our number is not approved yet.',
  'advice-name': 'Check the display name in WhatsApp Manager; submit it again if it was declined.',
  'told-payment': 'Payment method missing or expired in the WhatsApp account.',
  'advice-payment':
    'Add a valid payment method in Meta’s billing section. Until then ordinary replies do not leave either.',
  'told-unregistered': 'Our number is not registered with WhatsApp.',
  'advice-unregistered':
    'Register the number again in WhatsApp Manager; its PIN is needed for that.',
  'told-window': 'Not sent: the reply window is closed.',
  'advice-window': 'Free messages only go out for 24 hours after the contact’s last message.',
  'told-spam': 'Sending throttled because messages were often blocked.',
  'advice-spam':
    'Pause sends and watch the number’s quality in WhatsApp Manager. It ends by itself when fewer people block.',
  'told-marketing-limit': 'WhatsApp held back this marketing message (per-person limit).',
  'advice-marketing-limit':
    'Everybody gets only so much marketing from all companies together. Do not repeat it at once.',
  'told-opted-out': 'The contact no longer wants marketing messages.',
  'advice-opted-out':
    'The contact stopped marketing in WhatsApp. Other templates are still possible.',
  'told-their-file': 'The file could not be transferred.',
  'advice-their-file': 'WhatsApp could not load the file: too large, expired or out of reach.',
  'told-our-file': 'The file could not be transferred.',
  'advice-our-file':
    'Format, size or address of the file does not meet WhatsApp’s rules: 5 MB for images, 16 MB for video and audio.',
  'told-paging': 'WhatsApp did not understand the query.',
  'advice-paging': 'The list is started again. If it stays, pass on code and reference.',
  'told-on-phone': 'This message can only be viewed on the phone.',
  'advice-on-phone': 'WhatsApp does not hand out its content through the API.',
  'told-marketing-route': 'This template has to reach WhatsApp another way.',
  'advice-marketing-route':
    'Template and route do not match: marketing with a maximum price needs the marketing API, everything else the ordinary one.',
  'told-needs-phone': 'WhatsApp needs the contact’s phone number for this message.',
  'advice-needs-phone': 'Sign-in codes do not go to contacts of whom only the user name is known.',
  'told-marketing-off': 'Marketing is switched off for this account.',
  'advice-marketing-off':
    'Marketing over the Cloud API is disabled in the settings of the WhatsApp account.',
  'told-misclassified': 'WhatsApp has limited sending because templates were misclassified.',
  'advice-misclassified':
    'Templates of the utility category contained marketing. Correct the categories in WhatsApp Manager.',
  'told-template-values': 'The template no longer matches (placeholders or language).',
  'advice-template-values':
    'The values do not fit the template as WhatsApp has it: number, kind, length or line breaks.',
  'told-template-missing': 'This template does not exist in this language, or no longer does.',
  'advice-template-missing':
    'See in WhatsApp Manager whether it was deleted, renamed or is not approved yet.',
  'told-template-policy': 'WhatsApp refuses the content of this template.',
  'advice-template-policy': 'The text violates rules of Meta. Revise the template.',
  'told-template-paused': 'The template is paused because of low quality.',
  'advice-template-paused':
    'Three hours the first time, six the second, then it is disabled. Check audience and text.',
  'told-template-disabled': 'The template is disabled.',
  'advice-template-disabled':
    'WhatsApp switched it off after repeatedly low quality. Submit a new one.',
  'told-template-syncing': 'WhatsApp is still preparing this template.',
  'advice-template-syncing': 'Nothing to do: it takes up to ten minutes.',
  'told-template-limit': 'The account has reached its number of templates.',
  'advice-template-limit': 'Delete templates no longer used, or verify the business.',
  'told-template-form': 'WhatsApp does not accept this template as it is.',
  'advice-template-form':
    'Form, length, header, footer or the position of placeholders is against the rules.',
  'told-flow': 'The form in this message is not available right now.',
  'advice-flow': 'Check the state of the form (flow) in WhatsApp Manager.',
  'told-pin': 'The PIN of our number is wrong.',
  'advice-pin':
    'Too many or wrong entries of the two-step PIN. Wait, or set the PIN anew in WhatsApp Manager.',
  'told-registering': 'Our number is just being registered or deregistered.',
  'advice-registering':
    'Wait a few minutes after a deregistration; after many attempts WhatsApp blocks it for 72 hours.',
  'told-phone-check': 'Our number is not confirmed yet.',
  'advice-phone-check':
    'Confirmation or migration of the number is not finished. Continue it in WhatsApp Manager.',
  'told-terms': 'An agreement for payments is missing.',
  'advice-terms': 'Accept the terms for payments in WhatsApp Manager.',
  'told-identity': 'The contact’s security key has changed.',
  'advice-identity':
    'Somebody else may be using the number. Have the person confirmed before anything confidential.',
  'told-call': 'The call did not come about.',
  'advice-call': 'Calls are not set up for the number, not permitted, or a limit is reached.',
  'told-block-list': 'The block list was not changed.',
  'advice-block-list': 'It is full, or another change is still running. Try again later.',
  'told-business': 'The business is not verified with Meta yet.',
  'advice-business': 'Finish business verification with Meta.',
  'told-username': 'The user name could not be set.',
  'advice-username': 'It is taken, or the account has to be linked to Facebook or Instagram first.',
  'told-insights': 'There are no insights for this template.',
  'advice-insights': 'Switch template insights on in WhatsApp Manager.',
  'told-onboarding': 'The account is not fully connected.',
  'advice-onboarding': 'Continue the set-up in WhatsApp Manager or in the Business app.',
  'told-control': 'Another application is answering this contact right now.',
  'advice-control':
    'Decide in the settings of conversation routing which application may take over.',
  'told-expired': 'Not sent: WhatsApp was out of reach for too long.',
  'advice-expired':
    'The message had grown too old and was therefore not sent any more. Check the server’s connection.',
  'told-dismissed': 'Discarded. WhatsApp never said whether the message arrived.',
  'advice-dismissed': 'The reference helps Meta’s support to look it up.',
  'told-other': 'Not sent',
  'advice-other':
    'Kontor does not know this code yet. Look up code and reference in Meta’s support.',
}
