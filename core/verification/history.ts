import type { HistoryEntry } from '../domain/ledger.ts'
import type { Phrase } from '../domain/phrase.ts'
import type { VerificationChange } from '../domain/verification-change.ts'
import { hasText } from '../text/say.ts'
import { limitOf } from './limit.ts'
import { listed, phrase, worded } from './phrase.ts'
import {
  accountWords,
  businessWords,
  codeWords,
  healthWords,
  meaningOf,
  nameWords,
  officialWords,
  qualityWords,
  reviewWords,
  statusWords,
  throughputWords,
} from './words.ts'

/** A change in words: what turned, from what to what. */
export function entryOf(change: VerificationChange): HistoryEntry {
  const { id, at, kind, source, about, before, after, by } = change
  const said = (word: string | null) => (word === null ? null : valueText(change, word))
  return {
    id,
    atMs: Date.parse(at),
    kind,
    kindLabel: phrase(`verification.kind-${kind}`),
    source,
    sourceLabel: phrase(`verification.source-${source}`, { name: by ?? '–' }),
    about: { kind: about.kind, name: about.name },
    title: titleOf(change),
    before: said(before),
    after: said(after),
    by,
  }
}

/** What people did is said by its deed, what turned by its fact, and what only WhatsApp has a word for by that. */
function titleOf({ about, fact, event, deed, what, code, source }: VerificationChange): Phrase {
  if (deed !== null) return deedText(deed, what, code)
  if (about.kind === 'template') {
    return phrase('verification.template-change', { name: about.name })
  }
  const key = `verification.event-${event ?? ''}`
  if (source === 'webhook' && hasText(key)) return { key, values: { what: whatText(what) } }
  if (fact !== null) return worded(`verification.fact-${fact}`, fact)
  return { raw: event ?? 'WhatsApp' }
}

function deedText(deed: string, what: string | null, code: string | null): Phrase {
  const key = `verification.deed-${deed}`
  const done: Phrase = hasText(key) ? { key, values: { what: what ?? '' } } : { raw: deed }
  return code === null ? done : phrase('verification.deed-refused', { deed: done, code })
}

/** Restrictions come several at a time, joined by commas. */
function whatText(what: string | null): Phrase {
  if (what === null) return phrase('verification.unknown')
  return listed(what.split(',').map((one) => worded(`verification.restriction-${one}`, one)))
}

const numberWords = {
  nameStatus: nameWords,
  requestedNameStatus: nameWords,
  officialStatus: officialWords,
  quality: qualityWords,
  throughput: throughputWords,
  codeVerification: codeWords,
  canSend: healthWords,
  verification: businessWords,
  reviewStatus: reviewWords,
  status: statusWords,
}

function valueText({ fact, about }: VerificationChange, word: string): Phrase {
  if (word === 'true') return phrase('verification.yes')
  if (word === 'false') return phrase('verification.no')
  if (about.kind === 'template') return meaningOf(qualityWords, word).value
  if (fact === 'messagingLimit') return limitText(word)
  if (fact === 'status' && about.kind === 'account') return meaningOf(accountWords, word).value
  const words = Object.entries(numberWords).find(([name]) => name === fact)?.[1]
  return words === undefined ? { raw: word } : meaningOf(words, word).value
}

function limitText(word: string): Phrase {
  const contacts = limitOf(word)
  if (contacts === undefined) return { raw: word }
  return contacts === Infinity
    ? phrase('verification.unlimited')
    : phrase('verification.limit-contacts', { contacts })
}
