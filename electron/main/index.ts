import { join, resolve } from 'node:path'
import { app, BrowserWindow, Menu, nativeTheme, session } from 'electron'
import type { Language, Settings } from '../../core/contract/views.ts'
import type { RemoteHost } from '../../core/contract/remote-host.ts'
import { startHost } from './host-process.ts'
import { connectWindow } from './ipc.ts'
import { obtainKey } from './key.ts'
import { openKept } from './kept.ts'
import { editItems, menuTemplate, nextZoom } from './menu.ts'
import { denyNavigation } from './navigation.ts'
import { shutIn } from './permissions.ts'
import { readPolicy } from './policy.ts'
import { registerAppScheme, serveApp } from './protocol.ts'
import { openWindow } from './window.ts'

/** Named on the command line, so that two consoles with different folders run side by side. */
const ownFolder = app.commandLine.getSwitchValue('user-data-dir')
if (ownFolder !== '') app.setPath('userData', resolve(ownFolder))

app.setName('Kontor')
app.setAppUserModelId('app.kontor.desktop')
// Every window asks for the sandbox; this asks for all that may come. Chromium has none to give to root.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
registerAppScheme()
denyNavigation()

if (app.requestSingleInstanceLock()) void app.whenReady().then(run)
else app.quit()

async function run(): Promise<void> {
  const folder = app.getPath('userData')
  const kept = openKept(join(folder, 'window.json'))
  const language = (): Language =>
    kept.get().language ?? (app.getLocale().startsWith('de') ? 'de' : 'en')
  const { acceptsUnprotected, ...server } = readPolicy(process.platform, process.env)
  const key = await obtainKey(join(folder, 'key.json'), language(), acceptsUnprotected)
  if (key === null) return app.quit()
  const host = startHost({ folder, language: app.getLocale(), ...server }, key)
  nativeTheme.themeSource = kept.get().theme
  shutIn(session.defaultSession)
  serveApp(join(import.meta.dirname, '../renderer'))

  const zoomBy = (step: 1 | -1 | 0) => {
    kept.set({ zoom: nextZoom(kept.get().zoom, step) })
    for (const { webContents } of BrowserWindow.getAllWindows()) {
      webContents.setZoomFactor(kept.get().zoom)
    }
  }
  const showMenu = () =>
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(menuTemplate(language(), process.platform, zoomBy)),
    )

  const open = () => {
    const window = openWindow(kept)
    connectWindow(window, host.remote)
    window.webContents.on('zoom-changed', (_event, direction) =>
      zoomBy(direction === 'in' ? 1 : -1),
    )
    window.webContents.on('context-menu', (_event, { isEditable, selectionText }) => {
      if (!isEditable && selectionText === '') return
      Menu.buildFromTemplate(editItems(language())).popup({ window })
    })
  }

  followSettings(host.remote, ({ language, theme }) => {
    kept.set({ language, theme })
    nativeTheme.themeSource = theme
    showMenu()
  })
  showMenu()
  open()

  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open()
  })
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) return open()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  app.once('will-quit', (event) => {
    event.preventDefault()
    void host.stop().finally(() => app.quit())
  })
}

/** The host holds the settings; the window's frame and the menu follow them. */
function followSettings(remote: RemoteHost, follow: (settings: Settings) => void): void {
  const ask = async () => {
    const reply = await remote.request('settings.get', {})
    if (reply.ok) follow(reply.value as Settings) // the host's handler was compiled against this type
  }
  remote.subscribe('settings.changed', () => void ask())
  void ask()
}
