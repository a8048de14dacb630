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
  const host = loopback({
    ...aDesk(),
    ...handlers,
    'explanation.get': ({ language }) => ({
      text: language === 'de' ? 'Ja, Sie schreiben wirklich mit uns.' : 'Yes, this really is us.',
      template: '',
      isOwn: false,
    }),
  })
  let closed = 0
  const onclose = () => (closed += 1)
  show(NumberCard, { number, contactLanguage: 'en_GB', onwrite, onclose }, host.wire)
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

test('the approved text is put where one writes, in the contact’s language', async () => {
  const written: string[] = []
  const { closed } = showCard((text) => written.push(text))
  await fireEvent.click(await screen.findByRole('button', { name: 'Echtheit erklären' }))
  await expect.poll(() => written).toEqual(['Yes, this really is us.'])
  expect(closed()).toBe(1)
})
