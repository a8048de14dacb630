import type { Api } from '../../core/contract/client.ts'
import type { Settings } from '../../core/contract/views.ts'
import { errorText } from '../bridge/error-text.ts'
import type { Shared } from '../bridge/shared.ts'
import { showToast } from '../ui/toasts.svelte.ts'

/** Keeps a choice of the person on this machine, and shows it at once. */
export async function changeSettings(
  api: Api,
  shared: Shared,
  change: Partial<Settings>,
): Promise<void> {
  try {
    shared.settings.put(await api.call('settings.set', change))
  } catch (error) {
    showToast({ text: errorText(error), tone: 'bad' })
  }
}
