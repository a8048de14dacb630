import type { Media, Message, TemplateHeader } from './message.ts'

/** Whether a file it shows is not at the server yet. */
export function isAwaitingFile(message: Pick<Message, 'media' | 'template'>): boolean {
  let isAwaiting = false
  withMedia(message, (media) => {
    isAwaiting ||= media.state === 'pending'
    return media
  })
  return isAwaiting
}

/**
 * The same with every file it shows replaced: its own, the one in its template's header, those on the cards.
 *
 * @returns the very same when `change` leaves every file as it is
 */
export function withMedia<M extends Pick<Message, 'media' | 'template'>>(
  message: M,
  change: (media: Media) => Media,
): M {
  const { media, template } = message
  const changed = media && change(media)
  const filled = template && inTemplate(template, change)
  if (changed === media && filled === template) return message
  return {
    ...message,
    ...(changed === undefined ? {} : { media: changed }),
    ...(filled === undefined ? {} : { template: filled }),
  }
}

type Use = NonNullable<Message['template']>

function inTemplate(use: Use, change: (media: Media) => Media): Use {
  const header = use.header && inHeader(use.header, change)
  const cards = use.cards?.map((card) => {
    const inCard = card.header && inHeader(card.header, change)
    return inCard === undefined || inCard === card.header ? card : { ...card, header: inCard }
  })
  const isSame =
    header === use.header && (cards ?? []).every((card, at) => card === use.cards?.[at])
  if (isSame) return use
  return {
    ...use,
    ...(header === undefined ? {} : { header }),
    ...(cards === undefined ? {} : { cards }),
  }
}

function inHeader(header: TemplateHeader, change: (media: Media) => Media): TemplateHeader {
  if (!('media' in header)) return header
  const media = change(header.media)
  return media === header.media ? header : { ...header, media }
}
