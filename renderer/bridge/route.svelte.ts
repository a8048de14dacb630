import type { InboxView } from '../../core/contract/views.ts'
import { numberHash, parseArea, type Area } from './areas.ts'

/** What the address says: which view of the inbox, which conversation is open in it, and what is looked for there. */
export type Route = {
  view: InboxView
  conversationId: string | null
  /** Shown once the conversation is there, and then no longer in the address. */
  messageId: string | null
}

const kinds = ['mine', 'snoozed', 'unassigned', 'open', 'waiting', 'resolved', 'drafts'] as const
const teamPrefix = 'team-'
const labelPrefix = 'label-'

/** `#/inbox/mine/<id>`, with `/<message id>` behind it where one is looked for → route. Whatever it does not know is the person's own inbox. */
export function parseRoute(hash: string): Route {
  const [area, view = '', conversation = '', message = ''] = hash.replace(/^#\/?/, '').split('/')
  if (area !== 'inbox' || conversation === '') {
    const kept: InboxView = area === 'inbox' ? parseView(view) : { kind: 'mine' }
    return { view: kept, conversationId: null, messageId: null }
  }
  return {
    view: parseView(view),
    conversationId: conversation,
    messageId: message === '' ? null : message,
  }
}

export function hashOf({ view, conversationId, messageId }: Route): string {
  const inside = [conversationId, messageId].filter((id) => id !== null)
  return `#/inbox/${[viewKey(view), ...inside].join('/')}`
}

/** A view as one word, as it stands in the address. */
export function viewKey(view: InboxView): string {
  if (view.kind === 'label') return `${labelPrefix}${view.labelId}`
  return view.kind === 'team' ? `${teamPrefix}${view.teamId}` : view.kind
}

function parseView(key: string): InboxView {
  if (key.startsWith(teamPrefix)) return { kind: 'team', teamId: key.slice(teamPrefix.length) }
  if (key.startsWith(labelPrefix)) return { kind: 'label', labelId: key.slice(labelPrefix.length) }
  const kind = kinds.find((known) => known === key)
  return { kind: kind ?? 'mine' }
}

let current = $state.raw<Route>(parseRoute(location.hash))
let currentArea = $state.raw<Area>(parseArea(location.hash))

/** Where the person is in the inbox, or was before they left it; what reads it follows. */
export function route(): Route {
  return current
}

/** Which area the person is in; what reads it follows. */
export function area(): Area {
  return currentArea
}

/** Goes there in the inbox. `replace` leaves no step to go back to: for moving through a list. */
export function goTo(next: Partial<Route>, how: 'push' | 'replace' = 'push'): void {
  go(hashOf({ ...current, messageId: null, ...next }), how)
}

/** Goes to one of our numbers in the verification, or to the whole of it. */
export function goToNumber(
  numberId: string | null,
  tab: string | null = null,
  how: 'push' | 'replace' = 'push',
): void {
  go(numberHash(numberId, tab), how)
}

function go(hash: string, how: 'push' | 'replace'): void {
  if (hash === location.hash) return
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', hash)
  follow()
}

/** Follows back, forward and typed addresses until the returned function is called. */
export function followRoute(): () => void {
  follow()
  window.addEventListener('hashchange', follow)
  window.addEventListener('popstate', follow)
  return () => {
    window.removeEventListener('hashchange', follow)
    window.removeEventListener('popstate', follow)
  }
}

function follow(): void {
  const nextArea = parseArea(location.hash)
  if (nextArea.name !== 'inbox' || currentArea.name !== 'inbox') currentArea = nextArea
  if (nextArea.name !== 'inbox') return
  const next = parseRoute(location.hash)
  const isSameView = viewKey(next.view) === viewKey(current.view)
  const isSamePlace = next.conversationId === current.conversationId
  if (isSameView && isSamePlace && next.messageId === current.messageId) return
  current = isSameView ? { ...next, view: current.view } : next
}
