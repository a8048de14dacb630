import { fireEvent, screen, waitFor } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import type { MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { aUser } from '../../core/testing/examples.ts'
import { anAppState } from '../testing/desk.ts'
import { aThreadPage } from '../testing/every-kind.ts'
import { openThread } from '../testing/open-thread.ts'

const failed = (code: number | string, rest: Partial<Message> = {}) =>
  aThreadPage([
    { direction: 'out', status: 'failed', error: { code, title: 'Something new' }, ...rest },
  ])

test.each<[number, string, string | null]>([
  [131047, 'Nicht gesendet: Das Antwortfenster ist zu.', 'Vorlage senden'],
  [131026, 'Nicht zustellbar. Der Kontakt nutzt WhatsApp evtl. nicht (mehr)', 'Nummer kopieren'],
  [131042, 'Zahlungsart im WhatsApp-Konto fehlt oder ist abgelaufen.', null],
  [131053, 'Datei konnte nicht übertragen werden.', 'Erneut senden'],
  [131000, 'Nicht gesendet: WhatsApp hatte eine Störung.', 'Erneut senden'],
  [131062, 'verlangt WhatsApp eine Telefonnummer', 'Nummer anfragen'],
  [132000, 'Vorlage passt nicht mehr (Platzhalter oder Sprache).', 'Vorlage prüfen'],
  [132015, 'Vorlage ist wegen schlechter Bewertung pausiert.', 'Andere Vorlage'],
  [131050, 'Der Kontakt möchte keine Werbung mehr.', null],
  [999999, 'Nicht gesendet: Something new', 'Erneut senden'],
])('code %d says "%s" and offers only: %s', async (code, words, help) => {
  const { container } = openThread(failed(code))
  expect((await screen.findByRole('article')).textContent).toContain(words)
  expect(screen.getByText(`Code ${code}`)).toBeTruthy()
  const offered = [...container.querySelectorAll('.actions button')].map((one) => one.textContent)
  expect(offered.map((label) => label.trim())).toEqual(help === null ? [] : [help])
  expect(screen.queryByText(/Für die Verwaltung/)).toBeNull()
})

test('each way out of a failure leads where it says', async () => {
  const page = failed(131000)
  const { calls } = openThread(page)
  await fireEvent.click(await screen.findByRole('button', { name: 'Erneut senden' }))
  await waitFor(() =>
    expect(calls).toContainEqual(['message.resend', { messageId: page.messages[0]!.id }]),
  )
})

test.each([
  [131047, 'Vorlage senden', undefined],
  [131062, 'Nummer anfragen', 'number'],
])('code %d leads on by "%s"', async (code, label, to) => {
  const { wanted } = openThread(failed(code))
  await fireEvent.click(await screen.findByRole('button', { name: label }))
  expect(wanted).toEqual([to])
})

test('marketing that WhatsApp held back may go again after a day, and not before', async () => {
  const error = { code: 131049, title: '' }
  const now = Date.now()
  const held = (hoursAgo: number) => ({
    direction: 'out' as const,
    type: 'template' as const,
    status: 'failed' as const,
    error,
    statusAt: { failed: now - hoursAgo * 3_600_000 },
  })
  openThread(aThreadPage([held(2)]))
  expect(await screen.findByText(/Frühestens .* erneut\./)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Erneut senden' })).toBeNull()
  openThread(aThreadPage([held(25)]))
  expect(await screen.findByRole('button', { name: 'Erneut senden' })).toBeTruthy()
})

test('an administrator reads what to do, and the reference can be copied', async () => {
  const copied = vi.fn(async () => undefined)
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: copied } })
  const page = failed(131042, { error: { code: 131042, title: '', traceId: 'Az09' } })
  openThread(page, {
    'app.state': () => anAppState({ user: aUser({ role: 'administrator' }) }),
  })
  expect(await screen.findByText(/Für die Verwaltung: Im Abrechnungsbereich/)).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Vorgang kopieren' }))
  expect(copied).toHaveBeenCalledWith('Az09')
  vi.unstubAllGlobals()
})

test('an uncertain message can be sent again or dismissed, not again once it was', async () => {
  const page = aThreadPage([{ direction: 'out', status: 'uncertain' }])
  const { calls } = openThread(page)
  await fireEvent.click(await screen.findByRole('button', { name: 'Verwerfen' }))
  await waitFor(() =>
    expect(calls).toContainEqual(['message.dismiss', { messageId: page.messages[0]!.id }]),
  )
  expect(screen.getByRole('button', { name: 'Erneut senden' })).toBeTruthy()
})

test('a reply that the customer overtook can be sent anyway or discarded', async () => {
  const page = aThreadPage([{ direction: 'out', status: 'held' }])
  const { calls } = openThread(page)
  expect(await screen.findByText(/Der Kunde hat inzwischen geschrieben/)).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Verwerfen' })).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Trotzdem senden' }))
  await waitFor(() =>
    expect(calls).toContainEqual(['message.resend', { messageId: page.messages[0]!.id }]),
  )
})

test('nothing is offered again that was sent again, or cannot go out now', async () => {
  const page = failed(131000)
  const again = {
    ...page.messages[0]!,
    id: anotherId(),
    status: 'sent' as const,
    resendOf: page.messages[0]!.id,
  }
  openThread({ ...page, messages: [...page.messages, again] })
  expect(await screen.findByText('Wurde erneut gesendet.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Erneut senden' })).toBeNull()
})

function anotherId(): MessageId {
  return aThreadPage([{}]).messages[0]!.id
}
