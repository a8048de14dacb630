import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { APP_ORIGIN } from './app-files.ts'
import { MIN_HEIGHT, MIN_WIDTH, placeWindow } from './bounds.ts'
import type { openKept } from './kept.ts'

/** --bg-app and --ink-1 of the two themes, so that nothing flashes before the page has drawn. */
const colours = {
  light: { background: '#f2f1ed', symbol: '#152025' },
  dark: { background: '#0c1216', symbol: '#eaeae5' },
}

/** The height of the page's own title bar. */
const TITLE_BAR_PX = 36
const SAVE_DELAY_MS = 400

/** The page draws its own title bar where the system lets its window buttons lie on it. */
const titleBarStyles: { [P in NodeJS.Platform]?: 'hidden' | 'hiddenInset' } = {
  win32: 'hidden',
  darwin: 'hiddenInset',
}

/** The console's window, where and how large it was last time. */
export function openWindow(kept: ReturnType<typeof openKept>): BrowserWindow {
  const { background, symbol } = currentColours()
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  const areas = [primary, ...others].map(({ workArea }) => workArea)
  const { x, y, width, height } = placeWindow(kept.get().bounds, areas)
  const window = new BrowserWindow({
    x,
    y,
    width,
    height,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Kontor',
    backgroundColor: background,
    autoHideMenuBar: true,
    titleBarStyle: titleBarStyles[process.platform] ?? 'default',
    titleBarOverlay: process.platform === 'win32' && {
      color: background,
      symbolColor: symbol,
      height: TITLE_BAR_PX,
    },
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
      devTools: !app.isPackaged,
    },
  })
  if (kept.get().isMaximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.webContents.on('did-finish-load', () => window.webContents.setZoomFactor(kept.get().zoom))
  rememberPlace(window, kept)
  followTheme(window)
  void window.loadURL(`${APP_ORIGIN}/`)
  return window
}

function rememberPlace(window: BrowserWindow, kept: ReturnType<typeof openKept>): void {
  let timer: NodeJS.Timeout | undefined
  const save = () => {
    clearTimeout(timer)
    kept.set({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() })
  }
  const saveSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_DELAY_MS)
  }
  window.on('resize', saveSoon)
  window.on('move', saveSoon)
  window.on('maximize', saveSoon)
  window.on('unmaximize', saveSoon)
  window.on('close', save)
}

function followTheme(window: BrowserWindow): void {
  const repaint = () => {
    const { background, symbol } = currentColours()
    window.setBackgroundColor(background)
    if (process.platform === 'win32') {
      window.setTitleBarOverlay({ color: background, symbolColor: symbol, height: TITLE_BAR_PX })
    }
  }
  nativeTheme.on('updated', repaint)
  window.on('closed', () => nativeTheme.off('updated', repaint))
}

function currentColours() {
  return nativeTheme.shouldUseDarkColors ? colours.dark : colours.light
}
