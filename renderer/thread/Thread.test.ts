import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import { createApi } from '../../core/contract/client.ts'
import type { Handlers } from '../../core/contract/contract.ts'
import type { ThreadPage } from '../../core/contract/views.ts'
import type { MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { aUser, exampleNowMs } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { anAppState } from '../testing/desk.ts'
import { aMedia, aThreadPage, everyKind } from '../testing/every-kind.ts'
import { moreKinds } from '../testing/more-kinds.ts'
import { show } from '../testing/show.ts'
import { Thread } from './thread.svelte.ts'
import ThreadView from './Thread.svelte'

const me = aUser()

/** A thread of these messages on screen. */
function open(page: ThreadPage, answers: Partial<Handlers> = {}, canReply = true) {
  const host = loopback({
    'thread.page': () => ({ ...page }),
    'conversation.read': () => null,
    'message.resend': ({ messageId }) => ({ id: messageId }),
    'message.dismiss': () => null,
    'message.react': () => null,
    'media.read': () => ({ mime: 'image/png', bytes: new Uint8Array(3), fileName: null }),
    ...answers,
  })
  const thread = new Thread(createApi(host.wire), page.conversation.id)
  const replies: Message[] = []
  const wanted: (Message | 'number' | undefined)[] = []
  const props = {
    thread,
    canReply,
    onreply: (message: Message) => replies.push(message),
    ontemplate: (again?: Message) => wanted.push(again),
    onasknumber: () => wanted.push('number'),
  }
  const shown = show(ThreadView, props, host.wire)
  const close = thread.open()
  return { ...host, ...shown, thread, replies, wanted, close }
}

const one = (message: Partial<Message>) => aThreadPage([{ direction: 'in', ...message }])
const article = async (name: RegExp) => await screen.findByRole('article', { name })

test('every kind of message says what it is', async () => {
  URL.createObjectURL = vi.fn(() => 'blob:test')
  URL.revokeObjectURL = vi.fn()
  const { container } = open(aThreadPage(everyKind(exampleNowMs, me)))
  await screen.findByText('Das kam spät.')
  const shown = container.textContent.replace(/\s+/g, ' ')
  for (const words of [
    'Guten Tag, hier fett, schräg, gestrichen und Code.',
    'Wird von WhatsApp geholt',
    'Bestellbestaetigung.pdf',
    '214 KB',
    'Diese Datei kann Programme ausführen.',
    'Sprachnachricht',
    '0:14',
    'Video',
    'Große Bleichen 12',
    'Hausverwaltung Peters',
    '+49 40 1234 0199',
    'Auswahl: Liefertermin ändern',
    'Bestellung · 1 Artikel',
    'Vorlage „versand_info“',
    'Automatisch · Versandmeldung',
    'Dieser Nachrichtentyp wird noch nicht angezeigt. Im Original: poll',
    'Vom Kontakt gelöscht',
    'Ich komme um 15 Uhr.',
    'Weitergeleitet',
    'Die ursprüngliche Nachricht ist hier nicht vorhanden.',
    'Interne Notiz · Cem Yıldız',
    'Anna Krüger hat übernommen',
    'Verspätet angekommen um',
  ]) {
    expect(shown).toContain(words)
  }
  expect(shown).not.toContain('Weg damit')
  expect(screen.getByRole('button', { name: /^Dörte.*So sieht das Teil aus$/s })).toBeTruthy()
  const image = await screen.findByRole('img', { name: 'So sieht das Teil aus' })
  expect(image.getAttribute('src')).toBe('blob:test')
  expect(image.getAttribute('width')).toBe('320')
  expect(image.getAttribute('height')).toBe('210')
})

test('a photo’s address is given back when it leaves the screen', async () => {
  URL.createObjectURL = vi.fn(() => 'blob:photo')
  const revoke = (URL.revokeObjectURL = vi.fn())
  const { unmount } = open(one({ type: 'image', text: 'Foto', media: aMedia() }))
  await screen.findByRole('img', { name: 'Foto' })
  unmount()
  expect(revoke).toHaveBeenCalledWith('blob:photo')
})

test.each<[Partial<Message>, boolean, string]>([
  [{ status: 'queued' }, true, 'wartet auf Verbindung'],
  [{ status: 'queued' }, false, 'wird gesendet'],
  [{ status: 'accepted' }, false, 'gesendet'],
  [{ status: 'sent' }, false, 'gesendet'],
  [{ status: 'delivered' }, false, 'zugestellt'],
  [{ status: 'read' }, false, 'gelesen'],
  [{ status: 'read', statusAt: { played: exampleNowMs } }, false, 'abgehört'],
  [{ status: 'uncertain' }, false, 'Ausgang ungewiss'],
  [{ status: 'held' }, false, 'angehalten, bitte prüfen'],
  [{ status: 'failed' }, false, 'nicht gesendet'],
])('an own message %j (only here: %s) is spoken as "%s"', async (message, isLocal, words) => {
  const page = aThreadPage([{ direction: 'out', ...message }])
  if (isLocal) page.local = page.messages.map(({ id }) => id)
  open(page)
  expect(await article(new RegExp(`^Anna Krüger, ${words}, \\d\\d:\\d\\d$`))).toBeTruthy()
})

test('when each step was reached is told on the tick', async () => {
  const at = Date.UTC(2026, 10, 23, 8, 55, 2)
  const statusAt = { sent: at, delivered: at + 2000 }
  const { container } = open(aThreadPage([{ direction: 'out', status: 'delivered', statusAt }]))
  await screen.findByRole('article')
  expect(container.querySelector('.tick')?.getAttribute('data-tip')).toMatch(
    /^Gesendet \d\d:55:02 · Zugestellt \d\d:55:04$/,
  )
})

test('what we send to tap, what is answered to it and what happens around it say what they are', async () => {
  const conversation = { adEntryAtMs: 0, freeUntilMs: exampleNowMs }
  const page = aThreadPage(moreKinds(exampleNowMs, me), { conversation })
  page.conversation.adEntryAtMs = page.messages[0]!.sentAtMs
  const { container } = open(page)
  await screen.findByText('Einen Moment bitte.')
  const bare = (text: string) => text.replace(/\s+/g, '')
  const shown = bare(container.textContent)
  for (const words of [
    'Über eine Anzeige gekommen Wärmepumpe zum Festpreis Nur im November',
    'Anzeige mit Bild https://fb.me/4kontor Kostenfrei bis',
    'Terminwunsch Wann passt es Ihnen besser? Eine Antwort genügt VormittagsNachmittags',
    'Thema wählen Bestellung Status Wo ist mein Paket? Sonstiges Mitarbeiter',
    'Angebot ansehen',
    'Standort senden',
    'Telefonnummer teilen',
    '1 Produkt FILTER-12',
    'Formular ausgefüllt Zufriedenheit 5 Anmerkung Alles bestens',
    'Vorlage „termin_bestaetigung“ PDF Termin.pdf',
    'Ihr Termin ist am 3. Dezember. Nordwerk Kundenservice AbsagenVerschieben',
    'Auswahl: Verschieben',
    'Filter-Set, 19 €Bestellen',
    'Jonas Peters Peters & Partner · Hausmeister +49 40 1234 0199',
    'Weitere Angaben +49 170 1234567 jonas@peters.example Große Bleichen 12, 20354 Hamburg',
    'Verpasster Anruf über WhatsApp',
    'Anruf über WhatsApp, 3:05 Min.',
    'Der Kontakt hat die Telefonnummer gewechselt: +49 171 1 → +49 171 2',
    'hat zusammengeführt: @k.nowak',
    'Eine andere Anwendung hat übernommen: Buchungsassistent',
    'Kopie: beantwortet von einer anderen Anwendung',
    'Kopie: beantwortet von Buchungsassistent',
    'Diese Unterhaltung gehört wieder Kontor',
    'Zu viele Nachrichten in kurzer Zeit. Wird automatisch wiederholt.',
    'Vorlage ist wegen schlechter Bewertung pausiert.',
  ]) {
    expect(shown).toContain(bare(words))
  }
  expect(shown).not.toContain('flow_token')
})

test('what Kontor does not know can be read as it came, as text', async () => {
  const raw = { type: 'unsupported', unsupported: { type: 'poll' }, note: '<b>fett</b>' }
  const { container } = open(one({ type: 'unsupported', text: '', raw }))
  const details = (await screen.findByText('Original anzeigen')).closest('details')!
  expect(container.querySelector('pre')).toBeNull()
  details.open = true
  await fireEvent(details, new Event('toggle'))
  expect(container.querySelector('pre')?.textContent).toContain('<b>fett</b>')
  expect(container.querySelector('pre b')).toBeNull()
})

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
  const { container } = open(failed(code))
  expect((await screen.findByRole('article')).textContent).toContain(words)
  expect(screen.getByText(`Code ${code}`)).toBeTruthy()
  const offered = [...container.querySelectorAll('.actions button')].map((one) => one.textContent)
  expect(offered.map((label) => label.trim())).toEqual(help === null ? [] : [help])
  expect(screen.queryByText(/Für die Verwaltung/)).toBeNull()
})

