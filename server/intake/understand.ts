import type { Platform } from '../../core/lib/clock.ts'
import type { LogTx } from '../log/transaction.ts'
import { parseBody } from '../whatsapp/json.ts'
import { numberAt } from '../whatsapp/number-at.ts'
import { translate } from '../whatsapp/translate.ts'
import { apply } from './apply.ts'
import { putAside, type Call } from './calls.ts'
import type { Fold } from './fold.ts'
import type { Part } from './happening.ts'
import { saveFold, writeParts, type LedgerRow } from './ledger.ts'
import { loadFold } from './load.ts'
import type { OnHeard, RememberMedia } from './ports.ts'
import type { Result } from './result.ts'

type UnderstandOptions = {
  clock: Platform
  onMedia: RememberMedia
  /** Templates are not what we know any more: the mirror has to look. */
  onTemplates?: () => void
  /** WhatsApp told something of numbers or accounts: there may be more to ask for. */
  onAccount?: () => void
  onHeard?: OnHeard
}

/** A part, and Meta's id of the number of ours it is about. */
type Addressed = Part & { phoneNumberId: string | undefined }

/** A call and what it says; a reason when it could not be read at all. */
export type ReadCall = {
  id: number
  receivedAtMs: number
  parts: readonly Addressed[]
  reason: string | undefined
}

export function readCall({ id, receivedAtMs, body }: Call): ReadCall {
  const parsed =
    body === null ? { ok: false as const, reason: 'its body is no longer kept' } : parseBody(body)
  if (parsed.ok) {
    const { value } = parsed
    const parts = translate(value).map((part) => addressed(part, value))
    return { id, receivedAtMs, parts, reason: undefined }
  }
  const { reason } = parsed
  const parts = [{ path: '', kind: 'body', failed: reason, phoneNumberId: undefined }]
  return { id, receivedAtMs, parts, reason }
}

function addressed(part: Part, body: unknown): Addressed {
  const on = 'happening' in part && 'on' in part.happening ? part.happening.on : undefined
  return { ...part, phoneNumberId: on?.phoneNumberId ?? numberAt(body, part.path) }
}

/** Folds these calls in their order and writes everything that follows, ledger included, in one transaction. */
export async function understandCalls(
  tx: LogTx,
  calls: readonly ReadCall[],
  { clock, onMedia, onTemplates, onAccount, onHeard }: UnderstandOptions,
): Promise<void> {
  if (calls.length === 0) return
  const parts = calls.flatMap(({ parts }) => parts)
  const happenings = parts.flatMap((part) => ('happening' in part ? [part.happening] : []))
  const fold = await loadFold(tx, happenings, () => clock.newId())
  const rows = calls.flatMap((call) => foldCall(fold, call))
  await saveFold(tx, fold, onMedia)
  if (fold.isTemplateNews) onTemplates?.()
  if (fold.isAccountNews) onAccount?.()
  await writeParts(tx, rows)
  await putAside(
    tx,
    calls.flatMap(({ id, reason }) => (reason === undefined ? [] : [{ id, reason }])),
  )
  for (const { receivedAtMs, parts } of calls) {
    const numbers = new Set(parts.flatMap(({ phoneNumberId }) => phoneNumberId ?? []))
    for (const number of numbers) onHeard?.(number, receivedAtMs)
  }
}

function foldCall(fold: Fold, { id, receivedAtMs, parts }: ReadCall): LedgerRow[] {
  fold.receivedAtMs = receivedAtMs
  return parts.map((part, index) => {
    fold.part = { callId: id, index }
    return {
      ...fold.part,
      path: part.path,
      kind: part.kind,
      phoneNumberId: part.phoneNumberId,
      result: resultOf(fold, part),
      ...('happening' in part ? { happening: part.happening } : {}),
    }
  })
}

function resultOf(fold: Fold, part: Part): Result {
  if ('happening' in part) return apply(fold, part.happening)
  if ('failed' in part) return { outcome: 'failed', reason: part.failed }
  return { outcome: 'ignored', reason: part.ignored }
}
