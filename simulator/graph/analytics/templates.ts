/** Opens, reads and clicks by template. */
import type { SentMessage } from '../../world/message.ts'
import { textsOf, type Call } from '../call.ts'
import { badParameter, GraphError, missing } from '../errors.ts'
import { pageOf } from '../paging.ts'
import { choicesIn, granularityIn, spanIn } from './given.ts'
import { dataPoints } from './group.ts'

/** Businesses from here, and their customers' accounts, never get them. */
const closedCountries = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK GB JP'.split(
    ' ',
  ),
)
const mostTemplates = 10

/** A firm of the EU, of Britain or Japan is refused, as on the real platform; `country` of the account decides. */
export function templateAnalytics({ world, node, values, address }: Call<'account'>) {
  const { account } = node
  const countries = [account.country, ...[...world.numbers.values()].map((one) => one.country_code)]
  if (countries.some((country) => closedCountries.has(country))) {
    throw new GraphError(200005, 'Template insights are not available for this account.')
  }
  if (!account.isEnabledForInsights) {
    throw new GraphError(200007, 'Template insights have not been enabled for this account.')
  }
  const given = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  const { startMs, endMs } = spanIn(given)
  const granularity = granularityIn(given, ['DAILY'])
  const ids = textsOf(values, 'template_ids')
  if (!ids || ids.length === 0) throw missing('template_ids')
  if (ids.length > mostTemplates) throw badParameter('template_ids', `may hold ${mostTemplates}`)
  choicesIn(given, 'metric_types', ['COST', 'CLICKED', 'DELIVERED', 'READ', 'SENT'])
  const events = [...world.sent.values()]
    .filter((one) => ids.includes(one.template?.id ?? ''))
    .flatMap((one) => eventsOf(one, world.histories.of(one.wamid)?.events ?? []))
    .filter(({ atMs }) => atMs >= startMs && atMs < endMs)
  const count = (all: typeof events, wanted: string) =>
    all.filter(({ status }) => status === wanted).length
  const points = dataPoints(
    events,
    granularity,
    ({ templateId }) => ({ template_id: templateId }),
    (all) => ({
      sent: count(all, 'sent'),
      delivered: count(all, 'delivered'),
      read: count(all, 'read'),
    }),
  )
  return pageOf(
    [{ granularity: 'DAILY', product_type: 'cloud_api', data_points: points }],
    values,
    address,
  )
}

function eventsOf(message: SentMessage, events: readonly { status: string; atMs: number }[]) {
  const templateId = message.template?.id ?? ''
  return events.map(({ status, atMs }) => ({ status, atMs, templateId }))
}
