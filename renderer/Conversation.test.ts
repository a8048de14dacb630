import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import type { Draft } from '../core/domain/draft.ts'
import { AppError } from '../core/lib/errors.ts'
import { aThreadPage } from './testing/every-kind.ts'
import { field, me, openConversation, write } from './testing/open-conversation.ts'

const hourMs = 60 * 60 * 1000

test('Enter sends what was written, based on the newest message shown; Shift Enter does not', async () => {
  const page = aThreadPage([{ direction: 'in' }, { direction: 'in', text: 'Hallo?' }])
  const { asked } = openConversation(page)
  const element = await write('  Guten Tag!\n')
  await screen.findByText('Hallo?')

  await fireEvent.keyDown(element, { key: 'Enter', shiftKey: true })
  await fireEvent.keyDown(element, { key: 'Enter', isComposing: true })
  expect(asked('message.send')).toEqual([])

  await fireEvent.keyDown(element, { key: 'Enter' })
  await waitFor(() => expect(asked('message.send')).toHaveLength(1))
  expect(asked('message.send')[0]).toEqual({
    conversationId: page.conversation.id,
    body: { type: 'text', text: 'Guten Tag!' },
    basedOn: page.messages[1]!.id,
  })
  await waitFor(() => expect(element.value).toBe(''))
})

test('Ctrl Enter sends and resolves', async () => {
  const page = aThreadPage([{ direction: 'in' }])
  const { asked } = openConversation(page)
  await fireEvent.keyDown(await write('Erledigt.'), { key: 'Enter', ctrlKey: true })
  await waitFor(() => expect(asked('conversation.resolve')).toHaveLength(1))
  expect(asked('message.send')).toHaveLength(1)
})

test('nothing written and too much written are not sent, and the button says why', async () => {
  const { asked } = openConversation(aThreadPage([{ direction: 'in' }]))
  const element = await write(' \n ')
  await fireEvent.keyDown(element, { key: 'Enter' })
  const send = screen.getByRole('button', { name: 'Senden' })
  expect(send).toHaveProperty('ariaDisabled', 'true')
  expect(document.getElementById(send.getAttribute('aria-describedby')!)?.textContent).toBe(
    'Erst etwas schreiben oder eine Datei anhängen',
  )

  await fireEvent.input(element, { target: { value: 'x'.repeat(4097) } })
  await fireEvent.click(send)
  expect(screen.getAllByText('Zu lang: 4.097 von 4.096 Zeichen')).not.toEqual([])
  expect(asked('message.send')).toEqual([])
})

test('a draft is kept on leaving and is there on coming back', async () => {
  const page = aThreadPage([{ direction: 'in' }])
  const { drafts, unmount } = openConversation(page)
  await write('Ein angefangener Satz')
  unmount()
  expect(drafts.get(page.conversation.id)).toMatchObject({
    text: 'Ein angefangener Satz',
    mode: 'reply',
  })

  openConversation(page, {
    'draft.get': ({ conversationId }) => drafts.get(conversationId) ?? null,
  })
  await waitFor(async () => expect((await field()).value).toBe('Ein angefangener Satz'))
})

test('a note is saved as a note, whatever the reply window', async () => {
  const page = aThreadPage([{ direction: 'in' }], {
    conversation: { windowExpiresAtMs: Date.now() - 2 * hourMs },
  })
  const { asked } = openConversation(page)
  await fireEvent.click(await screen.findByRole('radio', { name: 'Notiz' }))
  await write('Bitte anrufen')
  await fireEvent.click(screen.getByRole('button', { name: 'Notiz speichern' }))
  await waitFor(() =>
    expect(asked('note.add')).toEqual([
      { conversationId: page.conversation.id, text: 'Bitte anrufen' },
    ]),
  )
  expect(asked('message.send')).toEqual([])
})

test.each([
  [10.5 * hourMs + 30_000, 'noch 10 Std. 30 Min.'],
  [3 * hourMs + 30_000, 'Fenster endet in 3 Std.'],
  [24.5 * 60_000, 'Fenster endet in 24 Min.'],
])('with %d ms left the composer says "%s"', async (left, words) => {
  openConversation(
    aThreadPage([{ direction: 'in' }], { conversation: { windowExpiresAtMs: Date.now() + left } }),
  )
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0)
  expect(await field()).toBeTruthy()
})

