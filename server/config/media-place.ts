import { fileURLToPath } from 'node:url'

export type MediaPlace =
  | { kind: 'folder'; folder: string }
  /** The prefix is empty or ends with a slash. */
  | { kind: 's3'; bucket: string; prefix: string }

/** What `KONTOR_MEDIA_URL` names; undefined when it names nothing. */
export function mediaPlaceOf(url: string): MediaPlace | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, hostname, pathname, search, hash, username, port } = new URL(url)
  if (search !== '' || hash !== '' || username !== '' || port !== '') return undefined
  if (protocol === 'file:') {
    return hostname === '' && pathname !== '/'
      ? { kind: 'folder', folder: fileURLToPath(url) }
      : undefined
  }
  if (protocol !== 's3:' || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(hostname)) return undefined
  const path = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '')
  return { kind: 's3', bucket: hostname, prefix: path === '' ? '' : `${path}/` }
}
