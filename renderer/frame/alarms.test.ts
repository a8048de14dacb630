import { render, screen } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import { createApi } from '../../core/contract/client.ts'
import type { VerificationOverview } from '../../core/contract/views.ts'
import type { Role } from '../../core/domain/people.ts'
import { exampleNowMs } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import App from '../App.svelte'
import { aDesk, anAppState, anna } from '../testing/desk.ts'
import '../testing/show.ts'
import { verificationHandlers } from '../testing/verification/handlers.ts'
import { dismissToast, toasts } from '../ui/toasts.svelte.ts'
import './tell-alarm.ts' // read before the first test has to wait for it

const clear = () => toasts().forEach(({ id }) => dismissToast(id))
afterEach(clear)

/** A console whose numbers were well, until `turn` lets one of them be in trouble. */
async function atWork(role: Role) {
  const wished = { scene: 'three', role, isOnline: true, nowMs: exampleNowMs, ours: [] } as const
  const answers = verificationHandlers(wished)
  const troubled = await answers['verification.overview']({})
  const well: VerificationOverview = {
    ...troubled,
    numbers: troubled.numbers.map((view) => ({ ...view, advice: [], state: 'ok' })),
  }
  let now = well
  const user = { ...anna, role }
  const host = loopback({
    ...aDesk(),
    ...answers,
    'app.state': () => anAppState({ user }),
    'verification.overview': () => now,
  })
  render(App, { props: { api: createApi(host.wire) } })
  await screen.findByRole('link', { name: /^Verifizierung/ })
  await expect.poll(() => host.calls.some(([name]) => name === 'verification.overview')).toBe(true)
  return (isTroubled: boolean) => {
    now = isTroubled ? troubled : well
    host.signal('verification.changed', {})
  }
}
const said = () => screen.queryAllByText('Die Qualität ist auf „Mittel“ gesunken.').length

test('whoever looks after the numbers is told of new trouble, once each time it comes', async () => {
  const turn = await atWork('supervisor')
  turn(true)
  await expect.poll(said).toBeGreaterThan(0)
  const before = said()
  turn(true)
  turn(false)
  await screen.findByRole('link', { name: 'Verifizierung, alles in Ordnung' })
  expect(said()).toBe(before)
  clear()
  turn(true)
  await expect.poll(said).toBe(before)
})

test('agents are told nothing; the rail says it to them as to everybody', async () => {
  const turn = await atWork('agent')
  turn(true)
  await screen.findByRole('link', { name: /^Verifizierung, etwas/ })
  expect(said()).toBe(0)
})
