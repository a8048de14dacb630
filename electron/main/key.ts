import { app, dialog, safeStorage } from 'electron'
import type { Language } from '../../core/contract/views.ts'
import { askAboutKey, passwordStoreOf } from './key-dialog.ts'
import { createKey, findKey, keyringOf, setKeyAside } from './keyring.ts'

/**
 * The key of this installation; asks the person where it cannot be had just so.
 *
 * @returns null when the app is to end
 */
export async function obtainKey(
  path: string,
  language: Language,
  acceptsUnprotected: boolean,
): Promise<Buffer | null> {
  const keyring = keyringOf(safeStorage, process.platform)
  for (;;) {
    const found = await findKey(path, keyring)
    if (found.kind === 'ready') return found.key
    if (found.kind === 'unprotected' && acceptsUnprotected) return createKey(path, keyring)
    const { choices, question } = askAboutKey(found, language)
    const { response } = await dialog.showMessageBox(question)
    switch (choices[response]) {
      case 'accept':
        return createKey(path, keyring)
      case 'start-over':
        setKeyAside(path, Date.now())
        break
      case 'relaunch':
        if (found.kind !== 'moved') return null
        app.relaunch({
          args: [...process.argv.slice(1), `--password-store=${passwordStoreOf(found.from)}`],
        })
        return null
      case 'retry':
        break
      default:
        return null
    }
  }
}
