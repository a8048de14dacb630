import type { JsonObject } from '../../json.ts'

/** A template that is written already and needs no review; its words cannot change. */
export type LibraryItem = {
  id: string
  name: string
  language: string
  category: 'UTILITY' | 'AUTHENTICATION'
  topic: string
  usecase: string
  industry: string[]
  header?: string
  body: string
  body_params?: string[]
  body_param_types?: string[]
  buttons?: JsonObject[]
}

type Shared = Pick<LibraryItem, 'name' | 'category' | 'topic' | 'usecase' | 'industry'> & {
  body_params: string[]
  body_param_types: string[]
}
type Words = Pick<LibraryItem, 'header' | 'body' | 'buttons'>

const track = (text: string) => [{ type: 'URL', text, url: 'https://www.example.com/' }]

const items: [Shared, { en_US: Words; de: Words }][] = [
  [
    {
      name: 'order_shipped_1',
      category: 'UTILITY',
      topic: 'ORDER_MANAGEMENT',
      usecase: 'SHIPMENT_CONFIRMATION',
      industry: ['E_COMMERCE'],
      body_params: ['Ada', '4711-0183', '24.11.'],
      body_param_types: ['TEXT', 'TEXT', 'TEXT'],
    },
    {
      en_US: {
        header: 'On its way',
        body: 'Hello {{1}}, we have handed your order {{2}} to the carrier. Expect it around {{3}} at your door.',
        buttons: track('Track parcel'),
      },
      de: {
        header: 'Unterwegs',
        body: 'Guten Tag {{1}}, wir haben Ihre Bestellung {{2}} dem Paketdienst übergeben. Sie kommt etwa am {{3}} bei Ihnen an.',
        buttons: track('Paket verfolgen'),
      },
    },
  ],
  [
    {
      name: 'appointment_reminder_1',
      category: 'UTILITY',
      topic: 'EVENT_REMINDER',
      usecase: 'APPOINTMENT_REMINDER',
      industry: ['PROFESSIONAL_SERVICES'],
      body_params: ['Ada', '24.11.', '10:30'],
      body_param_types: ['TEXT', 'TEXT', 'TEXT'],
    },
    {
      en_US: {
        body: 'Hello {{1}}, this is a reminder of your appointment with us on {{2}} at {{3}} sharp.',
        buttons: [
          { type: 'QUICK_REPLY', text: 'I will be there' },
          { type: 'QUICK_REPLY', text: 'Another time' },
        ],
      },
      de: {
        body: 'Guten Tag {{1}}, wir erinnern an Ihren Termin bei uns am {{2}} um {{3}} Uhr.',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Ich komme' },
          { type: 'QUICK_REPLY', text: 'Anderer Termin' },
        ],
      },
    },
  ],
  [
    {
      name: 'payment_due_1',
      category: 'UTILITY',
      topic: 'PAYMENTS',
      usecase: 'PAYMENT_DUE_REMINDER',
      industry: ['FINANCIAL_SERVICES', 'E_COMMERCE'],
      body_params: ['Ada', '129,00 €', '30.11.'],
      body_param_types: ['TEXT', 'AMOUNT', 'TEXT'],
    },
    {
      en_US: {
        body: 'Hello {{1}}, your invoice over {{2}} is payable by {{3}} at the latest.',
        buttons: track('See invoice'),
      },
      de: {
        body: 'Guten Tag {{1}}, Ihre Rechnung über {{2}} ist spätestens bis {{3}} zu bezahlen.',
        buttons: track('Rechnung ansehen'),
      },
    },
  ],
  [
    {
      name: 'feedback_request_1',
      category: 'UTILITY',
      topic: 'CUSTOMER_FEEDBACK',
      usecase: 'FEEDBACK_SURVEY',
      industry: ['E_COMMERCE', 'PROFESSIONAL_SERVICES'],
      body_params: ['Ada'],
      body_param_types: ['TEXT'],
    },
    {
      en_US: {
        body: 'Hello {{1}}, your request with us is closed. Were you content with our help?',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Yes' },
          { type: 'QUICK_REPLY', text: 'No' },
        ],
      },
      de: {
        body: 'Guten Tag {{1}}, Ihr Anliegen bei uns ist abgeschlossen. Waren Sie mit unserer Hilfe zufrieden?',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Ja' },
          { type: 'QUICK_REPLY', text: 'Nein' },
        ],
      },
    },
  ],
]

export const library: LibraryItem[] = items.flatMap(([shared, words], place) =>
  Object.entries(words).map(([language, said], side) => ({
    id: `7${place + 1}${side}000000000001`,
    language,
    ...shared,
    ...said,
  })),
)
