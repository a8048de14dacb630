import type { Handlers } from '../../../core/contract/contract.ts'
import type { GeneralSignal } from '../../../core/contract/repeatable.ts'
import type { LabelId } from '../../../core/domain/ids.ts'
import { labelKey, type Label } from '../../../core/domain/label.ts'
import { AppError } from '../../../core/lib/errors.ts'
import { present } from '../../../core/lib/present.ts'
import type { World } from './world.ts'

type Labels = Pick<Handlers, Extract<keyof Handlers, `label.${string}`>>

/** Labels as the server keeps them; without a line, only what needs none. */
export function labelHandlers(
  world: World,
  isOnline: boolean,
  signal: (name: GeneralSignal) => void,
): Labels {
  const inUse = () => {
    if (!isOnline) throw new AppError('offline', 'as wished')
    return world.views.directory().labels
  }
  const known = (id: LabelId): Label => {
    const label = inUse().find((one) => one.id === id)
    if (label === undefined) throw new AppError('not-found', 'no such label')
    return label
  }
  const put = (label: Label): Label => {
    const isTaken = inUse().some(
      ({ id, name }) => id !== label.id && labelKey(name) === labelKey(label.name),
    )
    if (isTaken) throw new AppError('already-exists', 'taken')
    world.put({ entity: 'label', row: label })
    signal('directory.changed')
    signal('inbox.changed')
    return label
  }
  return {
    'label.add': (args) => {
      world.perform('label.add', args)
      return null
    },
    'label.remove': (args) => {
      world.perform('label.remove', args)
      return null
    },
    'label.list': () =>
      inUse().map((label) => ({
        ...label,
        conversations: world.views.page({ kind: 'label', labelId: label.id }, 1).total,
      })),
    'label.create': (given) => put({ id: world.newId<LabelId>(), ...given }),
    'label.change': ({ labelId, ...given }) => put({ ...known(labelId), ...present(given) }),
    'label.delete': ({ labelId }) => {
      put({ ...known(labelId), deletedAtMs: Date.now() })
      return null
    },
  }
}
