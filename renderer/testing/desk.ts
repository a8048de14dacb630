import type { Handlers } from '../../core/contract/contract.ts'
import type {
  AppState,
  InboxRow,
  LinkState,
  VerificationOverview,
} from '../../core/contract/views.ts'
import type { User } from '../../core/domain/people.ts'
import {
  aContact,
  aConversation,
  after,
  aMessage,
  aNumber,
  aUser,
  exampleNowMs,
} from '../../core/testing/examples.ts'
import { deedWarnings } from '../../core/verification/warnings.ts'

export const anna = aUser()

/** Where a signed-in console stands. */
export function anAppState(given: Partial<AppState> = {}): AppState {
  return {
    host: 'desktop',
    phase: 'ready',
    serverUrl: 'https://kontor.nordwerk.example',
    workspace: 'Nordwerk Service',
    user: anna,
    isServerManaged: false,
    ...given,
  }
}

export function aLinkState(given: Partial<LinkState> = {}): LinkState {
  const base = { isOnline: true, isSynced: true, waiting: 0, clockOffsetMs: 0, fetching: null }
  return { ...base, syncedAtMs: exampleNowMs, ...given }
}

/** A row of somebody who wrote one line. */
export function aRow(name: string, text = 'Guten Tag', given: Partial<InboxRow> = {}): InboxRow {
  const contact = aContact({ name })
  const begun = aConversation({ contactId: contact.id, assigneeId: anna.id })
  const said = aMessage({ text, author: { kind: 'contact', name } })
  return { conversation: after(begun, said), contact, unread: 0, draft: null, ...given }
}

/** No number yet. */
export function aNumbersOverview(given: Partial<VerificationOverview> = {}): VerificationOverview {
  const empty = { numbers: [], accounts: [], canAct: false, nowMs: exampleNowMs }
  return { ...empty, warnings: deedWarnings, ...given }
}

/** What a host answers while nothing happens: Anna is signed in and these rows are in her inbox. */
export function aDesk(rows: InboxRow[] = [], users: User[] = [anna]): Partial<Handlers> {
  return {
    'app.state': () => anAppState(),
    'link.state': () => aLinkState(),
    'settings.get': () => ({ language: 'de', theme: 'light' }),
    'directory.all': () => ({ users, teams: [], numbers: [aNumber()], labels: [] }),
    'inbox.views': () => [{ view: { kind: 'mine' }, count: rows.length, unread: 0 }],
    'inbox.page': () => ({ rows, total: rows.length }),
    'outbox.refusals': () => [],
    'verification.overview': () => aNumbersOverview(),
  }
}
