import type { ThreadPage } from '../../core/contract/views.ts'
import type { MediaId, MessageId, UserId } from '../../core/domain/ids.ts'
import type { Media, Message } from '../../core/domain/message.ts'
import { windowMs } from '../../core/domain/conversation.ts'
import {
  aContact,
  aConversation,
  aMessage,
  anId,
  aNumber,
  aReply,
} from '../../core/testing/examples.ts'
import { teller } from './tell.ts'

const minuteMs = 60_000

/** A thread page of these messages, in their order, with an open reply window. */
export function aThreadPage(
  messages: readonly Partial<Message>[],
  given: { [K in keyof ThreadPage]?: Partial<ThreadPage[K]> } = {},
): ThreadPage {
  const number = { ...aNumber(), ...given.number }
  const contact = { ...aContact(), ...given.contact }
  const base = aConversation({ numberId: number.id, contactId: contact.id })
  const rows = messages.map((message, index) => {
    const made =
      message.direction === 'in' || message.direction === undefined ? aMessage() : aReply()
    return { ...made, conversationId: base.id, numberId: number.id, ord: index + 1, ...message }
  })
  const nowMs = Date.now()
  const inboundCount = rows.filter((message) => message.direction === 'in').length
  return {
    conversation: {
      ...base,
      lastOrd: rows.length,
      inboundCount,
      windowExpiresAtMs: nowMs + windowMs - 5 * minuteMs,
      ...given.conversation,
    },
    contact,
    number,
    messages: rows,
    local: [...((given.local as string[] | undefined) ?? [])],
    uploads: { ...(given.uploads as ThreadPage['uploads'] | undefined) },
    hasOlder: given.hasOlder ?? false,
    readVersion: 0,
    unread: given.unread ?? 0,
    unreadMessages: given.unreadMessages ?? given.unread ?? 0,
  }
}

export function aMedia(given: Partial<Media> = {}): Media {
  return { id: anId<MediaId>(), mime: 'image/png', sizeBytes: 48_211, state: 'ready', ...given }
}

/** One message of every kind and state, told as a conversation. Times count back from `nowMs`. */
export function everyKind(nowMs: number, me: { id: UserId; name: string }): Partial<Message>[] {
  const photoId = anId<MessageId>()
  const { inbound, out, happened, at, anna, cem } = teller(nowMs, me)
  return [
    inbound({
      text: 'Guten Tag, hier *fett*, _schräg_, ~gestrichen~ und `Code`.\n> Ein Zitat\n- erster Punkt\n- zweiter Punkt\n1. eins\n2. zwei\n```Zeile 1\nZeile 2```\nMehr: https://nordwerk.example/hilfe',
    }),
    inbound({
      id: photoId,
      type: 'image',
      text: 'So sieht das Teil aus',
      media: aMedia({ width: 640, height: 420 }),
    }),
    out('read', { text: 'Danke, das hilft.', replyTo: { messageId: photoId } }),
    inbound({ type: 'image', text: '', media: aMedia({ state: 'pending' }) }),
    inbound({
      type: 'document',
      text: '',
      media: aMedia({
        mime: 'application/pdf',
        fileName: 'Bestellbestaetigung.pdf',
        sizeBytes: 214_000,
      }),
    }),
    inbound({
      type: 'document',
      text: 'Bitte ausführen',
      media: aMedia({ mime: 'application/octet-stream', fileName: 'rechnung.exe' }),
    }),
    inbound({
      type: 'audio',
      text: '',
      media: aMedia({ mime: 'audio/ogg', isVoice: true, durationMs: 14_000 }),
    }),
    inbound({
      type: 'video',
      text: 'Das Geräusch',
      media: aMedia({ mime: 'video/mp4', sizeBytes: 4_800_000 }),
    }),
    inbound({ type: 'sticker', text: '', media: aMedia({ mime: 'image/webp' }) }),
    inbound({
      type: 'location',
      text: '',
      location: {
        latitude: 53.55342,
        longitude: 9.99302,
        name: 'Große Bleichen 12',
        address: '20354 Hamburg',
      },
    }),
    inbound({
      type: 'contacts',
      text: '',
      cards: [
        {
          name: { formatted_name: 'Hausverwaltung Peters' },
          org: { company: 'Peters & Partner' },
          phones: [{ phone: '+49 40 1234 0199' }],
        },
      ],
    }),
    inbound({
      type: 'interactive',
      text: 'Liefertermin ändern',
      choice: { kind: 'list_reply', id: 'change-date', description: 'Ein anderer Tag' },
    }),
    inbound({
      type: 'order',
      text: 'Bitte liefern',
      order: {
        product_items: [
          { product_retailer_id: 'SKU-1', quantity: 2, item_price: 7.99, currency: 'EUR' },
        ],
      },
    }),
    out('delivered', {
      type: 'template',
      text: 'Ihre Bestellung ist unterwegs.',
      template: { name: 'versand_info', language: 'de', params: [] },
      author: { kind: 'automation', name: 'Versandmeldung' },
    }),
    inbound({
      type: 'unsupported',
      text: '',
      raw: { type: 'unsupported', unsupported: { type: 'poll' } },
    }),
    inbound({ text: 'Weg damit', deletedAtMs: nowMs }),
    inbound({
      text: 'Ich komme um 16 Uhr.',
      previousTexts: ['Ich komme um 15 Uhr.'],
      editedAtMs: nowMs,
    }),
    inbound({ text: 'Das habe ich bekommen.', isForwarded: true }),
    inbound({ text: 'Ja, genau das.', replyTo: { wamid: 'wamid.unknown' } }),
    inbound({
      text: 'Super!',
      reactions: [
        { emoji: '👍', author: anna, messageId: anId<MessageId>() },
        { emoji: '❤️', author: { kind: 'contact', name: 'Dörte' }, messageId: anId<MessageId>() },
      ],
    }),
    {
      ...{ direction: 'note', type: 'note', status: 'saved', author: cem, ...at() },
      text: 'Depot Altona hat das Paket gefunden, geht heute Nachmittag raus. @Anna bitte neuen Zustelltermin nennen.',
    },
    happened({ kind: 'conversation-assigned', to: me.name, toUserId: me.id }, anna),
    out('accepted', { text: 'Angenommen.' }),
    out('failed', {
      text: 'Ihr Paket ist unterwegs.',
      error: { code: 131047, title: 'Re-engagement message' },
    }),
    out('failed', {
      text: 'Noch ein Versuch.',
      error: { code: 131000, title: 'Something went wrong' },
    }),
    out('uncertain', { text: 'Kam das an?' }),
    out('held', { text: 'Soll ich das senden?' }),
    { ...inbound({ text: 'Das kam spät.' }), receivedAtMs: nowMs - 60_000 },
    out('queued', { text: 'Noch nicht gesendet.', wamid: undefined as never }),
  ].map((message) =>
    Object.fromEntries(Object.entries(message).filter(([, value]) => value !== undefined)),
  )
}
