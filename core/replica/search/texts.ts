import type { Conversation } from '../../domain/conversation.ts'
import type { Message } from '../../domain/message.ts'
import { isInUse, type Label } from '../../domain/label.ts'
import type { Contact } from '../../domain/people.ts'

/** Members of cards, orders and things to tap that hold what a person reads. */
const readable = new Set([
  'formatted_name',
  'company',
  'phone',
  'email',
  'street',
  'city',
  'zip',
  'product_retailer_id',
  'title',
  'description',
  'text',
  'footer',
])

/** All that a message is found by, part under part; null when there is nothing of it to show. */
export function textOf(message: Message): string | null {
  const { type, text, media, location, template, choice, interactive, cards, order } = message
  if (type === 'reaction' || type === 'activity' || message.deletedAtMs !== undefined) return null
  const shown = template?.shown
  const parts = [
    text,
    media?.fileName,
    location?.name,
    location?.address,
    choice?.description,
    shown?.header,
    shown?.footer,
    ...(shown?.buttons ?? []),
    ...(shown?.cards ?? []).flatMap((card) => [card.text, ...card.buttons]),
    ...readableIn(interactive),
    ...readableIn(cards),
    ...readableIn(order),
  ]
  const said = parts.filter((part) => part !== undefined && part !== '')
  return said.length === 0 ? null : [...new Set(said)].join('\n')
}

/** All that a conversation is found by: whom it is with, and the names of its labels. */
export function peopleTextOf(contact: Contact | undefined, labels: readonly string[]): string {
  const { name, username, phone, userId } = contact ?? {}
  return [name, username, phone, userId, ...labels].filter((part) => part !== undefined).join('\n')
}

/** The names of a conversation's labels, as far as they are in use. */
export function labelNamesOf(
  { labels }: Conversation,
  labelOf: (id: string) => Label | undefined,
): string[] {
  return labels.flatMap((id) => {
    const label = labelOf(id)
    return label === undefined || !isInUse(label) ? [] : [label.name]
  })
}

/** Strings under readable names, however deep: what WhatsApp sent is not all described by a schema. */
function readableIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return readable.has(name) ? [value] : []
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    readableIn(inner, Array.isArray(value) ? name : key),
  )
}
