import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { RefusalView, ThreadPage } from '../core/contract/views.ts'
import type { MutationId } from '../core/domain/ids.ts'
import { AppError } from '../core/lib/errors.ts'
import { aMessage, anId } from '../core/testing/examples.ts'
import { aThreadPage } from './testing/every-kind.ts'
import { field, openConversation, write } from './testing/open-conversation.ts'

function answeredBy(page: ThreadPage) {
  const reply = page.messages.at(-1)!
  return { messageId: reply.id, by: 'Cem Yıldız', atMs: Date.now() - 8_000 }
}

test('when a colleague was faster, the person sees their message and decides; nothing is sent by itself', async () => {
  const page = aThreadPage([
    { direction: 'in' },
    { direction: 'out', text: 'Schon erledigt.', wamid: 'wamid.1' },
  ])
  const { asked } = openConversation(page, {
    'message.send': ({ isAnyway }) => {
      if (isAnyway !== true)
        throw new AppError('colleague-answered', '', { details: answeredBy(page) })
      return { id: anId() }
    },
  })
  const element = await write('Ich kümmere mich.')
  await fireEvent.keyDown(element, { key: 'Enter' })

  const sheet = await screen.findByRole('alertdialog')
  expect(within(sheet).getByText(/^Cem Yıldız hat vor \d+ Sekunden geantwortet\.$/)).toBeTruthy()
  expect(within(sheet).getByText('Schon erledigt.')).toBeTruthy()
  expect(document.activeElement).toBe(sheet)
  expect(element.value).toBe('Ich kümmere mich.')

  await fireEvent.click(within(sheet).getByRole('button', { name: 'Trotzdem senden' }))
  await waitFor(() => expect(asked('message.send').at(-1)).toMatchObject({ isAnyway: true }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(element.value).toBe('')
})

test('a reply refused later waits in a sheet with its text, and can become a note', async () => {
  const page = aThreadPage([{ direction: 'in' }, { direction: 'out', text: 'Schon erledigt.' }])
  let refusals: RefusalView[] = []
  const { asked, signal } = openConversation(page, {
    'outbox.refusals': () => refusals,
    'outbox.discard': () => {
      refusals = []
      return null
    },
  })
  await field()
  refusals = [
    {
      muid: anId<MutationId>(),
      name: 'message.send',
      code: 'colleague-answered',
      details: answeredBy(page),
      conversationId: page.conversation.id,
      message: aMessage({ text: 'Mein Vorschlag' }),
      isOutOfSight: false,
      atMs: Date.now(),
    },
  ]
  const [{ muid }] = refusals as [RefusalView]
  signal('outbox.changed', {})

  const sheet = await screen.findByRole('alertdialog')
  expect(within(sheet).getByText('Mein Vorschlag')).toBeTruthy()
  await fireEvent.click(within(sheet).getByRole('button', { name: 'Als Notiz speichern' }))
  await waitFor(() => expect(asked('outbox.discard')).toEqual([{ muid }]))
  expect(asked('note.add')).toEqual([
    { conversationId: page.conversation.id, text: 'Mein Vorschlag' },
  ])
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
})

test('a refusal because the window had closed gives the text back to the draft', async () => {
  const page = aThreadPage([{ direction: 'in' }])
  const muid = anId<MutationId>()
  let refusals: RefusalView[] = [
    {
      muid,
      name: 'message.send',
      code: 'window-closed',
      details: {},
      conversationId: page.conversation.id,
      message: aMessage({ text: 'Zu spät' }),
      isOutOfSight: false,
      atMs: Date.now(),
    },
  ]
  const { drafts } = openConversation(page, {
    'outbox.refusals': () => refusals,
    'outbox.discard': () => {
      refusals = []
      return null
    },
  })
  await fireEvent.click(await screen.findByRole('button', { name: 'Zurück in den Entwurf' }))
  await waitFor(async () => expect((await field()).value).toBe('Zu spät'))
  await waitFor(() => expect(drafts.get(page.conversation.id)?.text).toBe('Zu spät'))
})

test('a conversation that is taken from their sight leaves the screen; what they wrote comes back and can be discarded', async () => {
  const page = aThreadPage([{ direction: 'in', text: 'Nur für den Kundendienst' }])
  let isGone = false
  let refusals: RefusalView[] = []
  const { asked, signal } = openConversation(page, {
    'thread.page': () => {
      if (isGone) throw new AppError('not-found', '')
      return page
    },
    'outbox.refusals': () => refusals,
    'outbox.discard': () => {
      refusals = []
      return null
    },
  })
  await write('Ich kümmere')
  refusals = [
    {
      muid: anId<MutationId>(),
      name: 'note.add',
      code: 'forbidden',
      details: {},
      conversationId: page.conversation.id,
      message: aMessage({ text: 'Bitte zurückrufen' }),
      isOutOfSight: true,
      atMs: Date.now(),
    },
  ]
  isGone = true
  signal('outbox.changed', {})

  expect(await screen.findByText(/^Diese Unterhaltung ist nicht mehr zu sehen/)).toBeTruthy()
  expect(screen.queryByText('Nur für den Kundendienst')).toBeNull()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.getByText('Ich kümmere')).toBeTruthy()
  expect(await screen.findByText('Bitte zurückrufen')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Verwerfen' }))
  await waitFor(() => expect(asked('outbox.discard')).toHaveLength(1))
  await waitFor(() => expect(screen.queryByText('Bitte zurückrufen')).toBeNull())
})
