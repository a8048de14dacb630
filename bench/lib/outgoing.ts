import { randomBytes } from 'node:crypto'
import { newConversation, withMessage, type Conversation } from '../../core/domain/conversation.ts'
import type { NumberId } from '../../core/domain/ids.ts'
import type { Message } from '../../core/domain/message.ts'
import type { Contact, OwnNumber } from '../../core/domain/people.ts'
import { must } from '../../core/lib/must.ts'
import { uuidV7 } from '../../core/lib/uuid.ts'
import { rememberAliases } from '../../server/intake/aliases.ts'
import { createLog } from '../../server/log/log.ts'
import type { LogTx } from '../../server/log/transaction.ts'
import type { Database } from '../../server/store/database.ts'
import { loadPhone, loadWamid } from '../../simulator/control/load.ts'

const perTransaction = 1000

type Wanted = { phoneNumberId: string; accountId: string; customers: number; messages: number }

/**
 * The messages a load of the simulator tells statuses of, as the sender leaves them when WhatsApp has accepted them:
 * written through the change log, each in the conversation of its customer.
 */
export async function writeOutgoing(db: Database, wanted: Wanted): Promise<void> {
  const log = createLog(db, { nowMs: Date.now, beforeCommit: [rememberAliases] })
  const ids = await log.write(async (tx) => writeConversations(tx, wanted))
  for (let from = 0; from < wanted.messages; from += perTransaction) {
    await log.write(async (tx) => {
      await tx.load('conversation', ids)
      for (let turn = from; turn < Math.min(wanted.messages, from + perTransaction); turn += 1) {
        const conversation = must(
          tx.peek('conversation', ids[turn % ids.length] ?? ''),
          'its conversation',
        )
        const message = accepted(conversation, loadWamid(turn, wanted.customers))
        tx.put({ entity: 'message', row: message })
        tx.put({ entity: 'conversation', row: withMessage(conversation, message) })
      }
    })
  }
}

/** @returns their ids, by the place of their customer in the load */
function writeConversations(tx: LogTx, wanted: Wanted): string[] {
  const { phoneNumberId, accountId } = wanted
  const number: OwnNumber = { id: newId<NumberId>(), phoneNumberId, accountId, health: 'ok' }
  tx.put({ entity: 'number', row: number })
  return Array.from({ length: wanted.customers }, (_, index) => {
    const phone = `+${loadPhone(index)}`
    const contact: Contact = { id: newId(), phone, createdAtMs: tx.nowMs }
    const conversation = newConversation(newId(), number.id, contact.id, tx.nowMs)
    tx.put({ entity: 'contact', row: contact })
    tx.put({ entity: 'conversation', row: conversation })
    return conversation.id
  })
}

function accepted(conversation: Conversation, wamid: string): Message {
  const nowMs = Date.now()
  return {
    id: newId(),
    conversationId: conversation.id,
    numberId: conversation.numberId,
    contactId: conversation.contactId,
    ord: conversation.lastOrd + 1,
    wamid,
    direction: 'out',
    type: 'text',
    text: 'Guten Tag, Ihre Bestellung ist heute unterwegs zu Ihnen.',
    status: 'accepted',
    statusAt: { queued: nowMs, accepted: nowMs },
    author: { kind: 'agent', name: 'Anna Krüger' },
    reactions: [],
    sentAtMs: nowMs,
    receivedAtMs: nowMs,
  }
}

function newId<Id extends string>(): Id {
  return uuidV7(Date.now(), randomBytes(10)) as Id // made here, so it is of that kind
}
