import type { Language } from '../../core/contract/views.ts'
import type { Found } from './keyring.ts'

/** What a person may decide when there is no key to open this computer's data with. */
export type KeyChoice = 'accept' | 'retry' | 'relaunch' | 'start-over' | 'quit'
type Trouble = Exclude<Found, { kind: 'ready' }>

const words = {
  de: {
    accept: 'Unverschlüsselt speichern',
    retry: 'Erneut versuchen',
    relaunch: 'Mit „{{from}}“ neu starten',
    'start-over': 'Neu beginnen',
    quit: 'Beenden',
    unprotected: 'Auf diesem Rechner gibt es keinen Schlüsselbund.',
    unprotectedMore:
      'Kontor kann die Unterhaltungen hier nicht geschützt speichern. Wer diesen Rechner oder seine Festplatte in die Hand bekommt, könnte sie lesen. Abhilfe: GNOME-Schlüsselbund oder KWallet einrichten.',
    locked: 'Der Schlüsselbund gibt den Schlüssel von Kontor nicht heraus.',
    lockedMore:
      'Den Schlüsselbund entsperren und es erneut versuchen. „Neu beginnen“ lädt alles neu vom Server; hier gespeicherte, noch nicht gesendete Nachrichten bleiben verschlossen liegen.',
    moved: 'Der Schlüssel von Kontor liegt in einem anderen Schlüsselbund ({{from}}).',
    movedMore:
      'Mit dem früheren Schlüsselbund neu starten, oder neu beginnen: Dann wird alles neu vom Server geladen; hier gespeicherte, noch nicht gesendete Nachrichten bleiben verschlossen liegen.',
    damaged: 'Die Schlüsseldatei von Kontor ist beschädigt.',
    damagedMore:
      'Beim Neubeginnen wird alles neu vom Server geladen. Die bisherigen Dateien werden zur Seite gelegt, nicht gelöscht.',
  },
  en: {
    accept: 'Store unencrypted',
    retry: 'Try again',
    relaunch: 'Restart with “{{from}}”',
    'start-over': 'Start over',
    quit: 'Quit',
    unprotected: 'There is no keyring on this computer.',
    unprotectedMore:
      'Kontor cannot protect the conversations it stores here. Whoever gets hold of this computer or its disk could read them. To change this, set up GNOME Keyring or KWallet.',
    locked: 'The keyring does not give out Kontor’s key.',
    lockedMore:
      'Unlock the keyring and try again. “Start over” loads everything from the server again; messages stored here that were not sent yet stay locked.',
    moved: 'Kontor’s key is in another keyring ({{from}}).',
    movedMore:
      'Restart with the former keyring, or start over: then everything is loaded from the server again; messages stored here that were not sent yet stay locked.',
    damaged: 'Kontor’s key file is damaged.',
    damagedMore:
      'Starting over loads everything from the server again. The files so far are put aside, not deleted.',
  },
} as const

const choicesOf: Record<Trouble['kind'], readonly KeyChoice[]> = {
  unprotected: ['accept', 'retry', 'quit'],
  locked: ['retry', 'start-over', 'quit'],
  moved: ['relaunch', 'start-over', 'quit'],
  damaged: ['start-over', 'quit'],
}

/** What to ask, and what each button means. The first is the default; the last is what closing the question means. */
export function askAboutKey(found: Trouble, language: Language) {
  const text = words[language]
  const from = found.kind === 'moved' ? found.from : ''
  const filled = (line: string) => line.replace('{{from}}', from)
  const choices = choicesOf[found.kind]
  return {
    choices,
    question: {
      type: 'warning' as const,
      title: 'Kontor',
      message: filled(text[found.kind]),
      detail: filled(text[`${found.kind}More`]),
      buttons: choices.map((choice) => filled(text[choice])),
      defaultId: 0,
      cancelId: choices.length - 1,
      noLink: true,
    },
  }
}

/** How Chromium is told to use a keyring it used before. */
export function passwordStoreOf(backend: string): string {
  return backend.replace('_', '-')
}
