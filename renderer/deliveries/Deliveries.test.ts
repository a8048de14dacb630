import { fireEvent, screen, within } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import type { DeliveredCall, StuckMessage } from '../../core/contract/views.ts'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import { aContact, anId, aUser, exampleNowMs } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { route } from '../bridge/route.svelte.ts'
import { aDesk, anAppState } from '../testing/desk.ts'
import { show } from '../testing/show.ts'
import Deliveries from './Deliveries.svelte'

afterEach(() => history.replaceState(null, '', '#'))

function aStuckMessage(given: Partial<StuckMessage> = {}): StuckMessage {
  return {
    messageId: anId(),
    conversationId: anId(),
    numberId: anId(),
    state: 'failed',
    error: { code: 131026, title: 'Message undeliverable' },
    attempts: 1,
    atMs: exampleNowMs,
    contact: aContact(),
    ...given,
  }
}

function aCall(given: Partial<DeliveredCall> = {}): DeliveredCall {
  return {
    id: '7',
    receivedAtMs: exampleNowMs,
    state: 'done',
    sizeBytes: 100,
    parts: [{ kind: 'message-received', outcome: 'stored' }],
    ...given,
  }
}
const dead = aCall({ parts: [{ kind: 'webhook', outcome: 'failed', reasonCode: 'not-a-webhook' }] })

function open(given: Partial<Handlers>, role: 'supervisor' | 'administrator' = 'administrator') {
  const desk = { ...aDesk(), 'app.state': () => anAppState({ user: aUser({ role }) }) }
  return show(Deliveries, {}, loopback({ ...desk, ...given }).wire)
}

test('a message that did not leave says to whom and why, and leads to where it is decided about', async () => {
  const stuck = aStuckMessage()
  open({ 'delivery.stuck': () => ({ items: [stuck], nextCursor: null }) })
  const line = await screen.findByRole('listitem')
  expect(line.textContent).toContain('Dörte Müller-Lüdenscheidt')
  expect(line.textContent).toContain('WhatsApp 131026')

  await fireEvent.click(within(line).getByRole('button', { name: 'Öffnen' }))
  expect(route()).toMatchObject({
    conversationId: stuck.conversationId,
    messageId: stuck.messageId,
  })
})

test('older ones are fetched from where the page ended', async () => {
  const asked: (string | undefined)[] = []
  open({
    'delivery.stuck': ({ cursor }) => {
      asked.push(cursor)
      return { items: [aStuckMessage()], nextCursor: cursor === undefined ? 'further' : null }
    },
  })
  await fireEvent.click(await screen.findByRole('button', { name: 'Ältere anzeigen' }))
  await expect.poll(() => screen.getAllByRole('listitem')).toHaveLength(2)
  expect(asked).toEqual([undefined, 'further'])
  expect(screen.queryByRole('button', { name: 'Ältere anzeigen' })).toBeNull()
})

test('an administrator has a call understood once more, and sees what became of it', async () => {
  open({
    'delivery.stuck': () => ({ items: [], nextCursor: null }),
    'delivery.calls': ({ isFailed }) => ({ items: isFailed ? [dead] : [], nextCursor: null }),
    'delivery.replay': () => aCall(),
  })
  expect(await screen.findByText('Alles ist gesendet.')).toBeTruthy()
  await fireEvent.click(screen.getByRole('radio', { name: 'Nicht verstanden' }))
  expect(await screen.findByText('Das ist kein Aufruf von WhatsApp.')).toBeTruthy()

  await fireEvent.click(screen.getByRole('button', { name: 'Erneut verarbeiten' }))
  expect(await screen.findByText('Nachrichten: 1 gespeichert')).toBeTruthy()
  expect(screen.queryByText('Das ist kein Aufruf von WhatsApp.')).toBeNull()
})

test('a supervisor sees what was not understood and is offered nothing they may not do', async () => {
  open(
    {
      'delivery.stuck': () => ({ items: [], nextCursor: null }),
      'delivery.calls': () => ({ items: [dead], nextCursor: null }),
    },
    'supervisor',
  )
  await fireEvent.click(await screen.findByRole('radio', { name: 'Nicht verstanden' }))
  expect(await screen.findByText('Ereignisse: 1 nicht verstanden')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Erneut verarbeiten' })).toBeNull()
})

test('without a server it says so', async () => {
  open({
    'delivery.stuck': () => {
      throw new AppError('offline', 'no server')
    },
  })
  expect((await screen.findByRole('alert')).textContent).not.toBe('')
  expect(screen.queryByText('Alles ist gesendet.')).toBeNull()
})

test('a call that was understood leads to its message and is not offered again', async () => {
  const [conversationId, messageId] = [anId<ConversationId>(), anId<MessageId>()]
  const stored = { kind: 'message-received', outcome: 'stored' as const, conversationId, messageId }
  open({
    'delivery.stuck': () => ({ items: [], nextCursor: null }),
    'delivery.calls': () => ({ items: [aCall({ parts: [stored] })], nextCursor: null }),
  })
  await fireEvent.click(await screen.findByRole('radio', { name: 'Von WhatsApp' }))
  const line = await screen.findByRole('listitem')
  expect(within(line).queryByRole('button', { name: 'Erneut verarbeiten' })).toBeNull()
  await fireEvent.click(within(line).getByRole('button', { name: 'Öffnen' }))
  expect(route()).toMatchObject({ conversationId, messageId })
})

test('a call that is being worked off is not offered again', async () => {
  open({
    'delivery.stuck': () => ({ items: [], nextCursor: null }),
    'delivery.calls': () => ({
      items: [aCall({ state: 'received', parts: [] })],
      nextCursor: null,
    }),
  })
  await fireEvent.click(await screen.findByRole('radio', { name: 'Von WhatsApp' }))
  const line = await screen.findByRole('listitem')
  expect(within(line).queryByRole('button', { name: 'Erneut verarbeiten' })).toBeNull()
})
