import { fireEvent, screen, waitFor } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { DraftView, OtherDraft } from '../../core/contract/views.ts'
import type { DraftVersionId } from '../../core/domain/ids.ts'
import { anId } from '../../core/testing/examples.ts'
import { aThreadPage } from '../testing/every-kind.ts'
import { field, openConversation, write } from '../testing/open-conversation.ts'

/** The line is fetched when there is one. */
const soon = { timeout: 10_000 }
const page = aThreadPage([{ direction: 'in' }])
const conversationId = page.conversation.id
const aView = (text: string, given: Partial<DraftView> = {}): DraftView => ({
  ...{ conversationId, text, mode: 'reply', updatedAtMs: 0 },
  base: anId<DraftVersionId>(),
  ...given,
})
const atNine = new Date().setHours(9, 12, 0, 0)
const other: OtherDraft = {
  version: anId<DraftVersionId>(),
  text: 'Von dem anderen\nRechner',
  mode: 'reply',
  device: 'windows',
  isOwn: false,
  writtenAtMs: atNine,
}

/** The conversation, with a host whose draft can be replaced from outside. */
function openWith(first: DraftView | null) {
  const draft = { now: first }
  const host = openConversation(page, {
    'draft.get': () => draft.now,
    'draft.put': (given) => (draft.now = { ...draft.now, ...given }),
    'draft.choose': () =>
      (draft.now = aView(other.text, { other: { ...other, text: 'Von hier', isOwn: true } })),
    'draft.discard': () => (draft.now = aView(draft.now?.text ?? '')),
  })
  const arrives = (view: DraftView | null) => {
    draft.now = view
    host.signal('draft.changed', { conversationId })
  }
  return { ...host, arrives }
}

const holds = (text: string) => waitFor(async () => expect((await field()).value).toBe(text))

test('a text from another machine is one line that says whence; it can be looked at and discarded', async () => {
  const { asked } = openWith(aView('Von hier', { other }))
  expect(await screen.findByText('Entwurf vom Windows-Rechner, 09:12', {}, soon)).toBeTruthy()
  expect(screen.getByText('Von dem anderen Rechner')).toBeTruthy()
  await holds('Von hier')

  await fireEvent.click(screen.getByRole('button', { name: 'Ansehen' }))
  await holds('Von dem anderen\nRechner')
  expect(await screen.findByText('Entwurf von diesem Gerät, 09:12', {}, soon)).toBeTruthy()

  await fireEvent.click(screen.getByRole('button', { name: 'Verwerfen' }))
  await waitFor(() => expect(screen.queryByText(/^Entwurf v/)).toBeNull())
  expect(asked('draft.discard')).toEqual([{ conversationId, version: other.version }])
  await holds('Von dem anderen\nRechner')
})

test('what arrives comes into a field nobody types in, and into no other', async () => {
  const { arrives, asked } = openWith(null)
  await field()
  arrives(aView('Im Büro begonnen'))
  await holds('Im Büro begonnen')
  arrives(null)
  await holds('')

  await write('Ich schreibe')
  arrives(aView('Von dem anderen', { other }))
  await screen.findByText('Entwurf vom Windows-Rechner, 09:12', {}, soon)
  expect((await field()).value).toBe('Ich schreibe')
  await waitFor(() => expect(asked('draft.put')).toHaveLength(1))
  expect((await field()).value).toBe('Ich schreibe')
})

test('other machines get it when the window loses the focus and when the conversation is left', async () => {
  const first = aView('Guten')
  const { asked, unmount } = openWith(first)
  await holds('Guten')
  await fireEvent.blur(window)
  expect(asked('draft.share')).toEqual([])
  await write('Guten Tag')
  await fireEvent.blur(window)
  await waitFor(() => expect(asked('draft.share')).toHaveLength(1))
  expect(asked('draft.put')).toMatchObject([{ text: 'Guten Tag', base: first.base }])
  await write('Guten Tag, Frau Yıldız')
  unmount()
  await waitFor(() => expect(asked('draft.share')).toHaveLength(2))
})

test('what was sent is empty everywhere', async () => {
  const { asked } = openWith(aView('Guten Tag'))
  await holds('Guten Tag')
  await fireEvent.keyDown(await field(), { key: 'Enter' })
  await waitFor(() => expect(asked('draft.share')).toHaveLength(1))
  expect(asked('message.send')).toHaveLength(1)
  expect(asked('draft.put')).toMatchObject([{ text: '' }])
})
