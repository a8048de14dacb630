import type { Actor } from '../auth/auth.ts'
import { mayUse } from '../http/access.ts'

/**
 * Whether they may see the file: who may see the conversation it was written in. Everybody who may read conversations
 * may read all of them; where that changes, it changes here too.
 */
export function maySeeFile(actor: Actor): boolean {
  return mayUse(actor, { verb: 'read-conversations' })
}
