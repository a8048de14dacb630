import type { App } from './types.ts'

/** For everything that is not the console's page: it may load nothing and be shown in no frame. */
const nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

export function safetyHeaders(isHttps: boolean): Record<string, string> {
  return {
    'content-security-policy': nothing,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(self), payment=(), usb=()',
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

/** Headers of every answer. A route that sets one of them itself keeps its own. */
export function protectAnswers(app: App, isHttps: boolean): void {
  const headers = Object.entries(safetyHeaders(isHttps))
  app.addHook('onSend', (request, reply, payload, done) => {
    for (const [name, value] of headers) {
      if (!reply.hasHeader(name)) void reply.header(name, value)
    }
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) {
      void reply.header('cache-control', 'no-store')
    }
    void reply.header('x-request-id', request.id)
    done(null, payload)
  })
}
