/** A line's own part of the message, as a webhook carries it. */
import type { JsonObject } from '../../json.ts'
import { present } from '../../json.ts'
import { digitsOf } from '../../world/number.ts'
import { filmOf, paper, photo, soundOf, stickerOf, type DemoFile } from './files.ts'
import type { Card, Line } from './script.ts'

/** The lines that this one is about, by what the platform calls them. */
export type Targets = Partial<Record<'reactsTo' | 'changes' | 'takesBack', string>>
export type Content = { type: string; content: JsonObject; file?: DemoFile }

export async function contentOf(line: Line, targets: Targets = {}): Promise<Content> {
  const text = line.they ?? line.we
  const file = await fileOf(line)
  if (file) {
    const caption = text === '' ? {} : { caption: text }
    return { type: file.kind, content: { [file.kind]: { ...caption, ...file.extra } }, file }
  }
  return (
    deedOf(text, targets) ??
    choiceOf(line, text) ??
    thingOf(line, text) ?? { type: 'text', content: { text: { body: text } } }
  )
}

async function fileOf(line: Line): Promise<DemoFile | undefined> {
  if (line.photo) return photo(line.photo)
  if (line.pdf) return paper(line.pdf)
  if (line.film) return filmOf(line.film)
  if (line.sticker) return stickerOf(line.sticker)
  if (line.voice !== undefined) return soundOf(line.voice, true)
  return line.sound === undefined ? undefined : soundOf(line.sound, false)
}

/** What is done to an earlier message. */
function deedOf(text: string, { reactsTo, changes, takesBack }: Targets): Content | undefined {
  if (reactsTo !== undefined) {
    const emoji = text === '' ? {} : { emoji: text }
    return { type: 'reaction', content: { reaction: { message_id: reactsTo, ...emoji } } }
  }
  if (changes !== undefined) {
    const message = { type: 'text', text: { body: text } }
    return { type: 'edit', content: { edit: { original_message_id: changes, message } } }
  }
  if (takesBack === undefined) return undefined
  return { type: 'revoke', content: { revoke: { original_message_id: takesBack } } }
}

/** What was chosen or filled in. */
function choiceOf({ picks, form }: Line, text: string): Content | undefined {
  if (form) {
    const response = JSON.stringify({ flow_token: 'wartung-2026', ...form })
    const reply = { name: 'flow', body: 'Sent', response_json: response }
    return {
      type: 'interactive',
      content: { interactive: { type: 'nfm_reply', nfm_reply: reply } },
    }
  }
  if (!picks) return undefined
  if (picks.from === 'template')
    return { type: 'button', content: { button: { payload: text, text } } }
  const id = text.toLowerCase().replace(/\W+/g, '-')
  const type = picks.from === 'list' ? 'list_reply' : 'button_reply'
  const reply = present({ id, title: text, description: picks.more })
  return { type: 'interactive', content: { interactive: { type, [type]: reply } } }
}

/** What is neither text nor file. */
function thingOf(line: Line, text: string): Content | undefined {
  const { place, card, order, template } = line
  if (place) return { type: 'location', content: { location: place } }
  if (card) return { type: 'contacts', content: { contacts: [cardOf(card)] } }
  if (order) {
    const items = order.map(({ name, quantity, price }) => {
      return { product_retailer_id: name, quantity, item_price: price, currency: 'EUR' }
    })
    const note = text === '' ? {} : { text }
    const basket = { catalog_id: '550100220033', ...note, product_items: items }
    return { type: 'order', content: { order: basket } }
  }
  if (template) {
    const parameters = template.values.map((value) => ({ type: 'text', text: value }))
    const components = [{ type: 'body', text, parameters }]
    const { name, language } = template
    const sent = { name, language: { code: language }, components }
    return { type: 'template', content: { template: sent } }
  }
  if (line.isPoll !== true) return undefined
  const reason = 'Message type is currently not supported'
  const error = { code: 131051, title: 'Message type unknown', message: 'Message type unknown' }
  return {
    type: 'unsupported',
    content: {
      errors: [{ ...error, error_data: { details: reason } }],
      unsupported: { type: 'poll' },
    },
  }
}

function cardOf({ name, company, phone, email }: Card): JsonObject {
  const [first = name, ...rest] = name.split(' ')
  return present({
    name: present({
      formatted_name: name,
      first_name: first,
      last_name: rest.length === 0 ? undefined : rest.join(' '),
    }),
    org: company === undefined ? undefined : { company },
    phones: [{ phone, wa_id: digitsOf(phone), type: 'WORK' }],
    emails: email === undefined ? undefined : [{ email, type: 'WORK' }],
  })
}
