import type { Session } from 'electron'
import { APP_ORIGIN } from './app-files.ts'

/** What the console itself may do: tell of new messages, and copy text when asked to. Everything else is denied. */
const allowed: ReadonlySet<string> = new Set(['notifications', 'clipboard-sanitized-write'])

export function isPermitted(permission: string, origin: string): boolean {
  return allowed.has(permission) && (origin === APP_ORIGIN || origin.startsWith(`${APP_ORIGIN}/`))
}

/** Denies by default, and keeps the page off the network: only its own scheme and what it holds in memory. */
export function shutIn(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(isPermitted(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isPermitted(permission, origin),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  session.webRequest.onBeforeRequest(({ url }, decide) =>
    decide({ cancel: !/^(app|blob|data|devtools):/.test(url) }),
  )
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${APP_ORIGIN}/`)) event.preventDefault()
  })
  // Spelling comes from the operating system; dictionaries are not fetched from anybody.
  session.setSpellCheckerDictionaryDownloadURL('https://127.0.0.1:1/')
}
