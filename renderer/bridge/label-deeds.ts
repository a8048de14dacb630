import type { Api } from '../../core/contract/client.ts'
import type { ConversationId } from '../../core/domain/ids.ts'
import type { Label } from '../../core/domain/label.ts'
import { t } from '../ui/i18n.svelte.ts'
import { showToast } from '../ui/toasts.svelte.ts'
import { attempt } from './deeds.ts'

/** A conversation as the screen shows it. */
export type Labelled = { conversationId: ConversationId; name: string }
/** A label that was put on or taken off. */
export type LabelChange = { label: Label; isOn: boolean }

/** Puts a label on or takes it off. @throws AppError as the deed does */
export async function setLabel(
  api: Api,
  { conversationId }: Labelled,
  { label, isOn }: LabelChange,
): Promise<void> {
  await api.call(isOn ? 'label.add' : 'label.remove', { conversationId, labelId: label.id })
}

/** Says what was changed, and offers to take all of it back. */
export function offerLabelsBack(api: Api, shown: Labelled, changes: readonly LabelChange[]): void {
  if (changes.length === 0) return
  const back = async () => {
    for (const { label, isOn } of changes.toReversed()) {
      await setLabel(api, shown, { label, isOn: !isOn })
    }
  }
  const run = () => void attempt(back)
  const action = { label: t('common.undo'), run }
  showToast({ text: textOf(shown.name, changes), isUndo: true, action })
}

function textOf(name: string, [first, ...others]: readonly LabelChange[]): string {
  if (first === undefined || others.length > 0) return t('inbox.labelsChanged', { name })
  const label = first.label.name
  return t(first.isOn ? 'inbox.labelAdded' : 'inbox.labelRemoved', { name, label })
}
