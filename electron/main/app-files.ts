import { extname, resolve, sep } from 'node:path'

/** Where the console's page lives: a scheme of our own, which no other page or file can be part of. */
export const APP_ORIGIN = 'app://main'

/** The page may show and run what came with it, and reach nothing else: the host talks for it. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  'media-src blob:',
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wasm': 'application/wasm',
}

/**
 * The file an address of the page stands for, or null when it stands for none: another host, a way out of the folder
 * in any spelling, or a kind of file the page does not have.
 *
 * @param root absolute path of the folder that may be read
 */
export function fileFor(address: string, root: string): { path: string; mime: string } | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol !== 'app:' || url.host !== 'main' || url.username !== '') return null
  const name = decode(url.pathname)
  if (name === null || /[\0\\:]|\/\/|(^|\/)\.\.?(\/|$)/.test(name)) return null
  const path = resolve(root, `.${name === '/' || name === '' ? '/index.html' : name}`)
  if (!path.startsWith(root + sep)) return null
  const mime = mimeTypes[extname(path).toLowerCase()]
  return mime === undefined ? null : { path, mime }
}

/** Percent signs that stay after decoding were a second layer: refused, since nothing of ours is named so. */
function decode(pathname: string): string | null {
  try {
    const name = decodeURIComponent(pathname)
    return name.includes('%') ? null : name
  } catch {
    return null
  }
}
