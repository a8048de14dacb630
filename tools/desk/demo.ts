import { createApi, type Api } from './api.ts'
import { placements } from './firm.ts'

type Shown = { id: string; contact: { name?: string } }
type Person = { id: string; name: string; email: string }

const settleWithinMs = 60_000

/**
 * Plays the demo firm's past and present. Played again on every start, because the simulator forgets its customers
 * when it ends: for the same seed all ids are the same, so the server counts the webhooks of a repeated past as
 * duplicates and changes nothing, and the phones are there again to answer to.
 */
export async function playDemo(simulatorUrl: string): Promise<void> {
  const control = createApi(`${simulatorUrl}/control`)
  const { customers } = await control.post<{ customers: unknown[] }>('/scenario/demo', {})
  await until(`${customers.length} conversations told`, async () => {
    const { waiting, inFlight } = await control.get<{ waiting: number; inFlight: number }>(
      '/outbox',
    )
    return waiting + inFlight === 0
  })
}

/** Puts each conversation where it stands this morning: with its team, and with whoever took it on. */
export async function placeConversations(api: Api): Promise<void> {
  const [teams, users] = [await api.list<Person>('/teams'), await api.list<Person>('/users')]
  let found: Shown[] = []
  await until('every conversation stored', async () => {
    found = await api.list<Shown>('/conversations')
    return placements.every(({ contact }) => found.some((one) => one.contact.name === contact))
  })
  for (const { contact, team, assignee, status } of placements) {
    const conversation = found.find((one) => one.contact.name === contact)
    if (!conversation) continue
    await api.patch(`/conversations/${conversation.id}`, {
      ...(team ? { teamId: teams.find(({ name }) => name === team)?.id } : {}),
      ...(assignee ? { assigneeId: users.find(({ name }) => name === assignee)?.id } : {}),
      ...(status ? { status } : {}),
    })
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + settleWithinMs
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${settleWithinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
