import { isInUse, labelKey, type Label } from '../../core/domain/label.ts'
import type { LabelId } from '../../core/domain/ids.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'

/** The label in use with this id or name. */
export async function labelNamed(db: Database, wanted: string): Promise<LabelId | undefined> {
  const rows = await db.selectFrom('label').select('data').where('deleted_at', 'is', null).execute()
  const labels = rows.map(({ data }) => data)
  return among(labels, wanted)?.id
}

/**
 * The labels of these ids and names, each once.
 *
 * @throws AppError label-gone
 */
export async function labelsIn(tx: LogTx, wanted: readonly string[]): Promise<LabelId[]> {
  const labels = await tx.list('label')
  const ids = wanted.map((one, index) => {
    const label = among(labels, one)
    if (label !== undefined) return label.id
    throw new AppError('label-gone', 'no such label', { details: { at: `/labels/${index}` } })
  })
  return [...new Set(ids)]
}

function among(labels: readonly Label[], wanted: string): Label | undefined {
  const key = labelKey(wanted)
  const inUse = labels.filter(isInUse)
  return inUse.find(({ id }) => id === wanted) ?? inUse.find(({ name }) => labelKey(name) === key)
}
