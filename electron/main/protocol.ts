import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { CONTENT_SECURITY_POLICY, fileFor } from './app-files.ts'

/** Before the app is ready, once. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } },
  ])
}

/** Serves the page's own files, read only, with the policy that shuts it in. */
export function serveApp(root: string): void {
  protocol.handle('app', async ({ method, url }) => {
    const file = method === 'GET' ? fileFor(url, root) : null
    const bytes = file && (await readFile(file.path).catch(() => null))
    const headers = {
      'content-type': bytes ? file.mime : 'text/plain; charset=utf-8',
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    }
    return new Response(bytes, { status: bytes ? 200 : 404, headers })
  })
}
