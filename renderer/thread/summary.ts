import { plainText } from '../../core/format/nodes.ts'
import { parseFormat } from '../../core/format/parse.ts'
import { shorten } from '../../core/lib/text.ts'
import type { Message } from '../../core/domain/message.ts'
import { t } from '../ui/i18n.svelte.ts'

/** One line that says what a message is: its text without markers, or the kind of thing it holds. */
export function summaryOf(message: Message): string {
  if (message.deletedAtMs !== undefined) {
    return message.type === 'note' ? t('thread.noteDeleted') : t('thread.deleted')
  }
  const text = plainText(parseFormat(shorten(message.text ?? '', 300)))
    .replace(/\s+/g, ' ')
    .trim()
  const kind = kindOf(message)
  if (text === '') return kind ?? t('thread.textMissing')
  return kind === null || message.type === 'interactive' ? text : `${kind}: ${text}`
}

/** The kind of a message in a word, or nothing for plain text. */
export function kindOf(message: Message): string | null {
  switch (message.type) {
    case 'image':
      return t('thread.image')
    case 'video':
      return t('thread.video')
    case 'audio':
      return message.media?.isVoice === true ? t('thread.voice') : t('thread.audio')
    case 'document':
      return message.media?.fileName ?? t('thread.document')
    case 'sticker':
      return t('thread.sticker')
    case 'location':
      return t('thread.location')
    case 'contacts':
      return t('thread.cards', { count: message.cards?.length ?? 1 })
    case 'order':
      return t('thread.order')
    case 'template':
      return t('thread.template', { name: message.template?.name ?? '' })
    case 'unsupported':
      return t('thread.unsupported')
    default:
      return null
  }
}
