import type { ChangeKind } from '../domain/ledger.ts'

const ofFacts: Readonly<Record<string, ChangeKind>> = {
  displayPhone: 'name',
  name: 'name',
  nameStatus: 'name',
  requestedName: 'name',
  requestedNameStatus: 'name',
  hasNewCertificate: 'name',
  username: 'name',
  isOfficial: 'official',
  officialStatus: 'official',
  status: 'account',
  quality: 'quality',
  messagingLimit: 'limit',
  throughput: 'limit',
  codeVerification: 'security',
  isPinEnabled: 'security',
  accountMode: 'account',
  platform: 'connection',
  isOnBizApp: 'connection',
  canSend: 'health',
  hasPaymentMethod: 'health',
  verification: 'business',
  businessName: 'business',
  country: 'business',
  currency: 'business',
  accountName: 'account',
  reviewStatus: 'account',
  banState: 'account',
  isSubscribed: 'connection',
  isTokenValid: 'connection',
  tokenExpiry: 'connection',
}

/** What a fact that turned is about, for the filter. */
export function kindOfFact(fact: string): ChangeKind {
  return Object.hasOwn(ofFacts, fact) ? (ofFacts[fact] ?? 'other') : 'other'
}

/** The same for what WhatsApp tells, by webhook field. @see facts 5.10 and 4.6 */
export const kindOfField: Readonly<Record<string, ChangeKind>> = {
  account_alerts: 'account',
  account_review_update: 'account',
  account_settings_update: 'other',
  account_update: 'account',
  business_capability_update: 'limit',
  business_username_update: 'name',
  business_username_updates: 'name',
  phone_number_name_update: 'name',
  phone_number_quality_update: 'quality',
  security: 'security',
  message_template_components_update: 'template',
  message_template_quality_update: 'template',
  message_template_status_update: 'template',
  template_category_update: 'template',
  template_correct_category_detection: 'template',
}

/** Which fact such a field tells of, where it is always the same. */
export const factOfField: Readonly<Record<string, string>> = {
  account_review_update: 'reviewStatus',
  business_capability_update: 'messagingLimit',
  phone_number_name_update: 'nameStatus',
}
