import { fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'
import type { Handlers } from '../../core/contract/contract.ts'
import type { MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Template } from '../../core/domain/template.ts'
import { whyNotFor } from '../../core/domain/template.ts'
import { aContact, aConversation, anId, aTemplate } from '../../core/testing/examples.ts'
import { AppError } from '../../core/lib/errors.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { aMedia } from '../testing/every-kind.ts'
import { show } from '../testing/show.ts'
import { someTemplates } from '../testing/templates.ts'
import TemplateDialog from './TemplateDialog.svelte'

const basedOn = anId<MessageId>()

/** The dialog for a contact, with these templates. */
function open(
  templates: Template[] = someTemplates(),
  answers: Partial<Handlers> = {},
  again?: Message,
) {
  const contact = aContact({ marketing: { value: 'stop', atMs: 0 } })
  const conversation = aConversation({ contactId: contact.id })
  const host = loopback({
    'template.list': () =>
      templates.map((template) => ({ template, reason: whyNotFor(template, contact) ?? null })),
    'message.send': () => ({ id: anId() }),
    'media.add': ({ mime, fileName }) => aMedia({ mime, ...(fileName ? { fileName } : {}) }),
    ...answers,
  })
  const did: string[] = []
  const props = {
    conversationId: conversation.id,
    contact: 'Dörte',
    basedOn,
    again,
    onsent: () => did.push('sent'),
    onclose: () => did.push('closed'),
  }
  const sent = () => host.calls.filter(([name]) => name === 'message.send').map(([, ask]) => ask)
  return { ...show(TemplateDialog, props, host.wire), ...host, conversation, did, sent }
}

const search = () => screen.findByRole('combobox', { name: 'Vorlage suchen', hidden: true })
const option = (name: RegExp) => screen.getByRole('option', { name, hidden: true })
const preview = () =>
  screen.getByRole('region', { name: 'So sieht es der Kontakt', hidden: true }).textContent
const send = () => screen.getByRole('button', { name: 'Senden', hidden: true })

async function choose(name: RegExp) {
  await search()
  await fireEvent.click(option(name))
}

async function fill(label: string, value: string) {
  const field = screen.getByRole('textbox', { name: label, hidden: true })
  await fireEvent.input(field, { target: { value } })
}

test('a template is found by a word without its umlaut, filled in, and leaves as it was shown', async () => {
  const { sent, did, conversation } = open()
  await fireEvent.input(await search(), { target: { value: 'kommen am' } })
  const list = screen.getByRole('listbox', { name: 'Vorlagen', hidden: true })
  expect(within(list).getAllByRole('option', { hidden: true })).toHaveLength(1)
  await fill('tag', '3. Dezember')
  await fill('vorname', 'Dörte')
  expect(preview()).toContain('Ihr Termin am 3. Dezember')
  expect(preview()).toContain('Guten Tag Dörte, wir kommen am {{datum}}.')
  expect(preview()).toContain('Nordwerk Kundenservice')
  expect(preview()).toContain('Verschieben')
  await fill('datum', 'Donnerstag')
  await fill('Ende der Adresse hinter „Im Kalender“', 'x9')
  await fireEvent.click(send())
  await waitFor(() => expect(did).toEqual(['closed', 'sent']))
  expect(sent()).toEqual([
    {
      conversationId: conversation.id,
      body: {
        type: 'template',
        templateId: expect.any(String),
        params: { vorname: 'Dörte', datum: 'Donnerstag' },
        header: { type: 'text', params: { tag: '3. Dezember' } },
        buttons: [{ index: 2, value: 'x9' }],
      },
      basedOn,
    },
  ])
})

test('numbered placeholders show their examples, and what is missing is said under its field', async () => {
  const { sent } = open()
  await choose(/rueckfrage offen/)
  expect(screen.getByText('z. B. Frau Nowak')).toBeTruthy()
  await fill('Platzhalter 1', 'Frau Ahrens')
  expect(screen.queryByText('Fehlt noch.')).toBeNull()
  await fireEvent.click(send())
  expect(await screen.findAllByText('Fehlt noch.')).toHaveLength(1)
  expect(document.activeElement?.getAttribute('aria-invalid')).toBe('true')
  expect(sent()).toEqual([])

  await fill('Platzhalter 2', 'eins\nzwei'.replace('\n', '     '))
  expect(await screen.findByText(/Ohne Zeilenumbrüche/)).toBeTruthy()
  await fill('Platzhalter 2', 'Paket')
  await fireEvent.click(send())
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(sent()[0]).toMatchObject({ body: { params: ['Frau Ahrens', 'Paket'] } })
})

test('what cannot go now is not offered, and says why', async () => {
  const { sent } = open()
  await choose(/herbst angebot/)
  const dialog = screen.getByRole('dialog', { hidden: true })
  expect(within(dialog).getAllByText(/Wegen schlechter Bewertung pausiert bis/).length).toBe(2)
  expect(send().getAttribute('aria-disabled')).toBe('true')
  await fireEvent.click(send())
  expect(option(/alte vorlage/).textContent).toContain('WhatsApp hat diese Vorlage deaktiviert.')
  expect(option(/angebote dezember/).textContent).toContain('Der Kontakt hat Werbung abbestellt.')
  expect(screen.queryByText('Platzhalter 1')).toBeNull()
  expect(sent()).toEqual([])
})

test('all of it goes by keyboard: arrows choose, Enter goes on, Ctrl Enter sends', async () => {
  const { sent } = open([
    aTemplate({ name: 'eins' }),
    aTemplate({ name: 'zwei', body: 'Nur Text.' }),
  ])
  const field = await search()
  expect(document.activeElement).toBe(field)
  const active = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')
  expect(active()?.textContent).toContain('eins')
  await fireEvent.keyDown(field, { key: 'Enter' })
  expect(document.activeElement?.tagName).toBe('INPUT')
  expect(document.activeElement).not.toBe(field)
  field.focus()
  await fireEvent.keyDown(field, { key: 'ArrowDown' })
  expect(active()?.textContent).toContain('zwei')
  expect(active()?.getAttribute('aria-selected')).toBe('true')
  await fireEvent.keyDown(field, { key: 'Enter' })
  expect(document.activeElement?.textContent?.trim()).toBe('Senden')
  await fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
  await waitFor(() => expect(sent()).toHaveLength(1))
})

test('a document for the header is uploaded first; a wrong kind is refused in words', async () => {
  const picture = aTemplate({ name: 'foto', header: { format: 'IMAGE' }, body: 'Ein Foto.' })
  const { sent, container } = open([...someTemplates(), picture])
  await choose(/rechnung dokument/)
  await fill('Platzhalter 1', 'R-1')
  const chooser = container.querySelector('input[type=file]')!
  const file = new File(['%PDF'], 'Rechnung.pdf', { type: 'application/pdf' })
  Object.defineProperty(file, 'arrayBuffer', { value: async () => new ArrayBuffer(4) })
  await fireEvent.change(chooser, { target: { files: [file] } })
  await waitFor(() => expect(preview()).toContain('Rechnung.pdf'))
  await fireEvent.click(send())
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(sent()[0]).toMatchObject({
    body: { header: { type: 'document', media: { fileName: 'Rechnung.pdf' } }, params: ['R-1'] },
  })

  await choose(/foto/)
  const other = container.querySelector('input[type=file]')!
  await fireEvent.change(other, { target: { files: [file] } })
  expect(await screen.findByText('Diese Datei nimmt WhatsApp hier nicht an.')).toBeTruthy()
})

test('a place for the header is typed as numbers, with a comma too', async () => {
  const { sent } = open()
  await choose(/treffpunkt/)
  await fireEvent.click(send())
  expect((await screen.findAllByText(/Breite und Länge als Zahlen/)).length).toBeGreaterThan(0)
  await fill('Breite', '53,55')
  await fill('Länge', '9.99')
  await fill('Name', 'Lager')
  await fireEvent.click(send())
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(sent()[0]).toMatchObject({
    body: { header: { location: { latitude: 53.55, longitude: 9.99, name: 'Lager' } } },
  })
})

test('each card of a carousel has its own fields', async () => {
  const offered = someTemplates().map((one) => ({ ...one, category: 'UTILITY' }))
  const { sent } = open(offered)
  await choose(/angebote dezember/)
  await fill('Platzhalter 1', '19 €')
  expect(preview()).toContain('Filter-Set für 19 €')
  await fireEvent.click(send())
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(sent()[0]).toMatchObject({ body: { cards: [{ params: ['19 €'] }, { params: [] }] } })
})

test('a message that went wrong comes back filled in', async () => {
  const template = aTemplate()
  const again = {
    template: { id: template.id, name: template.name, language: 'de', params: ['Frau Nowak', 'X'] },
  } as unknown as Message // the dialog reads nothing else of it
  open([aTemplate({ name: 'andere' }), template], {}, again)
  await search()
  expect(preview()).toContain('Guten Tag Frau Nowak, zu „X“ haben wir eine Antwort.')
})

test('a colleague who was faster is told, and one may send anyway', async () => {
  let isFirst = true
  const { sent, did } = open([aTemplate({ body: 'Guten Tag.' })], {
    'message.send': () => {
      if (!isFirst) return { id: anId() }
      isFirst = false
      throw new AppError('colleague-answered', 'as wished')
    },
  })
  await search()
  await fireEvent.click(send())
  await fireEvent.click(
    await screen.findByRole('button', { name: 'Trotzdem senden', hidden: true }),
  )
  await waitFor(() => expect(did).toEqual(['closed', 'sent']))
  expect(sent()[1]).toMatchObject({ isAnyway: true })
})

test('no templates at all says where they come from, and a list that failed can be tried again', async () => {
  open([])
  expect(await screen.findByText(/gibt es noch keine Vorlagen/)).toBeTruthy()
  let isDown = true
  open([aTemplate()], {
    'template.list': () => {
      if (isDown) throw new AppError('unavailable', 'as wished')
      return [{ template: aTemplate(), reason: null }]
    },
  })
  const retry = await screen.findByRole('button', { name: 'Erneut versuchen', hidden: true })
  isDown = false
  await fireEvent.click(retry)
  expect(await screen.findByRole('option', { hidden: true })).toBeTruthy()
})
