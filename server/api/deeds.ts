import { AppError } from '../../core/lib/errors.ts'
import type { Actor } from '../auth/auth.ts'
import { mutate } from '../log/mutate.ts'
import type { LogTx } from '../log/transaction.ts'

/** Does what a console would push. @throws AppError with the mutator's code and details when it refuses */
export async function doDeed(tx: LogTx, actor: Actor, name: string, args: object): Promise<void> {
  const outcome = await mutate(tx, actor.user, name, args)
  if (outcome.ok) return
  const { code, details } = outcome
  const { at, reason } = details ?? {}
  const isNamed = typeof at === 'string' && typeof reason === 'string'
  const named = isNamed ? `: ${at} ${reason}` : ''
  throw new AppError(code, `${name} was refused${named}`, details === undefined ? {} : { details })
}
