import type { Template } from '../../world/template.ts'

type Draft = Pick<Template, 'name' | 'language' | 'category' | 'components'> &
  Partial<Pick<Template, 'status' | 'parameter_format' | 'rejected_reason'>> & { quality?: string }

/** Nordwerk's message templates: most approved, one of each state a console has to show. */
export const templates: Draft[] = [
  {
    name: 'lieferung_unterwegs',
    language: 'de',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    quality: 'GREEN',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Ihre Lieferung ist unterwegs' },
      {
        type: 'BODY',
        text: 'Guten Tag {{name}}, Ihre Bestellung {{bestellnummer}} ist unterwegs und kommt voraussichtlich am {{tag}} bei Ihnen an. Antworten Sie hier, wenn etwas nicht passt.',
        example: {
          body_text_named_params: [
            { param_name: 'name', example: 'Frau Becker' },
            { param_name: 'bestellnummer', example: '4711-0183' },
            { param_name: 'tag', example: 'Dienstag, 24. November' },
          ],
        },
      },
      { type: 'FOOTER', text: 'Nordwerk Kundenservice' },
      {
        type: 'BUTTONS',
        buttons: [
          {
            type: 'URL',
            text: 'Sendung verfolgen',
            url: 'https://nordwerk.example/sendung/{{1}}',
            example: ['https://nordwerk.example/sendung/4711-0183'],
          },
        ],
      },
    ],
  },
  {
    name: 'lieferung_unterwegs',
    language: 'en',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    quality: 'GREEN',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Your delivery is on its way' },
      {
        type: 'BODY',
        text: 'Hello {{name}}, your order {{bestellnummer}} is on its way and should reach you on {{tag}}. Reply here if that does not suit you.',
        example: {
          body_text_named_params: [
            { param_name: 'name', example: 'Ms Byrne' },
            { param_name: 'bestellnummer', example: '4711-0266' },
            { param_name: 'tag', example: 'Tuesday, 24 November' },
          ],
        },
      },
      { type: 'FOOTER', text: 'Nordwerk customer service' },
      {
        type: 'BUTTONS',
        buttons: [
          {
            type: 'URL',
            text: 'Track delivery',
            url: 'https://nordwerk.example/en/delivery/{{1}}',
            example: ['https://nordwerk.example/en/delivery/4711-0266'],
          },
        ],
      },
    ],
  },
  {
    name: 'termin_erinnerung',
    language: 'de',
    category: 'UTILITY',
    quality: 'GREEN',
    components: [
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, wir erinnern an Ihren Termin am {{2}} um {{3}} Uhr. Bitte sorgen Sie dafür, dass unser Techniker an die Anlage kommt.',
        example: { body_text: [['Herr Wagner', '24. November', '10']] },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Termin bestätigen' },
          { type: 'QUICK_REPLY', text: 'Termin verschieben' },
        ],
      },
    ],
  },
  {
    name: 'rueckfrage_offen',
    language: 'de',
    category: 'UTILITY',
    quality: 'GREEN',
    components: [
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, zu Ihrer Anfrage „{{2}}“ haben wir eine Antwort für Sie. Schreiben Sie uns kurz zurück, dann geht es gleich weiter.',
        example: { body_text: [['Frau Nowak', 'Beschädigtes Paket']] },
      },
    ],
  },
  {
    name: 'rueckfrage_offen',
    language: 'en',
    category: 'UTILITY',
    quality: 'UNKNOWN',
    components: [
      {
        type: 'BODY',
        text: 'Hello {{1}}, we have an answer to your question about “{{2}}”. Just write back and we will carry on from there.',
        example: { body_text: [['Mr Grant', 'air filters']] },
      },
    ],
  },
  {
    name: 'rechnung',
    language: 'de',
    category: 'UTILITY',
    quality: 'GREEN',
    components: [
      { type: 'HEADER', format: 'DOCUMENT', example: { header_handle: ['4::aW52b2ljZQ=='] } },
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, anbei die Rechnung {{2}} über {{3}}. Vielen Dank für Ihren Auftrag.',
        example: { body_text: [['Herr Fischer', 'RE-2026-11873', '214,20 €']] },
      },
    ],
  },
  {
    name: 'ersatzteil_da',
    language: 'de',
    category: 'UTILITY',
    quality: 'YELLOW',
    components: [
      {
        type: 'BODY',
        text: 'Moin {{1}}, das bestellte Ersatzteil {{2}} ist bei uns eingetroffen. Sollen wir es schicken oder legen wir es zur Abholung bereit?',
        example: { body_text: [['Herr Petersen', '17-0092']] },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Bitte schicken' },
          { type: 'QUICK_REPLY', text: 'Ich hole es ab' },
        ],
      },
    ],
  },
  {
    name: 'herbstaktion',
    language: 'de',
    category: 'MARKETING',
    quality: 'GREEN',
    components: [
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, bis Ende November gibt es die Heizungswartung bei uns 15 Prozent günstiger. Antworten Sie mit „Wartung“, und wir schlagen Ihnen einen Termin vor.',
        example: { body_text: [['Frau Schröder']] },
      },
      { type: 'FOOTER', text: 'Keine Werbung mehr? Antworten Sie mit STOPP.' },
    ],
  },
  {
    name: 'winterrabatt',
    language: 'de',
    category: 'MARKETING',
    status: 'PAUSED',
    quality: 'RED',
    components: [
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, nur noch wenige Tage: 20 Prozent auf alle Tauchpumpen.',
        example: { body_text: [['Herr Fischer']] },
      },
    ],
  },
  {
    name: 'wartung_faellig',
    language: 'de',
    category: 'UTILITY',
    status: 'PENDING',
    components: [
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, die jährliche Wartung Ihrer Anlage {{2}} ist fällig. Wann dürfen wir kommen?',
        example: { body_text: [['Herr Wagner', 'NH 18']] },
      },
    ],
  },
  {
    name: 'gewinnspiel',
    language: 'de',
    category: 'MARKETING',
    status: 'REJECTED',
    rejected_reason: 'PROMOTIONAL',
    components: [
      {
        type: 'BODY',
        text: 'Guten Tag {{1}}, klicken Sie jetzt und gewinnen Sie eine Wärmepumpe!',
        example: { body_text: [['Frau Becker']] },
      },
    ],
  },
]
