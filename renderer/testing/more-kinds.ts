import type { UserId } from '../../core/domain/ids.ts'
import type { Interactive } from '../../core/domain/interactive.ts'
import type { Message } from '../../core/domain/message.ts'
import { aMedia } from './every-kind.ts'
import { teller } from './tell.ts'

/** What we send to tap, what is answered to it, and what happens around a conversation. */
export function moreKinds(nowMs: number, me: { id: UserId; name: string }): Partial<Message>[] {
  const { inbound, out, happened, anna, cem } = teller(nowMs, me, 6 * 60)
  const sent = (interactive: Interactive) =>
    out('delivered', { type: 'interactive', text: interactive.body?.text ?? '', interactive })
  return [
    inbound({
      text: 'Hallo, ich komme wegen der Wärmepumpe.',
      referral: {
        source_url: 'https://fb.me/4kontor',
        source_type: 'ad',
        headline: 'Wärmepumpe zum Festpreis',
        body: 'Nur im November: Einbau innerhalb von vier Wochen.',
        media_type: 'image',
      },
    }),
    sent({
      type: 'button',
      header: { type: 'text', text: 'Terminwunsch' },
      body: { text: 'Wann passt es Ihnen *besser*?' },
      footer: { text: 'Eine Antwort genügt' },
      action: {
        buttons: ['Vormittags', 'Nachmittags'].map((title) => ({
          type: 'reply',
          reply: { id: title, title },
        })),
      },
    }),
    sent({
      type: 'list',
      body: { text: 'Worum geht es?' },
      action: {
        button: 'Thema wählen',
        sections: [
          {
            title: 'Bestellung',
            rows: [{ id: 'status', title: 'Status', description: 'Wo ist mein Paket?' }],
          },
          { title: 'Sonstiges', rows: [{ id: 'human', title: 'Mitarbeiter' }] },
        ],
      },
    }),
    sent({
      type: 'cta_url',
      body: { text: 'Hier ist Ihr Angebot.' },
      action: {
        name: 'cta_url',
        parameters: { display_text: 'Angebot ansehen', url: 'https://nordwerk.example/a/7' },
      },
    }),
    sent({
      type: 'location_request_message',
      body: { text: 'Wohin sollen wir kommen?' },
      action: { name: 'send_location' },
    }),
    sent({
      type: 'contact_request',
      body: { text: 'Unter welcher Nummer erreichen wir Sie?' },
      action: { name: 'request_contact_info' },
    }),
    sent({
      type: 'product',
      body: { text: 'Dieses Ersatzteil passt.' },
      action: { catalog_id: '5501', product_retailer_id: 'FILTER-12' },
    }),
    inbound({
      type: 'interactive',
      text: 'Sent',
      choice: {
        kind: 'nfm_reply',
        response: '{"flow_token":"t1","Zufriedenheit":"5","Anmerkung":"Alles bestens"}',
      },
    }),
    out('read', {
      type: 'template',
      text: 'Guten Tag Frau Nowak, Ihr Termin ist am *3. Dezember*.',
      template: {
        name: 'termin_bestaetigung',
        language: 'de',
        params: { vorname: 'Katarzyna', datum: '3. Dezember' },
        header: {
          type: 'document',
          media: aMedia({ fileName: 'Termin.pdf', mime: 'application/pdf' }),
        },
        shown: { footer: 'Nordwerk Kundenservice', buttons: ['Absagen', 'Verschieben'] },
      },
    }),
    inbound({ type: 'button', text: 'Verschieben', choice: { kind: 'button', id: 'MOVE_42' } }),
    out('sent', {
      type: 'template',
      text: 'Unsere Angebote im Dezember:',
      template: {
        name: 'angebote',
        language: 'de',
        params: [],
        shown: {
          buttons: [],
          cards: [
            { text: 'Filter-Set, 19 €', buttons: ['Bestellen'] },
            { text: 'Wartung, 89 €', buttons: ['Bestellen'] },
          ],
        },
      },
    }),
    inbound({
      type: 'contacts',
      text: '',
      cards: [
        {
          name: { formatted_name: 'Jonas Peters' },
          org: { company: 'Peters & Partner', title: 'Hausmeister' },
          phones: [{ phone: '+49 40 1234 0199' }, { phone: '+49 170 1234567' }],
          emails: [{ email: 'jonas@peters.example' }],
          addresses: [{ street: 'Große Bleichen 12', zip: '20354', city: 'Hamburg' }],
        },
      ],
    }),
    happened({ kind: 'call', call: { state: 'rejected' } }),
    happened({ kind: 'call', call: { state: 'ended', durationMs: 185_000 } }),
    happened({ kind: 'number-changed', from: '+49 171 1', to: '+49 171 2' }),
    happened({ kind: 'user-id-changed' }),
    happened({ kind: 'contact-merged', from: '@k.nowak' }, anna),
    happened({ kind: 'control-changed', to: 'Buchungsassistent' }),
    inbound({ text: 'Ich möchte umbuchen.', isStandby: true }),
    out('delivered', {
      text: 'Gern, auf welchen Tag?',
      author: { kind: 'automation', name: 'Buchungsassistent' },
      isStandby: true,
    }),
    happened({ kind: 'control-changed' }),
    out('failed', {
      text: 'Ihr Code lautet 4711.',
      error: { code: 131062, title: 'Recipient needs a phone number', traceId: 'AbC123' },
    }),
    out('queued', {
      text: 'Einen Moment bitte.',
      error: { code: 131056, title: 'Pair rate limit hit' },
    }),
    out('held', {
      type: 'template',
      text: 'Unser Herbstangebot',
      author: cem,
      template: { name: 'herbst_angebot', language: 'de', params: [] },
      error: { code: 'template-paused', title: 'Template is paused' },
    }),
  ]
}
