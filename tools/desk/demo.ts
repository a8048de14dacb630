import { createApi, type Api } from './api.ts'
import { labels, placements } from './firm.ts'

type Shown = { id: string; contact: { userId?: string } }
type Named = { id: string; name: string }
/** Somebody of the scenario. */
export type DemoCustomer = { name: string; userId: string }

const settleWithinMs = 60_000

/**
 * Plays the demo firm's past and present. Played again on every start, because the simulator forgets its customers
 * when it ends: for the same seed all ids are the same, so the server counts the webhooks of a repeated past as
 * duplicates and changes nothing, and the phones are there again to answer to.
 */
export async function playDemo(
  simulatorUrl: string,
  { isLive }: { isLive: boolean },
): Promise<DemoCustomer[]> {
  const control = createApi(`${simulatorUrl}/control`)
  const { customers } = await control.post<{ customers: DemoCustomer[] }>('/scenario/demo', {
    live: isLive,
  })
  await until('the server has heard the demo', async () => {
    const counts = await control.get<{ waiting: number; inFlight: number }>('/outbox')
    return counts.waiting + counts.inFlight === 0
  })
  return customers
}

/** Puts each conversation where it stands this morning: with its team, and with whoever took it on. */
export async function placeConversations(api: Api, customers: DemoCustomer[]): Promise<void> {
  const teams = await api.list<Named>('/teams')
  const users = await api.list<Named>('/users')
  await makeLabels(api)
  const found = new Map<string | undefined, string>()
  await until('the server has stored the demo', async () => {
    for (const { id, contact } of await api.list<Shown>('/conversations'))
      found.set(contact.userId, id)
    return customers.every(({ userId }) => found.has(userId))
  })
  const idOf = (list: Named[], name: string) => list.find((one) => one.name === name)?.id
  for (const { contact, team, assignee, status, labels: given } of placements) {
    const id = found.get(customers.find(({ name }) => name === contact)?.userId)
    await api.patch(`/conversations/${id}`, {
      ...(team === undefined ? {} : { teamId: idOf(teams, team) }),
      ...(assignee === undefined ? {} : { assigneeId: idOf(users, assignee) }),
      ...(status === undefined ? {} : { status }),
      ...(given === undefined ? {} : { labels: given }),
    })
  }
}

/** Those that are not there yet: an earlier start may have been cut short. */
async function makeLabels(api: Api): Promise<void> {
  const known = new Set((await api.list<Named>('/labels')).map(({ name }) => name))
  for (const label of labels) if (!known.has(label.name)) await api.post('/labels', label)
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + settleWithinMs
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within ${settleWithinMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
