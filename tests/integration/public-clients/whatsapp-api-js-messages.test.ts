/** Every kind of message whatsapp-api-js can write, sent to the simulator. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WhatsAppAPI } from 'whatsapp-api-js'
import * as say from 'whatsapp-api-js/messages'
import type { ClientMessage } from 'whatsapp-api-js/types'
import { aReadyDesk, link, phone, whatsAppApiJsOf } from './clients.ts'

let ready: Awaited<ReturnType<typeof aReadyDesk>>
let client: WhatsAppAPI

beforeAll(async () => {
  ready = await aReadyDesk()
  client = whatsAppApiJsOf(ready.desk)
})
afterAll(() => ready.desk[Symbol.asyncDispose]())

const picture = () => new say.Image(link)
const parameter = (value: string, name?: string) => new say.BodyParameter(value, name)
const product = new say.Product('P1')
const section = new say.ProductSection('Pumpen', product)

/** Everything the library can write; what depends on Ada's message is made when it is sent. */
const messages: [string, () => ClientMessage][] = [
  ['text', () => new say.Text('Guten Tag https://nordwerk.example', true)],
  ['image', () => new say.Image(link, false, 'Foto')],
  ['video', () => new say.Video('https://cdn.example/a.mp4')],
  ['audio', () => new say.Audio('https://cdn.example/a.ogg', false, true)],
  ['document', () => new say.Document('https://cdn.example/a.pdf', false, 'Rechnung', 'a.pdf')],
  ['sticker', () => new say.Sticker('https://cdn.example/a.webp')],
  ['location', () => new say.Location(9.99, 53.55, 'Hamburg', 'Rathausmarkt')],
  ['reaction', () => new say.Reaction(ready.ada.wamid, '👍')],
  ['reaction taken back', () => new say.Reaction(ready.ada.wamid)],
  [
    'contacts',
    () =>
      new say.Contacts([
        new say.Name('Max Muster', 'Max', 'Muster'),
        new say.Phone('+49 40 1', 'WORK', '49401'),
        new say.Email('max@nordwerk.example', 'WORK'),
        new say.Organization('Nordwerk', 'Service', 'Leiter'),
        new say.Birthday('1990', '01', '31'),
        new say.Address('Deutschland', 'DE', 'HH', 'Hamburg', 'Weg 1', '20095', 'WORK'),
        new say.Url('https://nordwerk.example', 'WORK'),
      ]),
  ],
  [
    'buttons',
    () =>
      new say.Interactive(
        new say.ActionButtons(new say.Button('yes', 'Ja'), new say.Button('no', 'Nein')),
        new say.Body('Passt das?'),
        new say.Header('Termin'),
        new say.Footer('Nordwerk'),
      ),
  ],
  [
    'list',
    () =>
      new say.Interactive(
        new say.ActionList(
          'Wählen',
          new say.ListSection('Eins', new say.Row('a', 'A', 'erste')),
          new say.ListSection('Zwei', new say.Row('b', 'B')),
        ),
        new say.Body('Worum geht es?'),
      ),
  ],
  [
    'link',
    () =>
      new say.Interactive(
        new say.ActionCTA('Ansehen', 'https://nordwerk.example'),
        new say.Body('Neu'),
        new say.Header('Pumpen'),
      ),
  ],
  [
    'flow',
    () =>
      new say.Interactive(
        new say.ActionNavigateFlow('token', '77', 'Öffnen', 'START'),
        new say.Body('Bitte ausfüllen'),
      ),
  ],
  [
    'flow with an endpoint',
    () =>
      new say.Interactive(
        new say.ActionDataExchangeFlow('token', '77', 'Öffnen'),
        new say.Body('Bitte ausfüllen'),
      ),
  ],
  ['place', () => new say.Interactive(new say.ActionLocation(), new say.Body('Wo sind Sie?'))],
  [
    'contact details',
    () => new say.Interactive(new say.ActionContactRequest(), new say.Body('Ihre Nummer?')),
  ],
  [
    'call permission',
    () => new say.Interactive(new say.ActionCallPermission(), new say.Body('Dürfen wir anrufen?')),
  ],
  [
    'catalogue',
    () => new say.Interactive(new say.ActionCatalog(product), new say.Body('Unsere Pumpen')),
  ],
  ['product', () => new say.Interactive(new say.ActionProduct(new say.CatalogProduct('P1', '55')))],
  [
    'products',
    () =>
      new say.Interactive(
        new say.ActionProductList('55', section),
        new say.Body('Unsere Pumpen'),
        new say.Header('Pumpen'),
      ),
  ],
  [
    'template with a picture and buttons',
    () =>
      new say.Template(
        'termin',
        'de',
        new say.HeaderComponent(new say.HeaderParameter(picture())),
        new say.BodyComponent(parameter('Ada'), new say.BodyParameter(new say.DateTime('Montag'))),
        new say.URLComponent('a1'),
        new say.PayloadComponent('cancel-42'),
      ),
  ],
  [
    'template with names',
    () =>
      new say.Template(
        'termin_mit_namen',
        'de',
        new say.HeaderComponent(new say.HeaderParameter('Ada', 'name')),
        new say.BodyComponent(parameter('Ada', 'name'), parameter('Montag', 'tag')),
      ),
  ],
  [
    'template with a place',
    () =>
      new say.Template(
        'treffpunkt',
        'de',
        new say.HeaderComponent(
          new say.HeaderParameter(new say.Location(9.9, 53.5, 'Hof', 'Weg 1')),
        ),
      ),
  ],
  [
    'template with a flow',
    () => new say.Template('formular', 'de', new say.FlowComponent('token', { a: 1 })),
  ],
  [
    'template with a catalogue',
    () => new say.Template('katalog', 'de', new say.CatalogComponent(product)),
  ],
  [
    'template with products',
    () => new say.Template('auswahl', 'de', new say.MPMComponent(product, section)),
  ],
  [
    'template with an offer',
    () =>
      new say.Template(
        'angebot',
        'de',
        new say.HeaderComponent(new say.HeaderParameter(picture())),
        new say.LTOComponent(Date.now() + 3_600_000),
        new say.CopyComponent('NORD10'),
        new say.URLComponent('a1'),
      ),
  ],
  [
    'template with a carousel',
    () => {
      const card = (name: string) =>
        new say.CarouselCard(
          picture(),
          new say.BodyComponent(parameter(name)),
          new say.PayloadComponent(name),
          new say.URLComponent(name),
        )
      return new say.Template(
        'karussell',
        'de',
        new say.BodyComponent(parameter('Ada'), parameter('Montag')),
        new say.CarouselComponent(card('P1'), card('P2')),
      )
    },
  ],
  [
    'template with a price and one button left alone',
    () =>
      new say.Template(
        'termin',
        'de',
        new say.HeaderComponent(new say.HeaderParameter(picture())),
        new say.BodyComponent(
          new say.BodyParameter(new say.Currency(129_000, 'EUR', '129 €')),
          parameter('Montag'),
        ),
        new say.URLComponent('a1'),
        new say.SkipButtonComponent(),
      ),
  ],
  [
    'template that opens a page',
    () =>
      new say.Template(
        'treffpunkt',
        'de',
        new say.HeaderComponent(
          new say.HeaderParameter(new say.Location(9.9, 53.5, 'Hof', 'Weg 1')),
        ),
        new say.TapTargetComponent('Anfahrt', 'https://nordwerk.example/weg'),
      ),
  ],
  ['one-time code', () => say.Template.OTP('code', 'de', '123456')],
]

test.each(messages)('it sends: %s', async (_, make) => {
  const message = make()
  const answer = await client.sendMessage(
    ready.desk.numberId,
    { phone, bsuid: ready.ada.userId },
    message,
    undefined,
    'ticket-77',
  )
  expect(answer).toMatchObject({
    messaging_product: 'whatsapp',
    contacts: [{ input: phone, wa_id: phone }],
    messages: [{ id: expect.stringContaining('wamid.') as string }],
  })
  const { id } = (answer as { messages: [{ id: string }] }).messages[0] // as just asserted
  await expect
    .poll(() => ready.arrived(id), { timeout: 5000, interval: 5 })
    .toMatchObject({ type: message._type })
})
