/// <reference lib="webworker" />
/**
 * The service worker that keeps the console's own files, so that it opens when the server is away. It answers for the
 * page and its built files and for nothing else: rows, sign-in and media never pass through it.
 */
const shell = self as unknown as ServiceWorkerGlobalScope // the scope this file is loaded into

const cacheName = 'kontor-shell'
/** Longer than this and the kept page is shown; the server may be there but not answering. */
const patienceMs = 3000

shell.addEventListener('install', (event) => {
  event.waitUntil(keepEverything().then(() => shell.skipWaiting()))
})
shell.addEventListener('activate', (event) => event.waitUntil(shell.clients.claim()))
shell.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== shell.location.origin) return
  if (pathname === '/') event.respondWith(page(event))
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
})

/** The newest page when the server answers in time, else the kept one. */
async function page(event: FetchEvent): Promise<Response> {
  const kept = await caches.match('/', { cacheName })
  try {
    const fresh = await fetch('/', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) })
    if (!fresh.ok) return kept ?? fresh
    if ((await kept?.text()) !== (await fresh.clone().text())) event.waitUntil(keepEverything())
    return fresh
  } catch (error) {
    if (kept === undefined) throw error
    return (await caches.match('/', { cacheName })) ?? kept
  }
}

/** Built files carry their fingerprint in the name: a kept one is the right one. */
async function asset(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName, ignoreVary: true })) ?? fetch(request)
}

/** Keeps the page and every file of its build, then lets go of earlier builds' files. */
async function keepEverything(): Promise<void> {
  const answer = await fetch('/files.json', { cache: 'no-store' })
  const files = (await answer.json()) as string[] // written by the build, renderer/vite.config.ts
  const wanted = files.map((file) => new URL(file, shell.location.origin).href)
  const cache = await caches.open(cacheName)
  const held = new Set((await cache.keys()).map(({ url }) => url))
  await cache.addAll(wanted.filter((url) => !held.has(url)))
  const kept = await fetch('/', { cache: 'no-store' })
  if (kept.ok) await cache.put('/', kept)
  const page = new URL('/', shell.location.origin).href
  for (const url of held) if (url !== page && !wanted.includes(url)) await cache.delete(url)
}
