import { objectAt, textAt } from '../json.ts'
import { mediaKinds, mimesOf, type MediaKind } from '../media/kinds.ts'
import type { SentMessage } from '../world/message.ts'
import type { World } from '../world/world.ts'

/**
 * Why a message's file cannot be sent on, if it cannot. A link to this machine is fetched; a link to
 * another one is believed, so that a desk needs no internet.
 */
export async function mediaFault(world: World, message: SentMessage): Promise<string | undefined> {
  const kind = mediaKinds.find((one) => one === message.type)
  if (!kind) return undefined
  const payload = objectAt(message.body, kind)
  const id = textAt(payload, 'id')
  if (id !== undefined) {
    const media = world.media.get(id, world.clock.nowMs())
    return media && mimeFault(kind, media.mimeType)
  }
  const link = textAt(payload, 'link')
  return link === undefined ? undefined : linkFault(kind, new URL(link))
}

function mimeFault(kind: MediaKind, mimeType: string): string | undefined {
  const allowed = mimesOf(kind)
  const base = mimeType.split(';')[0]?.trim() ?? ''
  if (kind === 'document' || allowed.some((one) => one.startsWith(base))) return undefined
  return `Unsupported ${kind} mime type ${mimeType}. Please use one of ${allowed.join(', ')}.`
}

async function linkFault(kind: MediaKind, link: URL): Promise<string | undefined> {
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(link.hostname)) return undefined
  try {
    const answer = await fetch(link, { signal: AbortSignal.timeout(5000) })
    await answer.arrayBuffer()
    if (!answer.ok) return `Downloading media from weblink failed with http code ${answer.status}.`
    return mimeFault(kind, answer.headers.get('content-type') ?? 'application/octet-stream')
  } catch {
    return 'Downloading media from weblink failed.'
  }
}
