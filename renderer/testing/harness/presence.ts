import { mount, type Component } from 'svelte'
import { createApi } from '../../../core/contract/client.ts'
import type { NumberId } from '../../../core/domain/ids.ts'
import { aNumber, anId, aUser } from '../../../core/testing/examples.ts'
import { loopback } from '../../../core/testing/loopback.ts'
import { Shared } from '../../bridge/shared.ts'
import '../../styles/index.css'
import { startClock } from '../../ui/clock.svelte.ts'
import { setLanguage } from '../../ui/i18n.svelte.ts'
import { applyTheme } from '../../ui/theme.ts'
import Toasts from '../../ui/Toasts.svelte'
import Tooltips from '../../ui/Tooltips.svelte'
import Cost from '../../verification/cost/Cost.svelte'
import Blocked from '../../verification/profile/Blocked.svelte'
import ExplanationText from '../../verification/profile/ExplanationText.svelte'
import Greeting from '../../verification/profile/Greeting.svelte'
import Links from '../../verification/profile/Links.svelte'
import Profile from '../../verification/profile/Profile.svelte'
import { anAppState, aLinkState } from '../desk.ts'
import { presenceHandlers, presenceModes } from '../presence.ts'
import Pane from './Pane.svelte'

/**
 * One screen about one number, to look at: `/testing/harness/presence.html?show=profile&theme=dark&language=en`.
 * `show=profile|links|blocked|greeting|explanation|cost`, `mode=stale|empty|failed|never`, `role=supervisor`.
 */
const given = new URLSearchParams(location.search)
const screens = { profile: Profile, links: Links, blocked: Blocked, greeting: Greeting, explanation: ExplanationText, cost: Cost } // prettier-ignore
const shown = Object.entries(screens).find(([name]) => name === given.get('show'))?.[1] ?? Profile
const mode = presenceModes.find((one) => one === given.get('mode')) ?? 'ready'
const role = given.get('role') === 'supervisor' ? 'supervisor' : 'administrator'
const language = given.get('language') === 'en' ? 'en' : 'de'
applyTheme(given.get('theme') === 'dark' ? 'dark' : 'light')()
setLanguage(language)

const [first, second] = [anId<NumberId>(), anId<NumberId>()]
const numbers = [
  aNumber({ id: first, isOfficial: true }),
  aNumber({ id: second, displayPhone: '+49 421 5566 120', name: 'Nordwerk Werkstatt' }),
]
const user = aUser({ role })
const { wire } = loopback({
  'app.state': () => anAppState({ user }),
  'link.state': () => aLinkState(),
  'settings.get': () => ({ language, theme: 'light' }),
  'directory.all': () => ({ users: [user], teams: [], labels: [], numbers }),
  'inbox.views': () => [],
  ...presenceHandlers([first, second], mode),
})
const api = createApi(wire)
const shared = new Shared(api)
shared.open()
startClock()
const pane = Pane as Component<Record<string, unknown>> // its props stand below
mount(pane, { target: document.body, props: { shown, numberId: first, api, shared } })
mount(Toasts, { target: document.body })
mount(Tooltips, { target: document.body })
