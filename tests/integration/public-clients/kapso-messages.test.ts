/** Every kind of message @kapso/whatsapp-cloud-api can write, sent to the simulator. */
import { buildTemplateSendPayload, type WhatsAppClient } from '@kapso/whatsapp-cloud-api'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aReadyDesk, kapsoOf, link, phone } from './clients.ts'

let ready: Awaited<ReturnType<typeof aReadyDesk>>
let client: WhatsAppClient

const called = new Set<string>()

beforeAll(async () => {
  ready = await aReadyDesk()
  client = kapsoOf(ready.desk)
  const messages = new Proxy(client.messages, {
    get(sender, name, receiver) {
      called.add(String(name))
      return Reflect.get(sender, name, receiver) as unknown
    },
  })
  Object.assign(client, { messages })
})
afterAll(() => ready.desk[Symbol.asyncDispose]())

const base = () => ({
  phoneNumberId: ready.desk.numberId,
  to: phone,
  bizOpaqueCallbackData: 'ticket-77',
})
const bodyText = 'Bitte antworten Sie.'
const cards = (action: object) =>
  [0, 1].map((cardIndex) => ({
    cardIndex,
    header: { type: 'image' as const, image: { link } },
    bodyText: 'Pumpe',
    action: action as { displayText: string; url: string }, // or buttons; the library takes both
  }))
const text = (value: string, parameterName?: string) => ({
  type: 'text' as const,
  text: value,
  ...(parameterName === undefined ? {} : { parameterName }),
})

/** The library builds templates that its own type of a send does not take as they are. */
function sendBuilt(input: Parameters<typeof buildTemplateSendPayload>[0]): Promise<unknown> {
  const template = buildTemplateSendPayload(input)
  const components = template.components as unknown as ({ type: string } & Record<
    string,
    unknown
  >)[] // interfaces without an index
  return client.messages.sendTemplate({ ...base(), template: { ...template, components } })
}