test('each way out of a failure leads where it says', async () => {
  const page = failed(131000)
  const { calls } = open(page)
  await fireEvent.click(await screen.findByRole('button', { name: 'Erneut senden' }))
  await waitFor(() =>
    expect(calls).toContainEqual(['message.resend', { messageId: page.messages[0]!.id }]),
  )
})

test.each([
  [131047, 'Vorlage senden', undefined],
  [131062, 'Nummer anfragen', 'number'],
])('code %d leads on by "%s"', async (code, label, to) => {
  const { wanted } = open(failed(code))
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
  open(aThreadPage([held(2)]))
  expect(await screen.findByText(/Frühestens .* erneut\./)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Erneut senden' })).toBeNull()
  open(aThreadPage([held(25)]))
  expect(await screen.findByRole('button', { name: 'Erneut senden' })).toBeTruthy()
})

test('an administrator reads what to do, and the reference can be copied', async () => {
  const copied = vi.fn(async () => undefined)
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: copied } })
  const page = failed(131042, { error: { code: 131042, title: '', traceId: 'Az09' } })
  open(page, {
    'app.state': () => anAppState({ user: aUser({ role: 'administrator' }) }),
  })
  expect(await screen.findByText(/Für die Verwaltung: Im Abrechnungsbereich/)).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Vorgang kopieren' }))
  expect(copied).toHaveBeenCalledWith('Az09')
  vi.unstubAllGlobals()
})

