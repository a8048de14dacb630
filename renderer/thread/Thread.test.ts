import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { expect, test, vi } from 'vitest'
import type { UploadView } from '../../core/contract/views.ts'
import type { Message } from '../../core/domain/message.ts'
import { aUser, exampleNowMs } from '../../core/testing/examples.ts'
import { aMedia, aThreadPage, everyKind } from '../testing/every-kind.ts'
import { moreKinds } from '../testing/more-kinds.ts'
import { openThread } from '../testing/open-thread.ts'

const me = aUser()

const one = (message: Partial<Message>) => aThreadPage([{ direction: 'in', ...message }])
const article = async (name: RegExp) => await screen.findByRole('article', { name })

test('every kind of message says what it is', async () => {
  URL.createObjectURL = vi.fn(() => 'blob:test')
  URL.revokeObjectURL = vi.fn()
  const { container } = openThread(aThreadPage(everyKind(exampleNowMs, me)))
  await screen.findByText('Das kam spät.')
  const shown = container.textContent.replace(/\s+/g, ' ')
  for (const words of [
    'Guten Tag, hier fett, schräg, gestrichen und Code.',
    'Wird noch übertragen',
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
  const { unmount } = openThread(one({ type: 'image', text: 'Foto', media: aMedia() }))
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
  openThread(page)
  expect(await article(new RegExp(`^Anna Krüger, ${words}, \\d\\d:\\d\\d$`))).toBeTruthy()
})

test('when each step was reached is told on the tick', async () => {
  const at = Date.UTC(2026, 10, 23, 8, 55, 2)
  const statusAt = { sent: at, delivered: at + 2000 }
  const { container } = openThread(
    aThreadPage([{ direction: 'out', status: 'delivered', statusAt }]),
  )
  await screen.findByRole('article')
  expect(container.querySelector('.tick')?.getAttribute('data-tip')).toMatch(
    /^Gesendet \d\d:55:02 · Zugestellt \d\d:55:04$/,
  )
})

test('what we send to tap, what is answered to it and what happens around it say what they are', async () => {
  const conversation = { adEntryAtMs: 0, freeUntilMs: exampleNowMs }
  const page = aThreadPage(moreKinds(exampleNowMs, me), { conversation })
  page.conversation.adEntryAtMs = page.messages[0]!.sentAtMs
  const { container } = openThread(page)
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
  const { container } = openThread(one({ type: 'unsupported', text: '', raw }))
  const details = (await screen.findByText('Original anzeigen')).closest('details')!
  expect(container.querySelector('pre')).toBeNull()
  details.open = true
  await fireEvent(details, new Event('toggle'))
  expect(container.querySelector('pre')?.textContent).toContain('<b>fett</b>')
  expect(container.querySelector('pre b')).toBeNull()
})

test('arrow keys walk the messages, R answers one, Enter opens its menu', async () => {
  const page = aThreadPage([
    { direction: 'in', text: 'eins' },
    { direction: 'in', text: 'zwei' },
  ])
  const { replies, calls } = openThread(page)
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
  const { signal, thread } = openThread(page)
  await screen.findByText('Hallo')
  page.messages = [...page.messages, ...one({ text: 'Noch etwas' }).messages]
  signal('thread.changed', { conversationId: thread.id })
  expect(await screen.findByText('Noch etwas')).toBeTruthy()
  expect(screen.getByRole('log').getAttribute('aria-live')).toBe('off')
})

test('a thread that cannot be read says so and can be tried again', async () => {
  const page = one({ text: 'Da bin ich' })
  let isDown = true
  openThread(page, {
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

test('where this machine’s copy ends without a connection, the thread says so and asks again', async () => {
  const page = { ...one({ text: 'Das Neueste' }), hasOlder: true, isCutOff: true }
  const { calls } = openThread(page)
  expect(await screen.findByText(/Älteres liegt auf dem Server/)).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Erneut versuchen' }))
  expect(calls.at(-1)).toMatchObject(['thread.page', { isDeep: true }])
})

test('what is seen is told as read only while the window has the focus', async () => {
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(false)
  const { calls } = openThread({ ...one({ text: 'Hallo' }), unread: 1, unreadMessages: 1 })
  await screen.findByText('Hallo')
  const reads = () => calls.filter(([name]) => name === 'conversation.read')
  expect(screen.getByText('Neue Nachrichten')).toBeTruthy()
  expect(reads()).toEqual([])

  focus.mockReturnValue(true)
  await fireEvent.focus(window)
  await waitFor(() => expect(reads()).toHaveLength(1))
  focus.mockRestore()
})

test('a message whose file is on its way says how far, why it waits, and can be taken back', async () => {
  const media = aMedia()
  const page = aThreadPage([{ direction: 'out', type: 'image', status: 'queued', media }])
  const { id } = page.messages[0]!
  const sizeBytes = 4_000_000
  const show = (upload: Partial<UploadView>) =>
    openThread({ ...page, uploads: { [id]: { sentBytes: 0, sizeBytes, code: null, ...upload } } })
  const { calls, unmount } = show({ sentBytes: 1_000_000 })
  expect(await screen.findByText('Wird hochgeladen, 25 %')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Zurücknehmen' }))
  expect(calls).toContainEqual(['message.dismiss', { messageId: id }])
  unmount()
  show({ code: 'offline' })
  expect(await screen.findByText('Wartet auf den Upload')).toBeTruthy()
  show({ code: 'disk-full' })
  expect(await screen.findByText(/Der Speicher des Servers ist voll/)).toBeTruthy()
})
