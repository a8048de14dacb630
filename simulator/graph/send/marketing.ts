/** Which way a marketing template goes. @see https://developers.facebook.com/docs/whatsapp/marketing-messages-lite-api */
import type { Template } from '../../world/template.ts'
import type { World } from '../../world/world.ts'
import { GraphError } from '../errors.ts'

/** `messages` refuses what has to go through `marketing_messages`. */
export function checkRoute({ account }: World, template: Template): void {
  if (template.category !== 'MARKETING') return
  if (template.bid_spec) {
    throw new GraphError(131061, 'A template with a maximum price goes through marketing_messages.')
  }
  if (account.isMarketingOffOnCloudApi) {
    throw new GraphError(131063, 'The business has switched marketing templates off here.')
  }
}

/** @returns whether Meta optimises the delivery; else it goes out like any message, if that is allowed */
export function checkMarketing(
  { account }: World,
  template: Template | undefined,
  policy: 'CLOUD_API_FALLBACK' | 'STRICT' = 'CLOUD_API_FALLBACK',
): boolean {
  if (!template) throw new GraphError(131055, 'Only marketing templates can be sent here.')
  if (template.category !== 'MARKETING') {
    throw new GraphError(134100, `Template ${template.name} is not a marketing template.`)
  }
  const isOnboarded = account.marketingOnboarding === 'ONBOARDED'
  if (!isOnboarded && policy === 'STRICT') {
    throw new GraphError(134102, 'The account is not onboarded to marketing messages.')
  }
  return isOnboarded
}
