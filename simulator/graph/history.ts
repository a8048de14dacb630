/** What became of one message, event by event; never what was in it. */
import { present } from '../json.ts'
import type { HistoryEvent } from '../world/history.ts'
import { optionalChoice, optionalText, requiredText, type Call } from './call.ts'
import { parseFields } from './fields.ts'
import { pageOf } from './paging.ts'

const statuses = {
  accepted: 'ACCEPTED',
  sent: 'SENT',
  delivered: 'DELIVERED',
  read: 'READ',
  played: 'READ',
  failed: 'ERROR',
} as const
const names = ['ACCEPTED', 'SENT', 'DELIVERED', 'READ', 'ERROR'] as const

export function findHistory({ world, node, values, address }: Call<'number'>) {
  const wamid = requiredText(values, 'message_id')
  const history = world.histories.of(wamid)
  const isOurs = history?.numberId === node.number.id
  return pageOf(isOurs ? [{ id: history.id, message_id: wamid }] : [], values, address)
}

export function showHistory({ node }: Call<'history'>) {
  return { id: node.history.id, message_id: node.history.wamid }
}

/** Each event stands in a node with a cursor of its own. */
export function listEvents({ world, node, values, address }: Call<'history'>) {
  const wanted = optionalChoice(values, 'delivery_status', names)
  const asked = optionalText(values, 'fields')
  const fields = asked === undefined || asked === '' ? undefined : parseFields(asked)
  const { account } = world
  const callback = world.numbers.get(node.history.numberId)?.callback ?? account.override
  const shown = (event: HistoryEvent) =>
    present({
      id: event.id,
      delivery_status: statuses[event.status],
      error_description: event.error,
      occurrence_timestamp: Math.floor(event.atMs / 1000),
      status_timestamp: Math.floor(event.atMs / 1000),
      application: { id: account.appId, name: 'Kontor' },
      webhook_update_state: hearing(event),
      webhook_uri: callback?.url ?? account.callback,
    })
  const events = node.history.events.filter(
    (one) => wanted === undefined || statuses[one.status] === wanted,
  )
  const page = pageOf(events, values, address)
  const data = page.data.map((event) => {
    const whole = shown(event)
    const chosen = fields
      ? Object.fromEntries(
          Object.entries(whole).filter(([name]) => name === 'id' || fields.has(name)),
        )
      : whole
    return {
      cursor: Buffer.from(`at:${events.indexOf(event)}`).toString('base64url'),
      node: chosen,
    }
  })
  return { ...page, data }
}

/** Whether the firm's server took the webhook; acceptance has none. */
function hearing({ status, isHeard }: HistoryEvent): string | undefined {
  if (status === 'accepted') return undefined
  return isHeard === true ? 'SUCCESS' : isHeard === false ? 'ERROR' : undefined
}
