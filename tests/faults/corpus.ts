/** Bodies that nobody should send, and that somebody will. */
import { stableDigits, type Random } from '../../simulator/world/random.ts'

/** The platform with this seed has the number that the bodies name. */
export const corpusSeed = 11
const phoneNumberId = stableDigits(corpusSeed, 'number 494030068810', 15)

type Body = [name: string, body: string | Buffer]

/** A text as the platform sends it, with members replaced or added. */
export function textBody(more: object = {}, value: object = {}): string {
  const message = {
    from: '4915160000001',
    from_user_id: 'DE.6001',
    id: 'wamid.CORPUS',
    timestamp: '1795333200',
    type: 'text',
    text: { body: 'Hallo!' },
    ...more,
  }
  return changeBody({
    contacts: [{ profile: { name: 'Corpus' }, wa_id: '4915160000001', user_id: 'DE.6001' }],
    messages: [message],
    ...value,
  })
}

export function changeBody(value: object, field = 'messages'): string {
  const metadata = { display_phone_number: '494030068810', phone_number_id: phoneNumberId }
  const whole = { messaging_product: 'whatsapp', metadata, ...value }
  const entry = [{ id: '100000000000002', changes: [{ field, value: whole }] }]
  return JSON.stringify({ object: 'whatsapp_business_account', entry })
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** None of these can be read as a call at all. */
export const unreadable: Body[] = [
  ['nothing', ''],
  ['white space', ' \n\t '],
  ['a word', 'hello'],
  ['half a call', textBody().slice(0, -40)],
  ['half a letter', Buffer.from(textBody()).subarray(0, 200)],
  ['bytes of no text', Buffer.from(Array.from({ length: 512 }, (_, at) => (at * 37) % 256))],
  ['nesting without end', nested(100_000)],
  ['nesting within a value', textBody().replace('"Hallo!"', nested(50_000))],
  ['a form', 'object=whatsapp_business_account&entry=1'],
]

/** These are JSON, and hold something that breaks a careless reader or a careless database. */
export const odd: Body[] = [
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '1e999'],
  ['an empty object', '{}'],
  ['an entry that is none', '{"object":"whatsapp_business_account","entry":{"id":7}}'],
  ['changes that are none', '{"entry":[{"id":"1","changes":"messages"},null,7,[]]}'],
  ['another object', '{"object":"page","entry":[{"id":"1","time":1,"messaging":[{}]}]}'],
  ['an unknown field', changeBody({ anything: [1, 'two'] }, 'weather_update')],
  ['an unknown type', textBody({ id: 'wamid.ODD1', type: 'hologram', hologram: { size: 3 } })],
  ['NUL in a text', textBody({ id: 'wamid.ODD2', text: { body: 'a\u0000b' } })],
  [
    'NUL in a name',
    textBody({ id: 'wamid.ODD3' }, { contacts: [{ profile: { name: '\u0000' } }] }),
  ],
  ['NUL in an id', textBody({ id: 'wamid.\u0000' })],
  ['NUL in a member', textBody({ id: 'wamid.ODD4', 'a\u0000': 1 })],
  ['half a surrogate pair', textBody({ id: 'wamid.ODD5' }).replace('Hallo!', '\\ud83d')],
  ['the other half', textBody({ id: 'wamid.ODD6' }).replace('Hallo!', 'x\\udc4dy')],
  [
    'bytes that are no UTF-8',
    Buffer.from(textBody({ id: 'wamid.ODD7' }).replace('Hallo!', 'H\xff\xc3o'), 'latin1'),
  ],
  ['a member called __proto__', textBody({ id: 'wamid.ODD8' }).replace('"text":', '"__proto__":')],
  ['no id', textBody({ id: undefined })],
  ['ids of other kinds', textBody({ id: { $ne: 1 }, from: 4915, from_user_id: ['x'] })],
  ['a time that is none', textBody({ id: 'wamid.ODD9', timestamp: 'tomorrow' })],
  ['a time before time', textBody({ id: 'wamid.ODD10', timestamp: '-99999999999999' })],
  ['a time beyond dates', textBody({ id: 'wamid.ODD11', timestamp: 8.64e18 })],
  ['a text that is a list', textBody({ id: 'wamid.ODD12', text: ['Hallo!'] })],
  [
    'a text of half a megabyte',
    textBody({ id: 'wamid.ODD13', text: { body: 'ä'.repeat(250_000) } }),
  ],
  ['an id of a hundred kilobytes', textBody({ id: `wamid.${'x'.repeat(100_000)}` })],
  ['nobody at all', textBody({ id: 'wamid.ODD14', from: '', from_user_id: '' }, { contacts: [] })],
  ['a number nobody has', changeBody({ metadata: { phone_number_id: '' }, messages: [{}] })],
  ['a status of nothing', changeBody({ statuses: [{}, { id: 'wamid.X' }, { status: 'read' }, 5] })],
  ['a status nobody knows', changeBody({ statuses: [{ id: 'wamid.Y', status: 'teleported' }] })],
  ['a reaction to nothing', textBody({ id: 'wamid.ODD15', type: 'reaction', reaction: null })],
  [
    'large numbers',
    textBody({ id: 'wamid.ODD16' }).replace('"text"', '"n":123456789012345678901,"text"'),
  ],
  [
    'a template id too long',
    changeBody({ message_template_id: 1 }, 'message_template_status_update'),
  ],
  [
    'the same member twice',
    textBody({ id: 'wamid.ODD17' }).replace('"type"', '"type":"image","type"'),
  ],
  ['thousands of changes', manyChanges(3000)],
]

function manyChanges(count: number): string {
  const changes = Array.from({ length: count }, (_, at) => ({ field: `f${at}`, value: at }))
  return JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes }] })
}

/** A good body with a few bytes changed, cut out or doubled. */
export function damaged(random: Random, count: number): Buffer {
  let bytes = Buffer.from(textBody({ id: `wamid.DAMAGED${count}` }))
  for (let times = 1 + random.below(4); times > 0; times -= 1) {
    const from = random.below(bytes.length)
    const length = random.below(20)
    const rest = bytes.subarray(from + length)
    const ways = [
      () => Buffer.concat([bytes.subarray(0, from), rest]),
      () => Buffer.concat([bytes.subarray(0, from + length), bytes.subarray(from)]),
      () => Buffer.concat([bytes.subarray(0, from), Buffer.from([random.below(256)]), rest]),
      () => Buffer.concat([bytes.subarray(0, from), Buffer.from('\\u0000'), bytes.subarray(from)]),
    ]
    bytes = ways[random.below(ways.length)]?.() ?? bytes
  }
  return bytes
}
