import { cleanup, render } from '@testing-library/svelte'
import type { Component } from 'svelte'
import { afterEach } from 'vitest'
import { createApi, type Wire } from '../../core/contract/client.ts'
import { Shared } from '../bridge/shared.ts'
import { setLanguage } from '../ui/i18n.svelte.ts'
import { standInForBrowser } from './browser.ts'
import Show from './Show.svelte'

standInForBrowser()
let close: (() => void) | undefined

afterEach(() => {
  close?.()
  close = undefined
  cleanup()
  setLanguage('de')
})

/**
 * Mounts a component on a wire, in German, with the shared state App keeps. What the wire does not answer stays
 * unknown. Taken down after each test.
 */
export function show<Props extends Record<string, unknown>>(
  shown: Component<Props>,
  given: Props,
  wire: Wire,
) {
  const api = createApi(wire)
  const shared = new Shared(api)
  close = shared.open()
  const { container, rerender, unmount } = render(
    Show as unknown as Component<Record<string, unknown>>, // its props follow from `shown`, which render cannot see
    { props: { shown, given, api, shared } },
  )
  return {
    api,
    shared,
    container,
    unmount,
    /** Gives it other props. */
    change: (next: Props) => rerender({ shown, given: next, api, shared }),
  }
}
