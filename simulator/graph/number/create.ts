import { isRestricted } from '../../world/account.ts'
import { digitsOf, newNumberState, type BusinessNumber } from '../../world/number.ts'
import { optionalFlag, optionalText, requiredText, type Call } from '../call.ts'
import { GraphError, invalid } from '../errors.ts'
import { refusal } from '../templates/refusal.ts'

/** A number joins the account. It still has to be proven ours by a code, and then registered. */
export function createNumber({ world, values }: Call<'account'>) {
  const { account, clock } = world
  const country = digitsOf(requiredText(values, 'cc'))
  const rest = digitsOf(requiredText(values, 'phone_number')).replace(/^0/, '')
  const name = requiredText(values, 'verified_name')
  optionalText(values, 'preverified_id')
  optionalFlag(values, 'migrate_phone_number')
  const digits = rest.startsWith(country) ? rest : `${country}${rest}`
  if (!/^\d{1,3}$/.test(country)) throw invalid('cc', 'is no country calling code')
  if (digits.length < 7 || digits.length > 15) throw invalid('phone_number', 'is no phone number')
  if (isRestricted(account, 'RESTRICTED_ADD_PHONE_NUMBER_ACTION', clock.nowMs())) {
    throw new GraphError(368, 'The account may not add phone numbers at the moment.')
  }
  const numbers = [...world.numbers.values()]
  if (numbers.some((one) => digitsOf(one.display_phone_number) === digits)) {
    throw refusal(2388012, 'Number in use', 'This phone number is on a WhatsApp account already.')
  }
  const most = account.verificationStatus.toLowerCase() === 'verified' ? 20 : 2
  if (numbers.length >= most) {
    throw refusal(2388103, 'Number limit', `The business may have ${most} phone numbers.`)
  }
  const number = aFreshNumber(world.ids.object(), country, digits, name)
  world.numbers.set(number.id, number)
  return { id: number.id }
}

function aFreshNumber(id: string, country: string, digits: string, name: string): BusinessNumber {
  return {
    id,
    display_phone_number: `+${country} ${digits.slice(country.length)}`,
    verified_name: name,
    name_status: 'PENDING_REVIEW',
    quality_rating: 'UNKNOWN',
    code_verification_status: 'NOT_VERIFIED',
    is_official_business_account: false,
    official_business_account: { oba_status: 'NOT_STARTED' },
    is_pin_enabled: false,
    is_on_biz_app: false,
    is_preverified_number: false,
    account_mode: 'LIVE',
    platform_type: 'NOT_APPLICABLE',
    status: 'UNVERIFIED',
    throughput: { level: 'NOT_APPLICABLE' },
    country_code: country === '49' ? 'DE' : '',
    country_dial_code: country,
    search_visibility: 'VISIBLE',
    eligibility_for_api_business_global_search: 'NON_ELIGIBLE_UNDEFINED_COUNTRY',
    last_onboarded_time: '',
    health: { can_send_message: 'AVAILABLE' },
    profile: {},
    state: newNumberState(),
  }
}
