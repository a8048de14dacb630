import type { Template } from '../../core/domain/template.ts'
import { aTemplate, exampleNowMs } from '../../core/testing/examples.ts'

/** One template of every shape and state that a person may meet. */
export function someTemplates(): Template[] {
  const reply = (text: string) => ({ type: 'QUICK_REPLY', text })
  return [
    aTemplate(),
    aTemplate({
      name: 'termin_bestaetigung',
      format: 'NAMED',
      header: { format: 'TEXT', text: 'Ihr Termin am {{tag}}' },
      body: 'Guten Tag {{vorname}}, wir kommen am *{{datum}}*. Passt das?',
      footer: 'Nordwerk Kundenservice',
      buttons: [
        reply('Passt'),
        reply('Verschieben'),
        {
          type: 'URL',
          text: 'Im Kalender',
          url: 'https://nordwerk.example/t/{{1}}',
          example: ['a1b2'],
        },
      ],
      examples: { vorname: 'Ada', datum: '3. Dezember' },
      quality: 'YELLOW',
    }),
    aTemplate({
      name: 'rechnung_dokument',
      header: { format: 'DOCUMENT' },
      body: 'Anbei die Rechnung {{1}}.',
      examples: { '1': 'R-2026-118' },
    }),
    aTemplate({
      name: 'treffpunkt',
      header: { format: 'LOCATION' },
      body: 'Hier treffen wir uns.',
      examples: {},
    }),
    aTemplate({
      name: 'angebote_dezember',
      category: 'MARKETING',
      body: 'Unsere Angebote im Dezember:',
      examples: {},
      coming: { category: 'UTILITY', atMs: exampleNowMs },
      cards: [
        { body: 'Filter-Set für {{1}}', buttons: [reply('Bestellen')] },
        { body: 'Wartung', buttons: [reply('Bestellen')] },
      ],
    }),
    aTemplate({
      name: 'anmeldecode',
      category: 'AUTHENTICATION',
      body: 'Der Code lautet {{1}}.',
      examples: { '1': '4711' },
      buttons: [{ type: 'OTP', text: 'Code kopieren' }],
    }),
    aTemplate({ name: 'order_update', language: 'en_US', body: 'Your order {{1}} is on its way.' }),
    aTemplate({
      name: 'herbst_angebot',
      category: 'MARKETING',
      status: 'PAUSED',
      quality: 'RED',
      pausedUntilMs: exampleNowMs,
    }),
    aTemplate({ name: 'alte_vorlage', status: 'DISABLED', body: 'Alt.' }),
  ]
}
