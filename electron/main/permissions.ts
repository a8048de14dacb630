import { app, systemPreferences, type Session, type WebContents } from 'electron'
import { APP_ORIGIN } from './app-files.ts'
import { isPermitted } from './permitted.ts'

/** When somebody last pressed something in each window. */
const acted = new WeakMap<WebContents, number>()
const acts: ReadonlySet<string> = new Set(['mouseDown', 'rawKeyDown', 'keyDown', 'touchStart'])

/** Denies by default, and keeps the page off the network: only its own scheme and what it holds in memory. */
export function shutIn(session: Session): void {
  watchActs()
  session.setPermissionRequestHandler((contents, permission, decide, details) => {
    const kinds = 'mediaTypes' in details ? details.mediaTypes : undefined
    if (!mayNow(contents, permission, details.requestingUrl, kinds)) return decide(false)
    if (permission !== 'media' || process.platform !== 'darwin') return decide(true)
    void systemPreferences.askForMediaAccess('microphone').then(decide)
  })
  session.setPermissionCheckHandler((contents, permission, origin, { mediaType }) =>
    mayNow(contents, permission, origin, mediaType === undefined ? undefined : [mediaType]),
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

function watchActs(): void {
  app.on('web-contents-created', (_event, contents) =>
    contents.on('input-event', (_input, { type }) => {
      if (acts.has(type)) acted.set(contents, Date.now())
    }),
  )
}

function mayNow(
  contents: WebContents | null,
  permission: string,
  origin: string,
  kinds: readonly string[] | undefined,
): boolean {
  return isPermitted(permission, {
    origin,
    ...(kinds === undefined ? {} : { kinds }),
    actedAtMs: contents === null ? undefined : acted.get(contents),
    nowMs: Date.now(),
  })
}