/** Everything the library can write. */
const sends: [string, () => Promise<unknown>][] = [
  ['text', () => client.messages.sendText({ ...base(), body: 'Guten Tag', previewUrl: true })],
  [
    'quoting text to a user id',
    () =>
      client.messages.sendText({
        phoneNumberId: ready.desk.numberId,
        recipient: ready.ada.userId,
        contextMessageId: ready.ada.wamid,
        body: 'Guten Tag',
      }),
  ],
  ['image', () => client.messages.sendImage({ ...base(), image: { link, caption: 'Foto' } })],
  ['audio', () => client.messages.sendAudio({ ...base(), audio: { link, voice: true } })],
  [
    'document',
    () => client.messages.sendDocument({ ...base(), document: { link, filename: 'a.pdf' } }),
  ],
  ['video', () => client.messages.sendVideo({ ...base(), video: { link } })],
  ['sticker', () => client.messages.sendSticker({ ...base(), sticker: { link } })],
  [
    'location',
    () => client.messages.sendLocation({ ...base(), location: { latitude: 53.5, longitude: 9.9 } }),
  ],
  [
    'contacts',
    () =>
      client.messages.sendContacts({
        ...base(),
        contacts: [
          {
            name: { formattedName: 'Max Muster', firstName: 'Max' },
            birthday: '1990-01-31',
            phones: [{ phone: '+49 40 1', waId: '49401', type: 'WORK' }],
            addresses: [{ city: 'Hamburg', countryCode: 'DE' }],
          },
        ],
      }),
  ],
  [
    'reaction',
    () =>
      client.messages.sendReaction({
        ...base(),
        reaction: { messageId: ready.ada.wamid, emoji: '👍' },
      }),
  ],
  [
    'buttons',
    () =>
      client.messages.sendInteractiveButtons({
        ...base(),
        bodyText,
        header: { type: 'image', image: { link } },
        footerText: 'Nordwerk',
        buttons: [{ id: 'yes', title: 'Ja' }],
      }),
  ],
  [
    'list',
    () =>
      client.messages.sendInteractiveList({
        ...base(),
        bodyText,
        buttonText: 'Wählen',
        sections: [{ title: 'Eins', rows: [{ id: 'a', title: 'A', description: 'erste' }] }],
      }),
  ],
  [
    'product',
    () =>
      client.messages.sendInteractiveProduct({
        ...base(),
        catalogId: '55',
        productRetailerId: 'P1',
      }),
  ],
  [
    'products',
    () =>
      client.messages.sendInteractiveProductList({
        ...base(),
        bodyText,
        header: { type: 'text', text: 'Pumpen' },
        catalogId: '55',
        sections: [{ title: 'Eins', productItems: [{ productRetailerId: 'P1' }] }],
      }),
  ],
  [
    'flow',
    () =>
      client.messages.sendInteractiveFlow({
        ...base(),
        bodyText,
        parameters: {
          flowId: '77',
          flowCta: 'Öffnen',
          flowToken: 't',
          flowAction: 'navigate',
          flowActionPayload: { screen: 'START' },
        },
      }),
  ],
  [
    'address',
    () =>
      client.messages.sendInteractiveAddress({
        ...base(),
        bodyText,
        parameters: { country: 'IN' },
      }),
  ],
  [
    'place',
    () =>
      client.messages.sendInteractiveLocationRequest({
        ...base(),
        bodyText,
        parameters: { requestMessage: 'Wo sind Sie?' },
      }),
  ],
  [
    'call permission',
    () =>
      client.messages.sendInteractiveCallPermission({
        ...base(),
        bodyText,
        parameters: { phoneNumber: '+49 40 1' },
      }),
  ],
  [
    'link',
    () =>
      client.messages.sendInteractiveCtaUrl({
        ...base(),
        bodyText,
        parameters: { displayText: 'Ansehen', url: 'https://nordwerk.example' },
      }),
  ],
  [
    'carousel of links',
    () =>
      client.messages.sendInteractiveCarousel({
        ...base(),
        bodyText,
        cards: cards({ displayText: 'Ansehen', url: 'https://nordwerk.example' }),
      }),
  ],
  [
    'carousel of buttons',
    () =>
      client.messages.sendInteractiveCarousel({
        ...base(),
        bodyText,
        cards: cards({}).map((card, place) => ({
          ...card,
          action: { buttons: [{ id: `more-${place}`, title: 'Mehr' }] },
        })),
      }),
  ],
  [
    'catalogue',
    () => client.messages.sendInteractiveCatalogMessage({ ...base(), bodyText, parameters: {} }),
  ],
  [
    'anything interactive',
    () =>
      client.messages.sendInteractiveRaw({
        ...base(),
        interactive: {
          type: 'contact_request',
          body: { text: bodyText },
          action: { name: 'request_contact_info' },
        },
      }),
  ],
  [
    'anything',
    () =>
      client.messages.sendRaw({
        phoneNumberId: ready.desk.numberId,
        payload: {
          messagingProduct: 'whatsapp',
          to: phone,
          type: 'text',
          text: { body: 'Guten Tag' },
        },
      }),
  ],
  [
    'template with a picture and buttons',
    () =>
      sendBuilt({
        name: 'termin',
        language: 'de',
        header: { type: 'image', image: { link } },
        body: [text('Ada'), text('Montag')],
        buttons: [
          { type: 'button', subType: 'url', index: 0, parameters: [text('a1')] },
          {
            type: 'button',
            subType: 'quick_reply',
            index: 1,
            parameters: [{ type: 'payload', payload: 'cancel-42' }],
          },
        ],
      }),
  ],
  [
    'template with names',
    () =>
      sendBuilt({
        name: 'termin_mit_namen',
        language: 'de',
        header: text('Ada', 'name'),
        body: [text('Ada', 'name'), text('Montag', 'tag')],
      }),
  ],
  [
    'template with a carousel',
    () =>
      sendBuilt({
        name: 'karussell',
        language: 'de',
        body: [text('Ada'), text('Montag')],
        cards: [0, 1].map((cardIndex) => ({
          cardIndex,
          components: [
            { type: 'header', parameters: [{ type: 'image', image: { link } }] },
            { type: 'body', parameters: [text('P1')] },
            { type: 'button', subType: 'url', index: 1, parameters: [text('a1')] },
          ],
        })),
      }),
  ],
]

test.each(sends)('it sends: %s', async (_, send) => {
  const answer = await send()
  expect(answer).toMatchObject({
    messagingProduct: 'whatsapp',
    messages: [{ id: expect.stringContaining('wamid.') as string }],
  })
  const { id } = (answer as { messages: [{ id: string }] }).messages[0] // as just asserted
  await expect.poll(() => ready.arrived(id), { timeout: 5000, interval: 5 }).toBeDefined()
})

test('that was everything the library can send', () => {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(client.messages) as object)
  expect([...called].filter((name) => name.startsWith('send')).sort()).toEqual(
    methods.filter((name) => name.startsWith('send')).sort(),
  )
})