test('an uncertain message can be sent again or dismissed, not again once it was', async () => {
  const page = aThreadPage([{ direction: 'out', status: 'uncertain' }])
  const { calls } = open(page)
  await fireEvent.click(await screen.findByRole('button', { name: 'Verwerfen' }))
  await waitFor(() =>
    expect(calls).toContainEqual(['message.dismiss', { messageId: page.messages[0]!.id }]),
  )
  expect(screen.getByRole('button', { name: 'Erneut senden' })).toBeTruthy()
})

test('nothing is offered again that was sent again, or cannot go out now', async () => {
  const page = failed(131000)
  const again = {
    ...page.messages[0]!,
    id: anotherId(),
    status: 'sent' as const,
    resendOf: page.messages[0]!.id,
  }
  open({ ...page, messages: [...page.messages, again] })
  expect(await screen.findByText('Wurde erneut gesendet.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Erneut senden' })).toBeNull()
})

function anotherId(): MessageId {
  return aThreadPage([{}]).messages[0]!.id
}

test('arrow keys walk the messages, R answers one, Enter opens its menu', async () => {
  const page = aThreadPage([
    { direction: 'in', text: 'eins' },
    { direction: 'in', text: 'zwei' },
  ])
  const { replies, calls } = open(page)
  await screen.findByText('zwei')
  const [first, second] = screen.getAllByRole('article')
  expect([first!.tabIndex, second!.tabIndex]).toEqual([-1, 0])

  second!.focus()
  await fireEvent.keyDown(second!, { key: 'ArrowUp' })
  expect(document.activeElement).toBe(first)
  await waitFor(() => expect([first!.tabIndex, second!.tabIndex]).toEqual([0, -1]))

  await fireEvent.keyDown(first!, { key: 'r' })
  expect(replies.map((message) => message.text)).toEqual(['eins'])

  await fireEvent.keyDown(first!, { key: 'Enter' })
  const menu = await screen.findByRole('menu', { hidden: true })
  await fireEvent.click(within(menu).getByLabelText('Mit 👍 reagieren'))
  await waitFor(() =>
    expect(calls).toContainEqual([
      'message.react',
      { conversationId: page.conversation.id, messageId: page.messages[0]!.id, emoji: '👍' },
    ]),
  )
})

test('a new message appears when the host says the thread changed, and the log itself is silent', async () => {
  const page = one({ text: 'Hallo' })
  const { signal, thread } = open(page)
  await screen.findByText('Hallo')
  page.messages = [...page.messages, ...one({ text: 'Noch etwas' }).messages]
  signal('thread.changed', { conversationId: thread.id })
  expect(await screen.findByText('Noch etwas')).toBeTruthy()
  expect(screen.getByRole('log').getAttribute('aria-live')).toBe('off')
})

test('a thread that cannot be read says so and can be tried again', async () => {
  const page = one({ text: 'Da bin ich' })
  let isDown = true
  open(page, {
    'thread.page': () => {
      if (isDown) throw new Error('down')
      return page
    },
  })
  expect(await screen.findByText(/konnte nicht geladen werden/)).toBeTruthy()
  isDown = false
  await fireEvent.click(screen.getByRole('button', { name: 'Erneut versuchen' }))
  expect(await screen.findByText('Da bin ich')).toBeTruthy()
})

test('what is seen is told as read only while the window has the focus', async () => {
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  const { calls } = open({ ...one({ text: 'Hallo' }), unread: 1, unreadMessages: 1 })
  await screen.findByText('Hallo')
  const reads = () => calls.filter(([name]) => name === 'conversation.read')
  expect(screen.getByText('Neue Nachrichten')).toBeTruthy()
  expect(reads()).toEqual([])

  focus.mockReturnValue(true)
  await fireEvent.focus(window)
  await waitFor(() => expect(reads()).toHaveLength(1))
  focus.mockRestore()
})
