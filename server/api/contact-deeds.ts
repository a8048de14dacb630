import Type from 'typebox'
import { Keep } from '../../core/domain/merge.ts'
import { AppError } from '../../core/lib/errors.ts'
import { must } from '../../core/lib/must.ts'
import { actorOf } from '../http/access.ts'
import type { App } from '../http/types.ts'
import { loadConversationsOf } from '../log/conversations.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import { doDeed } from './deeds.ts'
import { IdParams } from './schemas.ts'
import { ContactShape, Id, showContact } from './shapes.ts'
import type { ContactId } from '../../core/domain/ids.ts'

const Other = Type.Object({ contactId: Id }, { additionalProperties: false })
const closed = { additionalProperties: false } as const

/**
 * What can be done about who a contact is: named, merged with another, told apart again. Each answers with the
 * contact of the address as it is then. A Fastify plugin.
 */
export async function contactDeeds(
  app: App,
  { log, newId }: { log: Log; newId: () => string },
): Promise<void> {
  const config = { access: { verb: 'change-contacts' as const } }
  const shown = { params: IdParams, response: { 200: ContactShape } }

  /** Ids for the lines that tell of a merge in each of their conversations. */
  async function linesFor(tx: LogTx, ...contacts: string[]): Promise<string[]> {
    const ids = contacts as ContactId[] // addresses and bodies are checked to hold ids
    const of = await loadConversationsOf(tx, ids)
    return ids.flatMap((id) => of(id).map(newId)).slice(0, 100)
  }

  async function contactIn(tx: LogTx, id: string) {
    const contact = await tx.get('contact', id)
    if (contact === undefined) throw new AppError('not-found', 'no such contact')
    return contact
  }

  app.patch(
    '/api/v1/contacts/:id',
    {
      config,
      schema: { ...shown, body: Type.Object({ name: Type.String({ maxLength: 200 }) }, closed) },
    },
    async (request) => {
      const { id } = request.params
      return log.write(async (tx) => {
        const args = { contactId: id, name: request.body.name }
        await doDeed(tx, actorOf(request), 'contact.rename', args)
        return showContact(must(tx.peek('contact', id), 'contact that was renamed'))
      })
    },
  )

  /** `contactId` is merged into the contact of the address, which stands for both from then on. */
  app.post(
    '/api/v1/contacts/:id/merge',
    {
      config,
      schema: {
        ...shown,
        body: Type.Object({ ...Other.properties, keep: Type.Optional(Keep) }, closed),
      },
    },
    async (request) => {
      const { id: into } = request.params
      const { contactId: from, keep = {} } = request.body
      return log.write(async (tx) => {
        const activityIds = await linesFor(tx, from, into)
        await doDeed(tx, actorOf(request), 'contact.merge', { from, into, keep, activityIds })
        return showContact(must(tx.peek('contact', into), 'contact that was merged into'))
      })
    },
  )

  /** Takes back that the contact of the address was merged into another. */
  app.post('/api/v1/contacts/:id/unmerge', { config, schema: shown }, async (request) => {
    const { id: from } = request.params
    return log.write(async (tx) => {
      const { mergedInto: into } = await contactIn(tx, from)
      if (into === undefined) throw new AppError('conflict', 'the contact is not merged')
      const activityIds = await linesFor(tx, from, into)
      await doDeed(tx, actorOf(request), 'contact.unmerge', { from, into, activityIds })
      return showContact(must(tx.peek('contact', from), 'contact that was merged'))
    })
  })

  /** Both are two people: WhatsApp's doubt is settled and does not come back. */
  app.post(
    '/api/v1/contacts/:id/dismiss-conflict',
    { config, schema: { ...shown, body: Other } },
    async (request) => {
      const { id } = request.params
      return log.write(async (tx) => {
        const args = { contactId: id, otherId: request.body.contactId }
        await doDeed(tx, actorOf(request), 'contact.dismiss-conflict', args)
        return showContact(must(tx.peek('contact', id), 'contact that was told apart'))
      })
    },
  )
}
