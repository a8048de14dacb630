import { fireEvent, screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import { exampleNowMs } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { aDesk } from '../testing/desk.ts'
import { show } from '../testing/show.ts'
import { verificationHandlers } from '../testing/verification/handlers.ts'
import { aCheckedNumber } from '../testing/verification/rows.ts'
import NumberCard from './NumberCard.svelte'

const number = aCheckedNumber(exampleNowMs, { isOfficial: true })

function showCard(onwrite?: (text: string) => void) {
  const handlers = verificationHandlers({
    scene: 'three',
    role: 'agent',
    isOnline: true,
    nowMs: exampleNowMs,
    ours: [number],
  })
  const host = loopback({ ...aDesk(), ...handlers })
  let closed = 0
  show(NumberCard, { number, onwrite, onclose: () => (closed += 1) }, host.wire)
  return { closed: () => closed }
}

test('an agent is told in a few lines whether it is really us', async () => {
  showCard()
  expect(await screen.findByText('Unternehmen von WhatsApp bestätigt seit 03.02.2026')).toBeTruthy()
  expect(screen.getByText('Anzeigename von WhatsApp freigegeben seit 06.02.2026')).toBeTruthy()
  expect(screen.getByText('Von WhatsApp als offizielles Konto ausgezeichnet')).toBeTruthy()
  expect(screen.getByText('Die Qualität ist auf „Mittel“ gesunken.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Echtheit erklären' })).toBeNull()
})

test('the text that explains it says only what WhatsApp confirms', async () => {
  const written: string[] = []
  const { closed } = showCard((text) => written.push(text))
  await screen.findByText(/^Unternehmen von WhatsApp bestätigt/)
  await fireEvent.click(screen.getByRole('button', { name: 'Echtheit erklären' }))
  await expect.poll(() => written.length).toBe(1)
  expect(closed()).toBe(1)
  expect(written[0]).toContain('Nordwerk GmbH')
  expect(written[0]).toContain('+49 40 3006 8810')
  expect(written[0]).toContain('geprüft und bestätigt')
})
