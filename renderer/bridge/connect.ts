import { createApi, type Api, type Wire } from '../../core/contract/client.ts'

declare global {
  interface Window {
    /** Set by electron/preload; absent in a browser. */
    wire?: Wire
  }
}

/** The one place that knows where the console is running: in the desktop's window, or in a browser. */
export async function connect(): Promise<Api> {
  if (window.wire !== undefined) return createApi(window.wire)
  const { startWebHost } = await import('../web/start.ts')
  return createApi(await startWebHost())
}
