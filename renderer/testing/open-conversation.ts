import { fireEvent, screen } from '@testing-library/svelte'
import type { Handlers } from '../../core/contract/contract.ts'
import type { ThreadPage } from '../../core/contract/views.ts'
import type { Draft } from '../../core/domain/draft.ts'
import { anId, aTeam, aUser } from '../../core/testing/examples.ts'
import { loopback } from '../../core/testing/loopback.ts'
import Conversation from '../Conversation.svelte'
import { show } from './show.ts'

/** Who is signed in where `openConversation` is used. */
export const me = aUser()

/** The conversation on screen, with a host that keeps drafts and accepts everything not answered otherwise. */
export function openConversation(page: ThreadPage, answers: Partial<Handlers> = {}) {
  const drafts = new Map<string, Draft>()
  const host = loopback({
    'app.state': () => ({
      host: 'desktop',
      phase: 'ready',
      serverUrl: null,
      workspace: null,
      user: me,
      isServerManaged: false,
    }),
    'directory.all': () => ({
      users: [me, aUser({ name: 'Cem Yıldız' })],
      teams: [aTeam()],
      numbers: [],
      labels: [],
    }),
    'thread.page': () => page,
    'conversation.read': () => null,
    'conversation.typing': () => null,
    'conversation.assign': () => null,
    'conversation.resolve': () => null,
    'message.send': () => ({ id: anId() }),
    'note.add': () => ({ id: anId() }),
    'draft.get': ({ conversationId }) => drafts.get(conversationId) ?? null,
    'draft.put': (draft) => {
      drafts.set(draft.conversationId, draft)
      return draft
    },
    'draft.share': () => null,
    'outbox.refusals': () => [],
    'outbox.retry': () => null,
    'outbox.discard': () => null,
    'message.resend': () => ({ id: anId() }),
    'message.dismiss': () => null,
    'message.react': () => null,
    'media.add': ({ mime }) => ({ id: anId(), mime, state: 'ready' }),
    ...answers,
  })
  const props = {
    conversationId: page.conversation.id,
    isPanelOpen: true,
    onPanelToggle: () => undefined,
    onClose: () => undefined,
  }
  const shown = show(Conversation, props, host.wire)
  const asked = <K extends keyof Handlers>(name: K) =>
    host.calls
      .filter(([called]) => called === name)
      .map(([, input]) => input as Parameters<Handlers[K]>[0])
  return { ...host, ...shown, props, drafts, asked }
}

/** Where one writes. */
export const field = () =>
  screen.findByRole<HTMLTextAreaElement>('textbox', { name: /Antwort an|Interne Notiz/ })

export async function write(text: string) {
  const element = await field()
  await fireEvent.input(element, { target: { value: text } })
  return element
}
