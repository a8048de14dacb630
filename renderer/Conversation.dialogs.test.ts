import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import type { Handlers } from '../core/contract/contract.ts'
import type { Contact } from '../core/domain/people.ts'
import { aContact, aTemplate } from '../core/testing/examples.ts'
import { aThreadPage } from './testing/every-kind.ts'
import { openConversation, write } from './testing/open-conversation.ts'
import Toasts from './ui/Toasts.svelte'
import { show } from './testing/show.ts'

const closed = () =>
  aThreadPage([{ direction: 'in' }], {
    conversation: { windowExpiresAtMs: Date.now() - 60_000 },
  })
const offers: Partial<Handlers> = {
  'template.list': () => [{ template: aTemplate({ body: 'Guten Tag.' }), reason: null }],
}
const dialog = () => screen.findByRole('dialog', { hidden: true }, { timeout: 5_000 })

test('a closed window offers templates, and one goes out without it', async () => {
  const page = closed()
  const { asked } = openConversation(page, offers)
  await fireEvent.click(await screen.findByRole('button', { name: 'Vorlage wählen' }))
  expect((await dialog()).textContent).toContain('Vorlage senden an Dörte Müller-Lüdenscheidt')
  await screen.findByRole('option', { hidden: true })
  await fireEvent.click(screen.getByRole('button', { name: 'Senden', hidden: true }))
  await waitFor(() => expect(asked('message.send')).toHaveLength(1))
  expect(asked('message.send')[0]).toMatchObject({
    body: { type: 'template', params: [] },
    basedOn: page.messages[0]!.id,
  })
  await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull())
})

test.each([{ ctrlKey: true }, { altKey: true }])(
  'with %j, Shift and T the templates open',
  async (keys) => {
    openConversation(aThreadPage([{ direction: 'in' }]), offers)
    const field = await write('Moment')
    await fireEvent.keyDown(field, { key: 'T', code: 'KeyT', shiftKey: true, ...keys })
    expect(await dialog()).toBeTruthy()
  },
)

test('what another app answers is read, noted on and reopened by a template, not answered', async () => {
  const page = aThreadPage([{ direction: 'in', isStandby: true }], {
    conversation: { controlledBy: { role: 'Buchungsassistent', sinceMs: Date.now() } },
  })
  openConversation(page)
  expect(await screen.findByText(/Diesen Kontakt betreut gerade „Buchungsassistent“/)).toBeTruthy()
  expect(screen.queryByRole('textbox')).toBeNull()
  expect(screen.getByRole('button', { name: 'Vorlage wählen' })).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Notiz' }))
  expect(await screen.findByRole('textbox', { name: 'Interne Notiz' })).toBeTruthy()
})

test('after an ad the composer says until when messages are free', async () => {
  openConversation(
    aThreadPage([{ direction: 'in' }], {
      conversation: { freeUntilMs: new Date(2096, 10, 24, 8, 40).getTime() },
    }),
  )
  expect(await screen.findByText('Kostenfrei bis 24.11., 08:40 (Anzeige)')).toBeTruthy()
})

test('the contact is told of typing once in a while, and never of a note', async () => {
  const { asked } = openConversation(aThreadPage([{ direction: 'in' }]))
  await fireEvent.click(await screen.findByRole('radio', { name: 'Notiz' }))
  await write('nur für uns')
  expect(asked('conversation.typing')).toHaveLength(0)
  await fireEvent.click(screen.getByRole('radio', { name: 'Antwort' }))
  await write('Guten')
  await write('Guten Tag')
  expect(asked('conversation.typing')).toHaveLength(1)
})

test('buttons to answer by go out with their titles, and what is missing is said', async () => {
  const { asked } = openConversation(aThreadPage([{ direction: 'in' }]))
  await fireEvent.click(await screen.findByRole('button', { name: 'Schaltflächen senden' }))
  const send = within(await dialog()).getByRole('button', { name: 'Senden', hidden: true })
  await fireEvent.click(send)
  expect(await screen.findByText('Der Text fehlt.')).toBeTruthy()
  const type = async (label: RegExp, value: string) => {
    const element = within(await dialog()).getByLabelText(label)
    await fireEvent.input(element, { target: { value } })
  }
  await type(/^Text/, 'Wann passt es?')
  await type(/^Schaltfläche 1/, 'Vormittags')
  await type(/^Schaltfläche 2/, 'Vormittags')
  await fireEvent.click(send)
  expect(await screen.findByText('Jeder Eintrag braucht einen eigenen Titel.')).toBeTruthy()
  await type(/^Schaltfläche 2/, 'Nachmittags')
  await fireEvent.click(send)
  await waitFor(() => expect(asked('message.send')).toHaveLength(1))
  expect(asked('message.send')[0]!.body).toEqual({
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'Wann passt es?' },
      action: {
        buttons: ['Vormittags', 'Nachmittags'].map((title) => ({
          type: 'reply',
          reply: { id: title, title },
        })),
      },
    },
  })
})