test('a closed window takes the field away and keeps the text', async () => {
  const page = aThreadPage([{ direction: 'in' }], {
    conversation: { windowExpiresAtMs: Date.now() - 60_000 },
  })
  const draft: Draft = {
    conversationId: page.conversation.id,
    text: 'Das wollte ich sagen',
    mode: 'reply',
    updatedAtMs: 0,
  }
  openConversation(page, { 'draft.get': () => draft })
  expect(
    await screen.findByText(/Das Antwortfenster ist seit .* zu\. Mit einer Vorlage/),
  ).toBeTruthy()
  expect(await screen.findByText('Das wollte ich sagen')).toBeTruthy()
  expect(screen.queryByRole('textbox')).toBeNull()
})

test('what could not be saved is back in the field, before what was typed meanwhile', async () => {
  let fail: (error: Error) => void = () => undefined
  openConversation(aThreadPage([{ direction: 'in' }]), {
    'message.send': () => new Promise((_, reject) => (fail = reject)),
  })
  const element = await write('Erstens')
  await fireEvent.keyDown(element, { key: 'Enter' })
  await fireEvent.input(element, { target: { value: 'Zweitens' } })
  fail(new AppError('disk-full', ''))
  await waitFor(() => expect(element.value).toBe('Erstens\nZweitens'))
  expect(await screen.findByText(/Der Speicher dieses Rechners ist voll/)).toBeTruthy()
})

test('one file and a text go out as one message, and a file too large is refused with both sizes', async () => {
  URL.createObjectURL = vi.fn(() => 'blob:x')
  URL.revokeObjectURL = vi.fn()
  const { asked, container } = openConversation(aThreadPage([{ direction: 'in' }]))
  const element = await write('Anbei die Rechnung')
  const big = new File(['x'], 'gross.png', { type: 'image/png' })
  Object.defineProperty(big, 'size', { value: 6_200_000 })
  const pdf = new File(['%PDF'], 'rechnung.pdf', { type: 'application/pdf' })
  Object.defineProperty(pdf, 'arrayBuffer', { value: async () => new ArrayBuffer(4) })
  await fireEvent.change(container.querySelector('input[type=file]')!, {
    target: { files: [big, pdf] },
  })

  expect(await screen.findByText('gross.png ist zu groß: 6,2 MB, erlaubt sind 5 MB.')).toBeTruthy()
  await waitFor(() =>
    expect(asked('media.add').map(({ fileName }) => fileName)).toEqual(['rechnung.pdf']),
  )
  await waitFor(() => expect(screen.queryByText('Wird gespeichert')).toBeNull())
  await fireEvent.keyDown(element, { key: 'Enter' })
  await waitFor(() => expect(asked('message.send')).toHaveLength(1))
  expect(asked('message.send')[0]!.body).toMatchObject({
    type: 'document',
    text: 'Anbei die Rechnung',
  })
})

test('an unassigned conversation is taken with one press', async () => {
  const page = aThreadPage([{ direction: 'in' }], { conversation: { assigneeId: null } })
  const { asked } = openConversation(page)
  await fireEvent.click(await screen.findByRole('button', { name: 'Mir zuweisen' }))
  await waitFor(() =>
    expect(asked('conversation.assign')).toEqual([
      { conversationId: page.conversation.id, toUserId: me.id, baseVersion: 0 },
    ]),
  )
})

test('the panel tells what is known, and says when the number is not shared', async () => {
  const page = aThreadPage([{ direction: 'in' }])
  const { phone: _none, name: _nameless, ...contact } = page.contact
  openConversation({ ...page, contact: { ...contact, username: 'lena.hh' } })
  const panel = await screen.findByRole('complementary', { name: 'Kontakt' })
  expect(within(panel).getByText('Telefonnummer nicht geteilt')).toBeTruthy()
  expect(within(panel).getAllByText('@lena.hh')).toHaveLength(2)
  expect(within(panel).getByText(page.contact.userId!)).toBeTruthy()
})
