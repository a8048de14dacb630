import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '../../core/contract/views.ts'

const words = {
  de: {
    file: 'Datei',
    edit: 'Bearbeiten',
    view: 'Ansicht',
    window: 'Fenster',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    pastePlain: 'Ohne Formatierung einfügen',
    selectAll: 'Alles auswählen',
    larger: 'Vergrößern',
    smaller: 'Verkleinern',
    actualSize: 'Originalgröße',
    fullScreen: 'Vollbild',
    minimise: 'Minimieren',
    close: 'Fenster schließen',
    about: 'Über Kontor',
    hide: 'Kontor ausblenden',
    quit: 'Kontor beenden',
  },
  en: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    pastePlain: 'Paste without formatting',
    selectAll: 'Select all',
    larger: 'Zoom in',
    smaller: 'Zoom out',
    actualSize: 'Actual size',
    fullScreen: 'Full screen',
    minimise: 'Minimise',
    close: 'Close window',
    about: 'About Kontor',
    hide: 'Hide Kontor',
    quit: 'Quit Kontor',
  },
} as const

/** Steps the zoom: up, down, or back to 100 %. */
export type Zoom = (step: 1 | -1 | 0) => void

/** The native menu: what a desktop expects, and nothing that opens a developer's tool. */
export function menuTemplate(
  language: Language,
  platform: NodeJS.Platform,
  zoom: Zoom,
): MenuItemConstructorOptions[] {
  const text = words[language]
  const divider: MenuItemConstructorOptions = { type: 'separator' }
  const quit: MenuItemConstructorOptions = { role: 'quit', label: text.quit }
  const first: MenuItemConstructorOptions =
    platform === 'darwin'
      ? {
          label: 'Kontor',
          submenu: [
            { role: 'about', label: text.about },
            divider,
            { role: 'hide', label: text.hide },
            quit,
          ],
        }
      : { label: text.file, submenu: [{ role: 'close', label: text.close }, quit] }
  return [
    first,
    {
      label: text.edit,
      submenu: [
        { role: 'undo', label: text.undo },
        { role: 'redo', label: text.redo },
        divider,
        ...editItems(language),
      ],
    },
    {
      label: text.view,
      submenu: [
        { label: text.larger, accelerator: 'CmdOrCtrl+Plus', click: () => zoom(1) },
        { label: text.smaller, accelerator: 'CmdOrCtrl+-', click: () => zoom(-1) },
        { label: text.actualSize, accelerator: 'CmdOrCtrl+0', click: () => zoom(0) },
        divider,
        { role: 'togglefullscreen', label: text.fullScreen },
      ],
    },
    {
      label: text.window,
      role: 'window',
      submenu: [
        { role: 'minimize', label: text.minimise },
        { role: 'close', label: text.close },
      ],
    },
  ]
}

/** What a right click on text offers. */
export function editItems(language: Language): MenuItemConstructorOptions[] {
  const text = words[language]
  return [
    { role: 'cut', label: text.cut },
    { role: 'copy', label: text.copy },
    { role: 'paste', label: text.paste },
    { role: 'pasteAndMatchStyle', label: text.pastePlain },
    { role: 'selectAll', label: text.selectAll },
  ]
}

const zoomSteps = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]

/** The next zoom factor, within what the layout is made for. */
export function nextZoom(zoom: number, step: 1 | -1 | 0): number {
  if (step === 0) return 1
  if (step === 1) return zoomSteps.find((candidate) => candidate > zoom) ?? 2
  return zoomSteps.findLast((candidate) => candidate < zoom) ?? 0.8
}
