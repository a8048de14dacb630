import type { Handlers } from '../contract/contract.ts'
import type { ContactId, MessageId } from '../domain/ids.ts'
import type { Message } from '../domain/message.ts'
import { AppError } from '../lib/errors.ts'
import { present } from '../lib/present.ts'
import type { Body } from '../mutators/body.ts'
import type { ConsoleCore } from './console.ts'
import { deliveryHandlers } from './deliveries.ts'
import { labelHandlers } from './labels.ts'
import { Once } from './once.ts'
import { presenceHandlers } from './presence-handlers.ts'
import { serverUrlFrom } from './server-api.ts'
import { verificationHandlers } from './verification.ts'

/** One handler for each method of the contract. */
export function createHandlers(core: ConsoleCore): Handlers {
  const { session, machine } = core
  const newId = () => machine.platform.newId() as MessageId // a fresh UUIDv7
  const linesFor = (...contacts: ContactId[]) =>
    Array.from({ length: Math.min(100, core.desk.views.conversationCount(...contacts)) }, newId)
  const resends = new Once()
  const nothing = async (work: Promise<unknown>) => {
    await work
    return null
  }
  return {
    'app.state': () => core.appState(),
    'session.check': async ({ serverUrl }) => {
      const info = await session.api.check(serverUrlFrom(serverUrl))
      core.rememberServer(info.url)
      core.signal('app.changed')
      return info
    },
    'session.sign-in': async ({ serverUrl, email, password }) => {
      await session.signIn(serverUrlFrom(serverUrl), email, password)
      await core.openDesk()
      return core.appState()
    },
    'session.set-up': async ({ serverUrl, ...first }) => {
      await session.setUp(serverUrlFrom(serverUrl), first)
      await core.openDesk()
      return core.appState()
    },
    'session.sign-out': async () => {
      await core.signOut()
      return core.appState()
    },
    'session.unfinished': () => core.unfinished,
    'link.state': () => core.linkState(),
    'link.retry': () => {
      core.desk.link.retry()
      return null
    },
    'settings.get': () => core.settings,
    'settings.set': (change) => core.changeSettings(change),
    'directory.all': () => core.desk.views.directory(),
    'inbox.views': () => core.desk.views.counts(),
    'inbox.page': ({ view, limit }) => core.desk.views.page(view, limit),
    'thread.page': async (asked) => core.attachments.shown(await core.desk.thread(asked)),
    'conversation.assign': (args) =>
      nothing(core.desk.perform('conversation.assign', { ...args, activityId: newId() })),
    'conversation.move': (args) =>
      nothing(core.desk.perform('conversation.move', { ...args, activityId: newId() })),
    'conversation.resolve': (args) =>
      nothing(core.desk.perform('conversation.resolve', { ...args, activityId: newId() })),
    'conversation.reopen': (args) =>
      nothing(core.desk.perform('conversation.reopen', { ...args, activityId: newId() })),
    'conversation.snooze': (args) =>
      nothing(core.desk.perform('conversation.snooze', { ...args, activityId: newId() })),
    'conversation.start': async ({ numberId, ...person }) => {
      const { api } = session
      const serverUrl = session.kept?.serverUrl ?? ''
      const { desk } = core
      const conversationId = await session.withToken(async (token) => {
        const contactId = await api.addContact(serverUrl, token, person)
        return api.openConversation(serverUrl, token, { contactId, numberId })
      })
      await desk.arrival('conversation', conversationId)
      return { conversationId }
    },
    'conversation.typing': ({ conversationId }) => {
      const serverUrl = session.kept?.serverUrl ?? ''
      // Nobody waits for it, and a dot less hurts nobody: what was said of it is not told to anybody.
      void session
        .withToken((token) => session.api.showTyping(serverUrl, token, conversationId))
        .catch((error: unknown) => {
          if (!(error instanceof AppError)) machine.report(error)
        })
      return null
    },
    'template.list': ({ conversationId }) => core.desk.views.templates(conversationId),
    'conversation.read': async (args) => {
      const { desk } = core
      for (const { id, inboundCount } of desk.views.unreadParts(args.conversationId)) {
        const part = { conversationId: id, inbound: inboundCount }
        await desk.perform('conversation.read', { ...part, version: desk.views.readVersion(id) })
      }
      await desk.perform('conversation.read', args)
      return null
    },
    'conversation.mark-unread': ({ conversationId }) => {
      const version = core.desk.views.readVersion(conversationId) + 1
      return nothing(core.desk.perform('conversation.mark-unread', { conversationId, version }))
    },
    'conversation.set-priority': (args) =>
      nothing(core.desk.perform('conversation.set-priority', { ...args, activityId: newId() })),
    'contact.compare': ({ contactId, otherId }) => core.desk.compare(contactId, otherId),
    'contact.merged': ({ contactId }) => core.desk.views.merged(contactId),
    'contact.merge': (args) =>
      nothing(
        core.desk.perform('contact.merge', {
          ...args,
          activityIds: linesFor(args.from, args.into),
        }),
      ),
    'contact.unmerge': async ({ contactId }) => {
      const { mergedInto } = core.desk.views.contact(contactId)
      if (mergedInto === undefined) throw new AppError('conflict', 'the contact is not merged')
      await core.desk.perform('contact.unmerge', {
        from: contactId,
        into: mergedInto,
        activityIds: linesFor(contactId, mergedInto),
      })
      return null
    },
    'contact.dismiss-conflict': (args) =>
      nothing(core.desk.perform('contact.dismiss-conflict', args)),
    'contact.rename': ({ contactId, name }) => {
      const { views } = core.desk
      const at = views.conversationWith(contactId)
      const base = at && {
        name: views.contact(contactId).name ?? '',
        conversationId: at.id,
        activityId: newId(),
      }
      const args = { contactId, name, ...present({ base }) }
      return nothing(core.desk.perform('contact.rename', args))
    },
    'message.send': async (args) => {
      const id = newId()
      await core.desk.perform('message.send', { ...args, id })
      return { id }
    },
    'message.react': (args) =>
      nothing(core.desk.perform('message.react', { ...args, id: newId() })),
    'message.resend': ({ messageId }) =>
      resends.run(messageId, async () => {
        const desk = core.desk
        const old = await desk.message(messageId)
        await core.attachments.want(old)
        const id = newId()
        await desk.perform('message.send', {
          id,
          conversationId: old.conversationId,
          body: bodyOf(old),
          basedOn: desk.conversation(old.conversationId).lastReply?.messageId ?? null,
          isAnyway: true,
          resendOf: old.id,
          ...(old.replyTo?.messageId === undefined ? {} : { replyTo: old.replyTo.messageId }),
        })
        if (old.status === 'uncertain' || old.status === 'held')
          await desk.perform('message.dismiss', { id: old.id })
        return { id }
      }),
    'message.dismiss': async ({ messageId }) => {
      const message = await core.desk.message(messageId)
      await core.desk.perform('message.dismiss', { id: messageId })
      await core.attachments.stopFor(message)
      return null
    },
    'note.add': async (args) => {
      const id = newId()
      await core.desk.perform('note.add', { ...args, id })
      return { id }
    },
    'note.edit': (args) => nothing(core.desk.perform('note.edit', args)),
    'note.delete': (args) => nothing(core.desk.perform('note.delete', args)),
    'draft.get': ({ conversationId }) =>
      core.desk.drafts.view(core.desk.conversation(conversationId).id),
    'draft.put': (draft) => core.desk.drafts.put(draft),
    'draft.share': ({ conversationId }) => nothing(core.desk.drafts.share(conversationId)),
    'draft.choose': ({ conversationId }) => core.desk.drafts.choose(conversationId),
    'draft.discard': ({ conversationId, version }) =>
      core.desk.drafts.discard(conversationId, version),
    'outbox.refusals': () => core.desk.refusals(),
    'outbox.retry': ({ muid }) => nothing(core.desk.retry(muid)),
    'outbox.discard': ({ muid }) => nothing(core.desk.settle(muid)),
    'search.find': ({ query, limit }) => core.desk.search.find(query, limit),
    ...deliveryHandlers(core),
    'media.read': ({ mediaId, size }) => core.attachments.read(mediaId, size ?? 'original'),
    'media.add': (file) => core.attachments.add(file),
    'media.remove': ({ mediaId }) => nothing(core.attachments.remove(mediaId)),
    ...verificationHandlers(core),
    ...presenceHandlers(session),
    ...labelHandlers(core),
  }
}

/** @throws AppError `template-unavailable` for a template that only the past knows */
function bodyOf(message: Message): Body {
  const { type, text, media, location, cards, interactive, template, hasPreview } = message
  if (template !== undefined) {
    const { id: templateId, name, language, category, shown, buttons, ...values } = template
    if (templateId === undefined) throw new AppError('template-unavailable', `${name} is past`)
    // A code's button is made of its text.
    const own = category === 'AUTHENTICATION' ? undefined : buttons
    return { type: 'template', templateId, ...values, ...present({ buttons: own }) }
  }
  const own = interactive === undefined ? text : undefined
  return present({ type, text: own, media, location, cards, interactive, hasPreview }) as Body // a message that was sent once was a body then; the mutator's schema checks it again
}
