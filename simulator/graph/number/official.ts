/** The request for the official badge; control decides on it. @see https://developers.facebook.com/docs/whatsapp/overview/business-accounts#official-business-account */
import { listOf, optionalText, requiredText, type Call } from '../call.ts'
import { GraphError, invalid } from '../errors.ts'

const mostLinks = 10

export function showOfficial({ node }: Call<'number'>) {
  return { ...node.number.official_business_account, id: node.number.id }
}

export function requestOfficial({ world, node, values }: Call<'number'>) {
  const { number } = node
  const website = requiredText(values, 'business_website_url')
  if (!URL.canParse(website)) throw invalid('business_website_url', 'is not an address')
  const country = requiredText(values, 'primary_country_of_operation')
  if (country.length < 2) throw invalid('primary_country_of_operation', 'is no country')
  for (const name of [
    'primary_language',
    'parent_business_or_brand',
    'additional_supporting_information',
  ]) {
    optionalText(values, name)
  }
  const links = values.supporting_links === undefined ? [] : listOf(values, 'supporting_links')
  const isAddress = (one: unknown) => typeof one === 'string' && URL.canParse(one)
  if (links.length > mostLinks || !links.every(isAddress)) {
    throw invalid('supporting_links', `must be at most ${mostLinks} addresses`)
  }
  const { oba_status: before } = number.official_business_account
  if (['PENDING', 'UNDER_REVIEW', 'APPROVED'].includes(before)) {
    throw new GraphError(100, `There is a request already: ${before}.`)
  }
  const isReady =
    number.is_pin_enabled &&
    number.name_status === 'APPROVED' &&
    world.account.verificationStatus.toLowerCase() === 'verified'
  if (!isReady) {
    throw new GraphError(
      100,
      'The badge needs a verified business, an approved display name and a two-step PIN.',
    )
  }
  number.official_business_account = {
    oba_status: 'PENDING',
    status_message: 'The request has been received.',
  }
  return {
    success: true,
    message: 'The request for an official business account has been received.',
    updated_status: { id: number.id, ...number.official_business_account },
    tracking_id: world.ids.object(),
  }
}
