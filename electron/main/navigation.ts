import { app, shell, type WebContents } from 'electron'
import { externalAddress, limitPerMinute } from './external.ts'

const LINKS_PER_MINUTE = 6

/** No page of ours ever goes anywhere: what a click asks for opens in the person's own browser, or not at all. */
export function denyNavigation(): void {
  const mayOpen = limitPerMinute(LINKS_PER_MINUTE, () => Date.now())
  const openOutside = (link: string) => {
    const address = externalAddress(link)
    if (address !== null && mayOpen()) shell.openExternal(address).catch(() => undefined) // no program for it: nothing to do
  }
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url)
      return { action: 'deny' }
    })
  })
}
