import type { Ask } from '../../core/contract/contract.ts'
import type { AttachedFile } from './files.svelte.ts'

export type Body = Ask<'message.send'>['body']

/** What is sent of a file once it is safe here. */
export function bodyOf(file: AttachedFile, caption: string): Body {
  if (file.media === null) throw new Error('bug: a file that was not saved')
  const text = file.kind === 'audio' || caption === '' ? {} : { text: caption }
  return { type: file.kind, media: file.media, ...text }
}