test('a failure for want of a number opens the question for it, ready to send', async () => {
  const { asked } = openConversation(
    aThreadPage([
      { direction: 'in' },
      { direction: 'out', status: 'failed', error: { code: 131062, title: '' } },
    ]),
  )
  await fireEvent.click(await screen.findByRole('button', { name: 'Nummer anfragen' }))
  const send = within(await dialog()).getByRole('button', { name: 'Senden', hidden: true })
  await fireEvent.click(send)
  await waitFor(() => expect(asked('message.send')).toHaveLength(1))
  expect(asked('message.send')[0]!.body).toMatchObject({ interactive: { type: 'contact_request' } })
})

function doubt() {
  const page = aThreadPage([{ direction: 'in' }])
  const other: Contact = aContact({ name: 'D. Müller', phone: '+491713920012', username: 'd.m' })
  const contactId = other.id
  page.contact.conflicts = [
    { contactId, kind: 'phone', value: '+491713920012', atMs: 1 },
    { contactId, kind: 'user-id', value: 'DE.7', atMs: 1 },
  ]
  const side = { numbers: [], messages: 3, firstAtMs: 0, lastAtMs: 0 }
  const answers: Partial<Handlers> = {
    'contact.compare': () => ({
      contact: { contact: page.contact, ...side },
      other: { contact: other, ...side },
    }),
    'contact.merge': () => null,
    'contact.unmerge': () => null,
    'contact.dismiss-conflict': () => null,
  }
  return { page, other, answers }
}

test('two contacts that may be one person are compared, merged field by field, and taken apart again', async () => {
  const { page, other, answers } = doubt()
  const { asked, wire } = openConversation(page, answers)
  expect(await screen.findByText(/Möglicherweise dieselbe Person wie D\. Müller\./)).toBeTruthy()
  expect(screen.getByText('Beide wurden mit der Nummer +491713920012 genannt.')).toBeTruthy()
  expect(screen.getByText('Beide wurden mit der WhatsApp-ID DE.7 genannt.')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Vergleichen' }))
  const within_ = within(await dialog())
  await fireEvent.click(await within_.findByRole('radio', { name: 'D. Müller', hidden: true }))
  expect(within_.getByText(/Danach gibt es einen Kontakt/)).toBeTruthy()
  await fireEvent.click(within_.getByRole('button', { name: 'Zusammenführen', hidden: true }))
  await waitFor(() =>
    expect(asked('contact.merge')).toEqual([
      { from: other.id, into: page.contact.id, keep: { name: 'from' } },
    ]),
  )
  show(Toasts, {}, wire)
  await fireEvent.click(await screen.findByRole('button', { name: 'Rückgängig' }))
  await waitFor(() => expect(asked('contact.unmerge')).toEqual([{ contactId: other.id }]))
})

test('people who are not one person stop being asked about', async () => {
  const { page, other, answers } = doubt()
  const { asked } = openConversation(page, answers)
  await fireEvent.click(await screen.findByRole('button', { name: 'Vergleichen' }))
  await fireEvent.click(
    await screen.findByRole('button', { name: 'Nicht dieselbe Person', hidden: true }),
  )
  await waitFor(() =>
    expect(asked('contact.dismiss-conflict')).toEqual([
      { contactId: page.contact.id, otherId: other.id },
    ]),
  )
})

test('who was merged is named in the panel, and the latest can be separated', async () => {
  const page = aThreadPage([{ direction: 'in' }])
  const merged = [aContact({ name: 'Erste' }), aContact({ name: 'Zweite' })]
  page.contact.includes = merged.map(({ id }) => id)
  const { asked } = openConversation(page, {
    'contact.merged': () => merged,
    'contact.unmerge': () => null,
  })
  const panel = await screen.findByRole('region', { name: 'Zusammengeführt mit' })
  expect(panel.textContent).toContain('Erste')
  await fireEvent.click(within(panel).getByRole('button', { name: 'Trennen' }))
  await waitFor(() => expect(asked('contact.unmerge')).toEqual([{ contactId: merged[1]!.id }]))
})

test('a microphone that is forbidden is said to be, and the field comes back', async () => {
  const ask = vi.fn(async () => {
    throw new DOMException('no', 'NotAllowedError')
  })
  vi.stubGlobal(
    'navigator',
    Object.assign(Object.create(navigator), { mediaDevices: { getUserMedia: ask } }),
  )
  openConversation(aThreadPage([{ direction: 'in' }]))
  await write('angefangen')
  await fireEvent.click(screen.getByRole('button', { name: 'Sprachnachricht aufnehmen' }))
  expect(await screen.findByText(/Das Mikrofon ist nicht freigegeben/)).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Aufnahme verwerfen' }))
  await waitFor(() =>
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('angefangen'),
  )
  vi.unstubAllGlobals()
})
