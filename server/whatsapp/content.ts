import type { Message } from '../../core/domain/message.ts'
import type { Content, RemoteFile } from '../intake/happening.ts'
import { compact, textOf } from './values.ts'
import * as wire from './wire.ts'
import { read } from './wire.ts'

/**
 * What a message says. A type that is new, or that lacks what it should carry, becomes `unsupported` with the whole
 * message as `raw`: visible beats lost.
 */
export function contentOf(type: string | undefined, message: unknown): Content {
  const reader = Object.hasOwn(readers, type ?? '') ? readers[type ?? ''] : undefined
  return reader?.(message) ?? unsupported(message)
}

export function unsupported(message: unknown): Content {
  return { type: 'unsupported', raw: message }
}

type Reader = (message: unknown) => Content | undefined

const readers: Record<string, Reader> = {
  text(message) {
    const found = read(wire.TextMessage, message)
    return found && { type: 'text', text: found.text.body }
  },
  image: (message) => withFile('image', read(wire.ImageMessage, message)?.image),
  video: (message) => withFile('video', read(wire.VideoMessage, message)?.video),
  audio: (message) => withFile('audio', read(wire.AudioMessage, message)?.audio),
  document: (message) => withFile('document', read(wire.DocumentMessage, message)?.document),
  sticker: (message) => withFile('sticker', read(wire.StickerMessage, message)?.sticker),
  location(message) {
    const found = read(wire.LocationMessage, message)?.location
    const latitude = Number(found?.latitude)
    const longitude = Number(found?.longitude)
    if (found === undefined || !Number.isFinite(latitude) || !Number.isFinite(longitude)) {
      return undefined
    }
    const { name, address } = found
    return { type: 'location', location: compact({ latitude, longitude, name, address }) }
  },
  contacts(message) {
    const found = read(wire.ContactsMessage, message)
    return found && { type: 'contacts', cards: found.contacts }
  },
  order(message) {
    const found = read(wire.OrderMessage, message)
    return found && { type: 'order', order: found.order, ...textIn(found.order.text) }
  },
  button(message) {
    const found = read(wire.ButtonMessage, message)?.button
    if (found === undefined) return undefined
    const choice = compact({ kind: 'button', id: textOf(found.payload) })
    return { type: 'button', ...textIn(found.text ?? textOf(found.payload)), choice }
  },
  template(message) {
    const found = read(wire.TemplateMessage, message)?.template
    if (found === undefined) return undefined
    const { name, language, components = [] } = found
    const body = components
      .map((component) => read(wire.TemplateComponent, component))
      .find((component) => component?.type.toLowerCase() === 'body')
    const code = typeof language === 'object' ? language.code : (language ?? '')
    const params = (body?.parameters ?? []).map(({ text = '' }) => text)
    return { type: 'template', ...textIn(body?.text), template: { name, language: code, params } }
  },
  interactive(message) {
    return (
      buttonReply(message) ??
      listReply(message) ??
      flowReply(message) ??
      callReply(message) ??
      sentByApp(message)
    )
  },
}

function withFile(type: Message['type'], file: wire.File | undefined): Content | undefined {
  if (file === undefined) return undefined
  return { type, ...textIn(file.caption), file: remoteFile(type, file) }
}

const usualMime: Partial<Record<Message['type'], string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/ogg',
  sticker: 'image/webp',
}

function remoteFile(type: Message['type'], file: wire.File): RemoteFile {
  return compact({
    metaMediaId: textOf(file.id),
    url: textOf(file.url),
    sha256: textOf(file.sha256),
    mime: textOf(file.mime_type) ?? usualMime[type] ?? 'application/octet-stream',
    fileName: textOf(file.filename),
    isVoice: type === 'audio' && file.voice === true ? true : undefined,
  })
}

function buttonReply(message: unknown): Content | undefined {
  const found = read(wire.ButtonReply, message)?.interactive.button_reply
  return found && chosen('button_reply', found)
}

function listReply(message: unknown): Content | undefined {
  const found = read(wire.ListReply, message)?.interactive.list_reply
  return found && chosen('list_reply', found)
}

function chosen(
  kind: string,
  { id, title, description }: { id?: unknown; title?: string; description?: string },
): Content {
  const choice = compact({ kind, id: textOf(id), description: textOf(description) })
  return { type: 'interactive', ...textIn(title), choice }
}

function flowReply(message: unknown): Content | undefined {
  const found = read(wire.FlowReply, message)?.interactive.nfm_reply
  if (found === undefined) return undefined
  const choice = compact({
    kind: 'nfm_reply',
    id: textOf(found.name),
    response: found.response_json,
  })
  return { type: 'interactive', ...textIn(found.body), choice }
}

function callReply(message: unknown): Content | undefined {
  const found = read(wire.CallPermissionReply, message)?.interactive.call_permission_reply
  if (found === undefined) return undefined
  const choice = compact({ kind: 'call_permission_reply', response: found.response })
  return { type: 'interactive', choice }
}

function sentByApp(message: unknown): Content | undefined {
  const found = read(wire.SentInteractive, message)?.interactive
  return found && { type: 'interactive', ...textIn(found.body.text) }
}

function textIn(text: string | undefined): { text?: string } {
  return text === undefined || text === '' ? {} : { text }
}
