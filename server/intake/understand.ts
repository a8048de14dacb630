import type { Platform } from '../../core/lib/clock.ts'
import type { LogTx } from '../log/transaction.ts'
import { parseBody } from '../whatsapp/json.ts'
import { numberAt } from '../whatsapp/number-at.ts'
import { translate } from '../whatsapp/translate.ts'
import { apply } from './apply.ts'
import { finish, type Call } from './calls.ts'
import type { Fold } from './fold.ts'
import type { Part } from './happening.ts'
import { saveFold, writeParts, type LedgerRow } from './ledger.ts'
import { loadFold } from './load.ts'
import type { OnHeard, RememberMedia } from './ports.ts'
import type { Result } from './result.ts'

/** Understands these calls in their order and writes everything that follows, ledger included, in one transaction. */
export async function understandCalls(
  tx: LogTx,
  calls: readonly Call[],
  { clock, onMedia, onHeard }: { clock: Platform; onMedia: RememberMedia; onHeard?: OnHeard },
): Promise<void> {
  if (calls.length === 0) return
  const read = calls.map((call) => ({ call, ...readCall(call) }))
  const parts = read.flatMap(({ parts }) => parts)
  const happenings = parts.flatMap((part) => ('happening' in part ? [part.happening] : []))
  const fold = await loadFold(tx, happenings, () => clock.newId())
  const rows = read.flatMap(({ call, parts }) => foldCall(fold, call, parts))
  await saveFold(tx, fold, onMedia)
  await writeParts(tx, rows)
  await finish(
    tx,
    read.map(({ call, reason }) => ({ id: call.id, reason })),
  )
  for (const { call, parts } of read) {
    const numbers = new Set(parts.flatMap(({ phoneNumberId }) => phoneNumberId ?? []))
    for (const number of numbers) onHeard?.(number, call.received_at.getTime())
  }
}

/** A part, and Meta's id of the number of ours it is about. */
type Addressed = Part & { phoneNumberId: string | undefined }

function readCall({ body }: Call): { parts: Addressed[]; reason: string | undefined } {
  const parsed =
    body === null ? { ok: false as const, reason: 'its body is no longer kept' } : parseBody(body)
  if (parsed.ok) {
    const { value } = parsed
    const parts = translate(value).map((part) => ({
      ...part,
      phoneNumberId: numberAt(value, part.path),
    }))
    return { parts, reason: undefined }
  }
  const { reason } = parsed
  return { parts: [{ path: '', kind: 'body', failed: reason, phoneNumberId: undefined }], reason }
}

function foldCall(fold: Fold, call: Call, parts: readonly Addressed[]): LedgerRow[] {
  fold.receivedAtMs = call.received_at.getTime()
  return parts.map((part, index) => ({
    callId: call.id,
    index,
    path: part.path,
    kind: part.kind,
    phoneNumberId: part.phoneNumberId,
    result: resultOf(fold, part),
    ...('happening' in part ? { happening: part.happening } : {}),
  }))
}

function resultOf(fold: Fold, part: Part): Result {
  if ('happening' in part) return apply(fold, part.happening)
  if ('failed' in part) return { outcome: 'failed', reason: part.failed }
  return { outcome: 'ignored', reason: part.ignored }
}
