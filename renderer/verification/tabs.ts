import type { Component } from 'svelte'
import type { Verb } from '../../core/domain/can.ts'
import type { NumberId } from '../../core/domain/ids.ts'
import type { TextKey } from '../../core/text/catalogue.ts'

type Tab = {
  /** As it stands in the address. */
  key: string
  name: Extract<TextKey, `numbers.tab-${string}`>
  /** Whoever may not is not offered it. */
  verb?: Verb
  load: () => Promise<{ default: Component<{ numberId: NumberId }> }>
}

/** What there is to see of a number, each part fetched when it is opened. One more is a line here and a text. */
export const tabs: readonly [Tab, ...Tab[]] = [
  { key: 'overview', name: 'numbers.tab-overview', load: () => import('./Overview.svelte') },
  { key: 'profile', name: 'numbers.tab-profile', load: () => import('./profile/Profile.svelte') },
  {
    key: 'greeting',
    name: 'numbers.tab-greeting',
    load: () => import('./profile/Greeting.svelte'),
  },
  { key: 'links', name: 'numbers.tab-links', load: () => import('./profile/Links.svelte') },
  {
    key: 'explanation',
    name: 'numbers.tab-explanation',
    load: () => import('./profile/ExplanationText.svelte'),
  },
  {
    key: 'blocked',
    name: 'numbers.tab-blocked',
    verb: 'read-blocked',
    load: () => import('./profile/Blocked.svelte'),
  },
  {
    key: 'cost',
    name: 'numbers.tab-cost',
    verb: 'read-cost',
    load: () => import('./cost/Cost.svelte'),
  },
]
