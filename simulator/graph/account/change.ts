import { objectOf, optionalFlag, optionalText, type Call } from '../call.ts'
import { GraphError, invalid } from '../errors.ts'

/** The account's name, time zone and switches. Insights, once on, stay on. */
export function changeAccount({ node, values }: Call<'account'>) {
  const { account } = node
  const name = optionalText(values, 'name')
  if (name?.trim() === '') throw invalid('name', 'must not be empty')
  const timezoneId = optionalText(values, 'timezone_id')
  if (timezoneId !== undefined && !/^\d{1,3}$/.test(timezoneId)) {
    throw invalid('timezone_id', 'must be the number of a time zone')
  }
  const hasInsights = optionalFlag(values, 'is_enabled_for_insights')
  if (hasInsights === false) throw new GraphError(200006, 'Insights cannot be switched off.')
  const isMarketingOff = optionalFlag(values, 'disable_marketing_messages_on_cloud_api')
  const freedom =
    values.degrees_of_freedom_spec === undefined
      ? undefined
      : objectOf(values, 'degrees_of_freedom_spec')

  account.name = name ?? account.name
  account.timezoneId = timezoneId ?? account.timezoneId
  account.isEnabledForInsights ||= hasInsights ?? false
  account.isMarketingOffOnCloudApi = isMarketingOff ?? account.isMarketingOffOnCloudApi
  if (freedom) account.degreesOfFreedom = freedom
  return hasInsights ? { id: account.accountId } : { success: true }
}
