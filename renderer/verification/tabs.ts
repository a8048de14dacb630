import type { Component } from 'svelte'
import type { NumberId } from '../../core/domain/ids.ts'
import type { TextKey } from '../../core/text/catalogue.ts'

type Tab = {
  /** As it stands in the address. */
  key: string
  name: Extract<TextKey, `numbers.tab-${string}`>
  load: () => Promise<{ default: Component<{ numberId: NumberId }> }>
}

/** What there is to see of a number, each part fetched when it is opened. One more is a line here and a text. */
export const tabs: readonly [Tab, ...Tab[]] = [
  { key: 'overview', name: 'numbers.tab-overview', load: () => import('./Overview.svelte') },
]
