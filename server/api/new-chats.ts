import { parsePhoneNumberFromString } from 'libphonenumber-js'
import Type, { type Static } from 'typebox'
import { newConversation } from '../../core/domain/conversation.ts'
import type { ContactId, ConversationId, NumberId } from '../../core/domain/ids.ts'
import type { Contact } from '../../core/domain/people.ts'
import { maySee } from '../../core/domain/scopes.ts'
import { AppError } from '../../core/lib/errors.ts'
import { present } from '../../core/lib/present.ts'
import { storable } from '../../core/lib/text.ts'
import type { Actor } from '../auth/auth.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import { identifiersOf } from '../intake/identity.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'
import { readOne } from './conversations.ts'
import { ContactShape, ConversationShape, Id, showContact } from './shapes.ts'

export type NewChatsOptions = { db: Database; log: Log; newId: () => string }

const strict = { additionalProperties: false }
const NewContact = Type.Object(
  {
    name: Type.Optional(Type.String({ maxLength: 200 })),
    phone: Type.Optional(
      Type.String({ maxLength: 40, description: 'With the code of its country, such as +49' }),
    ),
    /** WhatsApp's business-scoped user id, such as `DE.1029`. */
    userId: Type.Optional(Type.String({ pattern: '^[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}$' })),
    language: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}([_-][A-Z]{2})?$' })),
  },
  { ...strict, minProperties: 1 },
)

/** The firm writes first: a contact, and a conversation with them. A Fastify plugin. */
export async function newChats(app: App, { db, log, newId }: NewChatsOptions): Promise<void> {
  const config = { access: { verb: 'reply' as const } }

  app.post(
    '/api/v1/contacts',
    { config, schema: { body: NewContact, response: { 201: ContactShape } } },
    async ({ body, idempotentId }, reply) => {
      const contact = contactFrom(body)
      const id = (idempotentId ?? newId()) as ContactId // made here for this contact
      const made = await log.write(async (tx) => {
        const before = await tx.get('contact', id)
        if (before !== undefined) return before
        await refuseKnown(tx, contact)
        const row = { id, ...contact, createdAtMs: tx.nowMs }
        tx.put({ entity: 'contact', row })
        return row
      })
      return reply.code(201).send(showContact(made))
    },
  )

  app.post(
    '/api/v1/conversations',
    {
      config,
      schema: {
        body: Type.Object({ contactId: Id, numberId: Id }, strict),
        response: { 200: ConversationShape, 201: ConversationShape },
      },
    },
    async (request, reply) => {
      const { body } = request
      const actor = actorOf(request)
      const pair = {
        contactId: body.contactId as ContactId, // looked up below
        numberId: body.numberId as NumberId, // as above
      }
      const { id, isNew } = await log.write((tx) => open(tx, actor, pair, newId))
      return reply.code(isNew ? 201 : 200).send(await readOne(db, actor, id))
    },
  )
}

/** @throws AppError `bad-request` for a phone number that is none, or somebody nobody can write to */
function contactFrom(body: Static<typeof NewContact>): Omit<Contact, 'id' | 'createdAtMs'> {
  const { phone: typed, userId, language } = body
  const name = body.name === undefined ? undefined : storable(body.name).trim()
  const phone = typed === undefined ? undefined : phoneFrom(typed)
  if (phone === undefined && userId === undefined) {
    throw wrong('/body/phone', 'a phone number or a user id is needed')
  }
  const named = name === undefined || name === '' ? {} : { name, namedBy: 'colleague' as const }
  return { ...named, ...present({ phone, userId, language }) }
}

function phoneFrom(typed: string): string {
  const parsed = parsePhoneNumberFromString(typed.trim().replace(/^00/, '+'))
  if (parsed?.isPossible() === true) return parsed.number
  throw wrong('/body/phone', 'a phone number with the code of its country, such as +49 40 1234567')
}

async function refuseKnown(tx: LogTx, contact: Pick<Contact, 'phone' | 'userId'>): Promise<void> {
  for (const { kind, value } of identifiersOf(contact, tx.nowMs)) {
    const known = await tx.sql
      .selectFrom('contact_alias')
      .select('contact_id')
      .where('kind', '=', kind)
      .where('value', '=', value)
      .executeTakeFirst()
    if (known === undefined) continue
    const details = {
      at: kind === 'phone' ? '/body/phone' : '/body/userId',
      contactId: known.contact_id,
    }
    throw new AppError('already-exists', 'there is a contact with it', { details })
  }
}

/** Theirs with this number: the one there is, whoever may see it, or a new one, which only a template can begin. */
async function open(
  tx: LogTx,
  actor: Actor,
  { contactId, numberId }: { contactId: ContactId; numberId: NumberId },
  newId: () => string,
): Promise<{ id: ConversationId; isNew: boolean }> {
  let contact = await tx.get('contact', contactId)
  // Who was found to be somebody else is written to as that one.
  while (contact?.mergedInto !== undefined) contact = await tx.get('contact', contact.mergedInto)
  if (contact === undefined) throw new AppError('not-found', 'no such contact')
  if ((await tx.get('number', numberId)) === undefined) {
    throw new AppError('not-found', 'no such number')
  }
  const found = await tx.sql
    .selectFrom('conversation')
    .select('id')
    .where('contact_id', '=', contact.id)
    .where('number_id', '=', numberId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (found !== undefined) return { id: found.id as ConversationId, isNew: false } // the table's key
  const id = newId() as ConversationId // made here for this conversation
  const row = newConversation(id, numberId, contact.id, tx.nowMs)
  // Who sees only what is theirs begins it for themselves.
  const assigneeId = maySee(actor.user, row) ? null : actor.user.id
  tx.put({ entity: 'conversation', row: { ...row, assigneeId } })
  return { id, isNew: true }
}

function wrong(at: string, reason: string): AppError {
  return new AppError('bad-request', reason, { details: { at, reason } })
}
