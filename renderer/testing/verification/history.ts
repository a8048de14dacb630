import type { HistoryEntry } from '../../../core/domain/ledger.ts'
import type { VerificationChange } from '../../../core/domain/verification-change.ts'
import { anId } from '../../../core/testing/examples.ts'
import { entryOf } from '../../../core/verification/history.ts'
import { dayMs } from './rows.ts'

/** A change of the number, heard of by a webhook. */
export function aChange(given: Partial<VerificationChange> = {}): VerificationChange {
  return {
    id: anId<string>(),
    at: new Date().toISOString(),
    kind: 'quality',
    source: 'webhook',
    about: { kind: 'number', id: null, name: '+49 40 3006 8810' },
    fact: null,
    event: null,
    deed: null,
    what: null,
    before: null,
    after: null,
    by: null,
    code: null,
    ...given,
  }
}

/** The drawing's story, newest first: the quality fell after a template had. */
export function aHistory(nowMs: number): HistoryEntry[] {
  const ago = (days: number) => new Date(nowMs - days * dayMs).toISOString()
  const account = { kind: 'account', id: '102000000000001', name: 'Nordwerk' } as const
  const template = { kind: 'template', id: null, name: 'herbst_angebot' } as const
  return [
    aChange({ at: ago(5), fact: 'quality', before: 'GREEN', after: 'YELLOW' }),
    aChange({ at: ago(5.8), kind: 'template', about: template, before: 'GREEN', after: 'YELLOW' }),
    aChange({
      at: ago(53),
      kind: 'limit',
      about: account,
      fact: 'messagingLimit',
      before: 'TIER_2K',
      after: 'TIER_10K',
    }),
    aChange({ at: ago(165), kind: 'deed', source: 'person', deed: 'set-pin', by: 'Maren Lorenz' }),
    aChange({
      at: ago(290),
      kind: 'name',
      fact: 'nameStatus',
      before: 'PENDING_REVIEW',
      after: 'APPROVED',
    }),
    aChange({
      at: ago(293),
      kind: 'business',
      source: 'check',
      about: account,
      fact: 'verification',
      before: 'pending',
      after: 'verified',
    }),
  ].map(entryOf)
}
