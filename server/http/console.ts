import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { App } from './types.ts'

/** The page itself speaks to nobody: its worker does. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  'media-src blob:',
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Kontor</title>
<p>The console is not built. Run <code>npm run build</code>, then reload this page.</p></html>
`

/**
 * The console in a browser, from the renderer's build. Built files carry their fingerprint in the name and never
 * change; the page that names them is asked for anew each time.
 *
 * @param dir the renderer's build folder
 * @param publicUrl where browsers reach us: the only place the worker may speak to
 */
export async function serveConsole(app: App, dir: string, publicUrl: string): Promise<void> {
  if (!existsSync(join(dir, 'index.html'))) {
    app.get('/', async (_request, reply) => reply.code(503).type('text/html').send(notBuilt))
    return
  }
  const workerPolicy = workerPolicyFor(publicUrl)
  await app.register(fastifyStatic, {
    root: dir,
    index: 'index.html',
    wildcard: false,
    cacheControl: false,
    setHeaders(reply, path) {
      const isAsset = /[\\/]assets[\\/]/.test(path)
      reply.setHeader('cache-control', isAsset ? 'public, max-age=31536000, immutable' : 'no-cache')
      const isWorker =
        (isAsset && /worker.*\.js$/i.test(basename(path))) || basename(path) === 'shell.js'
      if (isWorker) reply.setHeader('content-security-policy', workerPolicy)
      else if (path.endsWith('.html')) reply.setHeader('content-security-policy', pagePolicy)
    },
  })
}

/** Older browsers do not count the socket of our own address among 'self'. */
function workerPolicyFor(publicUrl: string): string {
  const socket = new URL(publicUrl).origin.replace(/^http/, 'ws')
  return `default-src 'none'; script-src 'self'; connect-src 'self' ${socket}`
}
