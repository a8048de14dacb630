import type { Api } from '../../core/contract/client.ts'
import type { MessageId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import { getShared } from '../bridge/shared.ts'
import { deleteNote, mayWithNote } from './note-deeds.ts'

/** What the person does with the notes of one thread: which is being written anew, and which is to go for good. */
export class Notes {
  editedId = $state<MessageId | null>(null)
  /** A colleague's, which a supervisor is asked about. */
  askedId = $state<MessageId | null>(null)
  readonly #api: Api
  readonly #shared = getShared()

  constructor(api: Api) {
    this.#api = api
  }

  may(message: Message): { edit: boolean; remove: boolean } {
    return mayWithNote(message, this.#shared.me)
  }

  edit(message: Message): void {
    if (this.may(message).edit) this.editedId = message.id
  }

  /** One's own at once; it can be had back. */
  remove(message: Message): void {
    const may = this.may(message)
    if (may.edit) this.removeForGood(message)
    else if (may.remove) this.askedId = message.id
  }

  removeForGood(message: Message): void {
    void deleteNote(this.#api, message, this.#shared.me)
  }
}
