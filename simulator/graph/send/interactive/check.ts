/** Interactive messages, kind by kind. @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/messages#interactive-object */
import type { JsonObject } from '../../../json.ts'
import { objectOf, optionalText, requiredText } from '../../call.ts'
import { invalid, missing } from '../../errors.ts'
import { within } from '../limits.ts'
import { checkMediaIn, type Sending } from '../media.ts'
import { checkCarousel } from './carousel.ts'
import { checkCatalogMessage, checkProduct, checkProductList } from './catalog.ts'
import { checkButtons, checkLink, checkList } from './choices.ts'
import {
  checkAddress,
  checkCallPermission,
  checkContactRequest,
  checkFlow,
  checkLocationRequest,
  checkVoiceCall,
} from './requests.ts'

type Rule = {
  /** Required unless it says otherwise; so many characters at most. */
  body: { limit: number; isOptional?: boolean }
  header: 'any' | 'text' | 'required text' | 'none'
  hasFooter: boolean
  check: (action: JsonObject, sending: Sending, interactive: JsonObject) => void
}

const usual = { body: { limit: 1024 }, header: 'any', hasFooter: true } as const
const bare = { body: { limit: 1024 }, header: 'none', hasFooter: true } as const

const rules: Record<string, Rule | undefined> = {
  button: { ...usual, check: checkButtons },
  list: { ...usual, body: { limit: 4096 }, header: 'text', check: checkList },
  cta_url: { ...usual, check: checkLink },
  flow: { ...usual, check: checkFlow },
  product: { ...bare, body: { limit: 1024, isOptional: true }, check: checkProduct },
  product_list: { ...usual, header: 'required text', check: checkProductList },
  catalog_message: { ...bare, check: checkCatalogMessage },
  carousel: { ...bare, hasFooter: false, check: checkCarousel },
  location_request_message: { ...bare, check: checkLocationRequest },
  contact_request: { ...bare, check: checkContactRequest },
  request_contact_info: { ...bare, check: checkContactRequest },
  address_message: { ...bare, check: checkAddress },
  call_permission_request: {
    ...bare,
    body: { limit: 1024, isOptional: true },
    check: checkCallPermission,
  },
  voice_call: { ...bare, check: checkVoiceCall },
}

/** Payments in India and Brazil: what is in them is not looked at. */
const unchecked = ['order_details', 'order_status']

export function checkInteractive(interactive: JsonObject, sending: Sending): void {
  const type = requiredText(interactive, 'type')
  const action = objectOf(interactive, 'action')
  if (unchecked.includes(type)) return
  const rule = rules[type]
  if (!rule) throw invalid('interactive.type', `'${type}' is unknown`)
  checkBody(interactive, rule)
  checkHeader(interactive, rule, sending)
  if (interactive.footer !== undefined) {
    if (!rule.hasFooter) throw invalid('interactive.footer', `is not allowed in a ${type}`)
    within('interactive.footer.text', requiredText(objectOf(interactive, 'footer'), 'text'), 60)
  }
  rule.check(action, sending, interactive)
}

function checkBody(interactive: JsonObject, { body }: Rule): void {
  if (interactive.body === undefined && body.isOptional) return
  const text = requiredText(objectOf(interactive, 'body'), 'text')
  within('interactive.body.text', text, body.limit)
}

function checkHeader(interactive: JsonObject, rule: Rule, sending: Sending): void {
  if (interactive.header === undefined) {
    if (rule.header === 'required text') throw missing('interactive.header')
    return
  }
  if (rule.header === 'none') throw invalid('interactive.header', 'is not allowed here')
  const header = objectOf(interactive, 'header')
  const kind = requiredText(header, 'type')
  if (kind === 'text') {
    within('interactive.header.text', requiredText(header, 'text'), 60)
    return
  }
  if (rule.header !== 'any') throw invalid('interactive.header.type', 'must be text')
  if (kind !== 'image' && kind !== 'video' && kind !== 'document') {
    throw invalid('interactive.header.type', `'${kind}' is unknown`)
  }
  const media = objectOf(header, kind)
  checkMediaIn(`interactive.header.${kind}`, media, sending)
  if (kind === 'document') optionalText(media, 'filename')
}
