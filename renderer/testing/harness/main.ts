import { mount } from 'svelte'
import { createApi } from '../../../core/contract/client.ts'
import { loopback } from '../../../core/testing/loopback.ts'
import App from '../../App.svelte'
import '../../styles/index.css'
import { applyTheme } from '../../ui/theme.ts'
import { handlersOf } from './handlers.ts'
import { readWishes } from './wishes.ts'
import { createWorld } from './world.ts'

/**
 * The whole console on made-up rows, to look at: `npx vite -c renderer/vite.config.ts`, then
 * `/testing/harness/index.html?theme=dark&language=en&phase=sign-in&link=offline&rows=2000`. What can be wished for is in wishes.ts.
 */
const wishes = readWishes(location.search)
applyTheme(wishes.theme)()
const world = await createWorld(wishes.rows)
const { wire, signal, bugs } = loopback(handlersOf(world, wishes, (name) => signal(name, {})))
Object.assign(window, { kontor: { world, signal, bugs } })
world.onChange((conversationId) => {
  signal('thread.changed', { conversationId })
  signal('inbox.changed', {})
})
world.onDraft((conversationId) => {
  signal('draft.changed', { conversationId })
  signal('inbox.changed', {})
})
mount(App, { target: document.body, props: { api: createApi(wire) } })
