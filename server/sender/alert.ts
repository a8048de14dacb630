import type { SendError } from '../../core/domain/message.ts'

/**
 * Something an administrator should hear of, raised once when it begins: a number's token is refused and it waits ·
 * a number cannot send, whatever the message · a template is paused and messages wait for it.
 */
export type Alert = {
  kind: 'number-paused' | 'number-error' | 'template-paused'
  /** Id of the number or the template. */
  subject: string
  /** What WhatsApp said. */
  code?: SendError['code']
}
