import { createApi } from '../../core/contract/client.ts'
import type { Handlers } from '../../core/contract/contract.ts'
import type { ThreadPage } from '../../core/contract/views.ts'
import type { Message } from '../../core/domain/message.ts'
import { loopback } from '../../core/testing/loopback.ts'
import { Thread } from '../thread/thread.svelte.ts'
import ThreadView from '../thread/Thread.svelte'
import { show } from './show.ts'

/** A thread of these messages on screen. */
export function openThread(page: ThreadPage, answers: Partial<Handlers> = {}, canReply = true) {
  const host = loopback({
    'thread.page': () => ({ ...page }),
    'conversation.read': () => null,
    'message.resend': ({ messageId }) => ({ id: messageId }),
    'message.dismiss': () => null,
    'message.react': () => null,
    'media.read': () => ({ mime: 'image/png', bytes: new Uint8Array(3), fileName: null }),
    ...answers,
  })
  const thread = new Thread(createApi(host.wire), page.conversation.id)
  const replies: Message[] = []
  const wanted: (Message | 'number' | undefined)[] = []
  const props = {
    thread,
    canReply,
    onreply: (message: Message) => replies.push(message),
    ontemplate: (again?: Message) => wanted.push(again),
    onasknumber: () => wanted.push('number'),
  }
  const shown = show(ThreadView, props, host.wire)
  const close = thread.open()
  return { ...host, ...shown, thread, replies, wanted, close }
}
