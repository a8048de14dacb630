import type { NumberId } from '../../core/domain/ids.ts'
import type { LogTx } from '../log/transaction.ts'
import { findAround, findReactionIds, type Found, type MessageKey } from './find.ts'
import { Fold } from './fold.ts'
import type { Happening } from './happening.ts'
import { namesIn, type Names } from './names.ts'

/** Loads everything these happenings may touch, in one question, or three where there are reactions. */
export async function loadFold(
  tx: LogTx,
  happenings: readonly Happening[],
  newId: () => string,
): Promise<Fold> {
  const names = namesIn(happenings)
  const found = await findAround(tx, names)
  const reactedTo = reactionTargets(names, found)
  const around =
    reactedTo.length === 0
      ? []
      : [await findAround(tx, { messageIds: await findReactionIds(tx, reactedTo) })]
  const known = [found, ...around]
  return new Fold(
    tx,
    {
      numbers: found.numbers,
      aliases: found.aliases,
      conversations: known.flatMap(({ conversations }) => conversations),
      messages: known.flatMap(({ messages }) => messages),
    },
    newId,
  )
}

/** What reactions point at, those that are told of and those that are known: it shows them, with others on it. */
function reactionTargets({ targets }: Names, { numbers, messages }: Found): MessageKey[] {
  const ids = new Map(numbers.map(({ phoneNumberId, id }) => [phoneNumberId, id]))
  const key = (numberId: NumberId | undefined, wamid: string | undefined) =>
    numberId === undefined || wamid === undefined ? [] : [{ numberId, wamid }]
  return [
    ...targets.flatMap(({ on, wamid }) => key(ids.get(on.phoneNumberId), wamid)),
    ...messages.flatMap(({ numberId, reaction }) => key(numberId, reaction?.wamid)),
  ]
}
