import type { Handlers } from '../../../core/contract/contract.ts'
import type { GeneralSignal } from '../../../core/contract/repeatable.ts'
import type { AppState, Settings } from '../../../core/contract/views.ts'
import type { MessageId } from '../../../core/domain/ids.ts'
import { AppError } from '../../../core/lib/errors.ts'
import { deliveryHandlers } from './deliveries.ts'
import { verificationHandlers } from '../verification/handlers.ts'
import { labelHandlers } from './labels.ts'
import { presenceHandlers } from '../presence.ts'
import type { Wishes } from './wishes.ts'
import type { World } from './world.ts'

/** Answers the console from a made-up world: the real views and mutators on rows in memory. */
export function handlersOf(
  world: World,
  wishes: Wishes,
  signal: (name: GeneralSignal) => void,
): Handlers {
  let phase: AppState['phase'] = wishes.phase
  let settings: Settings = { theme: wishes.theme, language: wishes.language }
  const isSignedIn = () => phase !== 'server' && phase !== 'sign-in'
  const appState = (): AppState => ({
    host: wishes.host,
    phase,
    serverUrl: phase === 'server' ? null : 'https://kontor.nordwerk.example',
    workspace: isSignedIn() ? 'Nordwerk Service' : null,
    user: isSignedIn() ? { ...world.me, role: wishes.role } : null,
    isServerManaged: false,
  })
  const enter = (next: AppState['phase']) => {
    phase = next
    signal('app.changed')
    return appState()
  }
  const { views, perform } = world
  const nothing = (work: void) => work ?? null
  const activityId = () => world.newId<MessageId>()

  return {
    'app.state': appState,
    'session.check': ({ serverUrl }) => {
      if (serverUrl.includes('nichts')) throw new AppError('offline', 'no answer')
      if (serverUrl.includes('andere')) throw new AppError('not-kontor', 'something else')
      if (phase === 'server') enter('sign-in')
      const url = 'https://kontor.nordwerk.example'
      return { url, workspace: 'Nordwerk Service', methods: ['password'], needsSetup: false }
    },
    'session.sign-in': ({ password }) => {
      if (password === 'falsch') throw new AppError('wrong-credentials', 'no')
      return enter('ready')
    },
    'session.set-up': () => enter('ready'),
    'session.sign-out': () => enter('sign-in'),
    'session.unfinished': () => wishes.waiting,
    'link.state': () => ({
      isOnline: wishes.link !== 'offline',
      isSynced: wishes.link === 'online',
      waiting: wishes.waiting,
      syncedAtMs: Date.now() - 4 * 60_000,
      clockOffsetMs: 0,
      fetching: null,
    }),
    'link.retry': () => null,
    'settings.get': () => settings,
    'settings.set': (change) => (settings = { ...settings, ...change }),
    'directory.all': () => views.directory(),
    'inbox.views': () => (phase === 'loading' ? [] : views.counts()),
    'inbox.page': ({ view, limit }) => {
      if (wishes.list === 'failed') throw new AppError('unavailable', 'as wished')
      if (wishes.list === 'never') return new Promise(() => undefined)
      return phase === 'loading' ? { rows: [], total: 0 } : views.page(view, limit)
    },
    'thread.page': ({ conversationId, limit, before }) =>
      views.thread(conversationId, limit, before),
    'conversation.assign': (args) =>
      nothing(perform('conversation.assign', { ...args, activityId: activityId() })),
    'conversation.move': (args) =>
      nothing(perform('conversation.move', { ...args, activityId: activityId() })),
    'conversation.resolve': (args) =>
      nothing(perform('conversation.resolve', { ...args, activityId: activityId() })),
    'conversation.reopen': (args) =>
      nothing(perform('conversation.reopen', { ...args, activityId: activityId() })),
    'conversation.snooze': (args) =>
      nothing(perform('conversation.snooze', { ...args, activityId: activityId() })),
    'conversation.mark-unread': ({ conversationId }) => {
      const version = views.readVersion(conversationId) + 1
      return nothing(perform('conversation.mark-unread', { conversationId, version }))
    },
    'conversation.set-priority': (args) =>
      nothing(perform('conversation.set-priority', { ...args, activityId: activityId() })),
    'conversation.start': () => {
      throw new AppError('offline', 'as there is no server')
    },
    'conversation.typing': () => null,
    'template.list': ({ conversationId }) => views.templates(conversationId),
    'conversation.read': (args) => nothing(perform('conversation.read', args)),
    'contact.compare': ({ contactId, otherId }) => views.compare(contactId, otherId),
    'contact.merged': ({ contactId }) => views.merged(contactId),
    'contact.merge': (args) =>
      nothing(perform('contact.merge', { ...args, activityIds: [activityId(), activityId()] })),
    'contact.unmerge': ({ contactId: from }) => {
      const into = views.contact(from).mergedInto
      if (into === undefined) throw new AppError('conflict', 'not merged')
      const activityIds = [activityId(), activityId()]
      return nothing(perform('contact.unmerge', { from, into, activityIds }))
    },
    'contact.dismiss-conflict': (args) => nothing(perform('contact.dismiss-conflict', args)),
    'contact.rename': (args) => nothing(perform('contact.rename', args)),
    'message.send': (args) => {
      const id = activityId()
      perform('message.send', { ...args, id })
      return { id }
    },
    'message.react': (args) => nothing(perform('message.react', { ...args, id: activityId() })),
    'message.resend': ({ messageId }) => ({ id: messageId }),
    'message.dismiss': ({ messageId }) => nothing(perform('message.dismiss', { id: messageId })),
    'note.add': (args) => {
      const id = activityId()
      perform('note.add', { ...args, id })
      return { id }
    },
    'note.edit': (args) => nothing(perform('note.edit', args)),
    'note.delete': (args) => nothing(perform('note.delete', args)),
    'draft.get': ({ conversationId }) => world.drafts.view(conversationId),
    'draft.put': (draft) => world.drafts.put(draft),
    'draft.share': async ({ conversationId }) => nothing(await world.drafts.share(conversationId)),
    'draft.choose': ({ conversationId }) => world.drafts.choose(conversationId),
    'draft.discard': ({ conversationId, version }) => world.drafts.discard(conversationId, version),
    'outbox.refusals': () => world.refusals,
    'outbox.retry': () => null,
    'outbox.discard': ({ muid }) => {
      world.refusals = world.refusals.filter((refusal) => refusal.muid !== muid)
      signal('outbox.changed')
      return null
    },
    'search.find': ({ query, limit }) => world.search.find(query, limit),
    ...deliveryHandlers(views.page({ kind: 'open' }, 4).rows),
    ...verificationHandlers({
      scene: wishes.numbers,
      role: wishes.role,
      isOnline: wishes.link !== 'offline',
      nowMs: Date.now(),
      ours: views.directory().numbers,
    }),
    ...presenceHandlers(
      views.directory().numbers.map(({ id }) => id),
      wishes.link === 'offline' ? 'failed' : 'ready',
    ),
    ...labelHandlers(world, wishes.link !== 'offline', signal),
    'media.read': () => world.picture(),
    'media.remove': () => null,
    'media.add': ({ mime, bytes, fileName }) => ({
      id: world.newId(),
      mime,
      sizeBytes: bytes.byteLength,
      fileName: fileName ?? 'Datei',
      state: 'ready',
    }),
  }
}
