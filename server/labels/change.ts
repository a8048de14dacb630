import type { LabelId } from '../../core/domain/ids.ts'
import { isInUse, labelKey, labelNameFrom, type Label } from '../../core/domain/label.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'

/** @throws AppError already-exists */
export async function createLabel(log: Log, given: Label): Promise<Label> {
  return log.write((tx) => put(tx, given))
}

/** @throws AppError not-found, already-exists */
export async function changeLabel(
  log: Log,
  id: LabelId,
  given: Partial<Pick<Label, 'name' | 'tone'>>,
): Promise<Label> {
  return log.write(async (tx) => put(tx, { ...(await existing(tx, id)), ...given }))
}

/**
 * Takes a label out of use. Conversations keep its id, which from then on says nothing: none of them is written, so
 * a label of many thousand is deleted as quickly as one of none.
 *
 * @throws AppError not-found
 */
export async function deleteLabel(log: Log, id: LabelId): Promise<void> {
  await log.write(async (tx) => {
    const label = await existing(tx, id)
    tx.put({ entity: 'label', row: { ...label, deletedAtMs: tx.nowMs } })
  })
}

async function put(tx: LogTx, given: Label): Promise<Label> {
  const label: Label = { ...given, name: labelNameFrom(given.name) }
  await checkName(tx, label)
  tx.put({ entity: 'label', row: label })
  return label
}

async function existing(tx: LogTx, id: LabelId): Promise<Label> {
  const label = await tx.get('label', id)
  if (label === undefined || !isInUse(label)) throw new AppError('not-found', 'no such label')
  return label
}

async function checkName(tx: LogTx, wanted: Label): Promise<void> {
  const key = labelKey(wanted.name)
  const isTaken = (await tx.list('label')).some(
    (label) => label.id !== wanted.id && isInUse(label) && labelKey(label.name) === key,
  )
  if (isTaken) {
    throw new AppError('already-exists', 'a label has this name', { details: { at: '/name' } })
  }
}
