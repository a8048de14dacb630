/** What can become of a number. @see https://developers.facebook.com/docs/whatsapp/messaging-limits */
import { newNumberState } from '../../world/number.ts'
import type { Story } from './story.ts'

const dayMs = 86_400_000

/** A new number of a new portfolio: code, registration, name, and last the business itself. */
const numberVerification: Story = {
  before(number, { account }) {
    Object.assign(number, {
      code_verification_status: 'NOT_VERIFIED',
      platform_type: 'NOT_APPLICABLE',
      status: 'PENDING',
      name_status: 'PENDING_REVIEW',
      quality_rating: 'UNKNOWN',
      is_pin_enabled: false,
      state: newNumberState(),
    })
    account.verificationStatus = 'not_verified'
    account.messagingLimit = 'TIER_250'
  },
  past: [{ daysAgo: 2, name: 'account-in-review', account: { review: 'PENDING' } }],
  steps: [
    { name: 'account-approved', account: { review: 'APPROVED' } },
    { name: 'code-confirmed', number: { codeVerification: 'VERIFIED' } },
    {
      name: 'registered',
      number: { platformType: 'CLOUD_API', status: 'CONNECTED', isPinEnabled: true },
    },
    { name: 'name-approved', number: { nameStatus: 'APPROVED' } },
    { name: 'business-submitted', account: { verification: 'pending' } },
    {
      name: 'business-verified',
      account: { verification: 'verified', messagingLimit: 'TIER_2K' },
    },
  ],
}

/** A name that Meta does not like, and one that it does. */
const nameRefusal: Story = {
  past: [{ daysAgo: 1, name: 'first-name-asked', number: { newDisplayName: 'Beste Pumpen' } }],
  steps: [
    {
      name: 'first-name-declined',
      number: { newNameStatus: 'DECLINED', rejectionReason: 'NAME_NOT_CONSISTENT' },
    },
    {
      name: 'second-name-asked',
      number: { newDisplayName: 'Nordwerk Notdienst', newNameStatus: 'PENDING_REVIEW' },
    },
    { name: 'second-name-approved', number: { newNameStatus: 'APPROVED' } },
  ],
}

/** A campaign that people block brings quality down; a week without it brings it back. */
const qualityDrop: Story = {
  past: [{ daysAgo: 1, name: 'template-worse', template: { quality: 'YELLOW' } }],
  steps: [
    { name: 'quality-medium', number: { quality: 'YELLOW' } },
    { name: 'template-better', template: { quality: 'GREEN' } },
    { name: 'quality-high', number: { quality: 'GREEN' } },
  ],
}

/** Quality so low that Meta keeps an eye on the number. */
const flagged: Story = {
  past: [{ daysAgo: 3, name: 'quality-medium', number: { quality: 'YELLOW' } }],
  steps: [
    { name: 'flagged', number: { quality: 'RED' } },
    { name: 'unflagged', number: { quality: 'GREEN' } },
  ],
}

/** A violation, then three days without conversations of one's own. */
const restricted: Story = {
  past: [{ daysAgo: 1, name: 'violation', account: { violation: 'SPAM' } }],
  steps: [
    {
      name: 'restricted',
      account: {
        restriction: { type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', expiresInMs: 3 * dayMs },
      },
      number: { status: 'RESTRICTED' },
    },
    { name: 'released', account: { restriction: null }, number: { status: 'CONNECTED' } },
  ],
}

/** Limits grow with good traffic, throughput at last. */
const limitUpgrade: Story = {
  past: [{ daysAgo: 7, name: 'up-to-2k', account: { messagingLimit: 'TIER_2K' } }],
  steps: [
    { name: 'up-to-10k', account: { messagingLimit: 'TIER_10K' } },
    { name: 'up-to-100k', account: { messagingLimit: 'TIER_100K' } },
    { name: 'unlimited', account: { messagingLimit: 'TIER_UNLIMITED' } },
    { name: 'faster', number: { throughput: 'HIGH' } },
  ],
}

/** A card that expires: no webhook tells of it, only the health check does. */
const paymentFailure: Story = {
  steps: [
    { name: 'card-refused', account: { payment: false } },
    { name: 'card-replaced', account: { payment: true } },
  ],
}

/** A ban that was announced, came, and was taken back after an appeal. */
const ban: Story = {
  past: [{ daysAgo: 5, name: 'violation', account: { violation: 'SCAM' } }],
  steps: [
    { name: 'announced', account: { ban: 'SCHEDULE_FOR_DISABLE' } },
    {
      name: 'banned',
      account: { ban: 'DISABLE', health: { can_send_message: 'BLOCKED' } },
      number: { status: 'BANNED' },
    },
    {
      name: 'recovered',
      account: { ban: 'REINSTATE', health: { can_send_message: 'AVAILABLE' } },
      number: { status: 'CONNECTED' },
    },
  ],
}

/** By the name they are asked for. */
export const stories = {
  'number-verification': numberVerification,
  'name-refusal': nameRefusal,
  'quality-drop': qualityDrop,
  flagged,
  restricted,
  'limit-upgrade': limitUpgrade,
  'payment-failure': paymentFailure,
  ban,
} satisfies Record<string, Story>
