import type { ThreadPage } from '../contract/views.ts'
import type { ConversationId, MessageId } from '../domain/ids.ts'
import { AppError } from '../lib/errors.ts'
import type { Before, Earlier } from './earlier.ts'
import type { Views } from './views.ts'

/** Messages asked for at once; a step back on screen is fewer. */
const atOnce = 100

export type ThreadAsked = {
  conversationId: ConversationId
  limit: number
  before?: MessageId
  isDeep?: boolean
}

/** Where what is not held is asked for. @throws AppError offline, unauthenticated */
export type AskBefore = (id: ConversationId, beforeMs: number, limit: number) => Promise<Before>

/**
 * A page of a thread from what is at hand. Only who goes back deeper than that (`isDeep`), or opens a conversation of
 * which nothing is at hand, waits for the server; when it cannot be asked the page says so.
 */
export async function readThread(
  views: Views,
  earlier: Earlier,
  askBefore: AskBefore,
  { conversationId, limit, before, isDeep = false }: ThreadAsked,
): Promise<ThreadPage> {
  for (;;) {
    const page = views.thread(conversationId, limit, before)
    const away = views.away(conversationId)
    if (away.length === 0 || page.messages.length >= (isDeep ? limit : 1)) return page
    try {
      const answers = await Promise.all(away.map(({ id, fromMs }) => askBefore(id, fromMs, atOnce)))
      const isStill = views.away(conversationId) // nothing may be kept of what may no longer be seen
      away.forEach(({ id, fromMs }, index) => {
        const answer = answers[index]
        if (answer === undefined || !isStill.some((part) => part.id === id)) return
        earlier.put(id, fromMs, answer)
      })
    } catch (error) {
      if (error instanceof AppError && error.code !== 'not-found')
        return { ...page, isCutOff: true }
      throw error
    }
  }
}
