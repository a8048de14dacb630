import { mount, type Component } from 'svelte'
import { createApi } from '../../../core/contract/client.ts'
import type { RefusalView } from '../../../core/contract/views.ts'
import type { Message } from '../../../core/domain/message.ts'
import { AppError } from '../../../core/lib/errors.ts'
import type { ContactId } from '../../../core/domain/ids.ts'
import { whyNotFor } from '../../../core/domain/template.ts'
import { aContact, anId } from '../../../core/testing/examples.ts'
import { loopback } from '../../../core/testing/loopback.ts'
import { Shared } from '../../bridge/shared.ts'
import Conversation from '../../Conversation.svelte'
import '../../styles/index.css'
import { startClock } from '../../ui/clock.svelte.ts'
import { setLanguage } from '../../ui/i18n.svelte.ts'
import { applyTheme } from '../../ui/theme.ts'
import Toasts from '../../ui/Toasts.svelte'
import Tooltips from '../../ui/Tooltips.svelte'
import Show from '../Show.svelte'
import { aThreadPage, everyKind } from '../every-kind.ts'
import { moreKinds } from '../more-kinds.ts'
import { someTemplates } from '../templates.ts'
import { handlersOf } from './handlers.ts'
import { readWishes } from './wishes.ts'
import { createWorld } from './world.ts'

/**
 * One conversation with a message of every kind, to look at: `/testing/harness/gallery.html?theme=dark&language=en`.
 * Also `window=open|soon|ending|closed`, `mode=answered` (every reply is refused by a colleague's), `mode=refused`
 * (one was refused while away), `kinds=more` (what we send to tap, and what happens around it), `doubt` (who the contact
 * may be) and `messages=500` (a long history).
 */
const wishes = readWishes(location.search)
const given = new URLSearchParams(location.search)
applyTheme(wishes.theme)()
setLanguage(wishes.language)
const world = await createWorld(0)
const leftMs =
  { open: 631, soon: 190, ending: 24, closed: -190 }[given.get('window') ?? 'open'] ?? 631
const nowMs = Date.now()
const many = Array.from(
  { length: Number(given.get('messages') ?? 0) },
  (_, index): Partial<Message> => ({
    direction: index % 3 === 0 ? 'out' : 'in',
    text: `Nachricht ${index + 1}. ${'Ein Satz, der etwas länger ist. '.repeat(index % 4)}`,
    sentAtMs: nowMs - (1000 - index) * 120_000,
    receivedAtMs: nowMs - (1000 - index) * 120_000,
  }),
)
const kinds = given.get('kinds') === 'more' ? moreKinds : everyKind
const page = aThreadPage(many.length > 0 ? many : kinds(nowMs, world.me), {
  conversation: { windowExpiresAtMs: nowMs + leftMs * 60_000, assigneeId: world.me.id },
  unread: Number(given.get('unread') ?? 0),
})
if (given.has('doubt')) {
  const doubt = { contactId: anId<ContactId>(), value: '+491713920011', atMs: nowMs }
  page.contact.conflicts = [{ kind: 'phone', ...doubt }]
}
const times = { firstAtMs: nowMs - 9 * 24 * 3_600_000, lastAtMs: nowMs }
const queued = page.messages.findLast((message) => message.status === 'queued')
const answer = page.messages.findLast((message) => message.status === 'accepted')
const details = { messageId: answer?.id, by: 'Cem Yıldız', atMs: nowMs - 8000 }
const text = 'Ihr Paket kommt heute zwischen 15 und 18 Uhr.'
let refusals: RefusalView[] =
  given.get('mode') === 'refused' && page.messages[0]
    ? [
        {
          muid: anId(),
          name: 'message.send',
          code: 'colleague-answered',
          details,
          conversationId: page.conversation.id,
          message: { ...page.messages[0], text },
          isOutOfSight: false,
          atMs: nowMs,
        },
      ]
    : []
const { wire, signal, calls, bugs } = loopback({
  ...handlersOf(world, wishes, (name) => signal(name, {})),
  'thread.page': ({ limit, before }) => {
    const end = before ? page.messages.findIndex((message) => message.id === before) : undefined
    const upTo = page.messages.slice(0, end)
    const messages = upTo.slice(-limit)
    const local = queued === undefined ? [] : [queued.id]
    return { ...page, messages, local, hasOlder: upTo.length > limit }
  },
  'conversation.read': () => null,
  'template.list': () =>
    someTemplates().map((template) => ({
      template,
      reason: whyNotFor(template, page.contact) ?? null,
    })),
  'contact.compare': () => ({
    contact: { contact: page.contact, numbers: [page.number], messages: 14, ...times },
    other: {
      contact: aContact({ name: 'D. Müller', phone: '+491713920012', username: 'doerte.ml' }),
      numbers: [page.number],
      messages: 3,
      ...times,
    },
  }),
  'message.send': () => {
    if (given.get('mode') === 'answered') {
      throw new AppError('colleague-answered', 'as wished', { details })
    }
    return { id: anId() }
  },
  'message.react': () => null,
  'outbox.refusals': () => refusals,
  'outbox.discard': () => {
    refusals = []
    signal('outbox.changed', {})
    return null
  },
})
Object.assign(window, { kontor: { page, signal, calls, bugs } })
const api = createApi(wire)
const shared = new Shared(api)
shared.open()
startClock()
const props = {
  conversationId: page.conversation.id,
  isPanelOpen: window.innerWidth >= 1180 || given.has('panel'),
  onPanelToggle: () => undefined,
  onClose: () => undefined,
}
const shown = Conversation as Component<Record<string, unknown>> // its props stand above
mount(Show, { target: document.body, props: { shown, given: props, api, shared } })
mount(Toasts, { target: document.body })
mount(Tooltips, { target: document.body })
