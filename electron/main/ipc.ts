import type { BrowserWindow } from 'electron'
import type { RemoteHost } from '../../core/contract/remote-host.ts'
import { APP_ORIGIN } from './app-files.ts'

/** Hands a window's requests to the host, and only those of its own page: a frame inside it gets nothing. */
export function connectWindow(window: BrowserWindow, host: RemoteHost): void {
  const { webContents } = window
  webContents.ipc.handle('request', ({ senderFrame }, method: unknown, input: unknown) => {
    const isOwnPage =
      senderFrame === webContents.mainFrame && senderFrame?.url.startsWith(`${APP_ORIGIN}/`)
    if (!isOwnPage) throw new Error('request from a foreign frame')
    if (typeof method !== 'string') throw new Error('request without a method')
    return host.request(method, input)
  })
  const stop = host.subscribeAll((signal, data) => webContents.send('signal', signal, data))
  window.on('closed', stop)
}
