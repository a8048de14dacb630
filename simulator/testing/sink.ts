import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JsonObject } from '../json.ts'

export type Heard = {
  raw: Buffer
  headers: IncomingMessage['headers']
  body: Body
  query: URLSearchParams
}
export type HeardMessage = JsonObject & { id: string; type: string; text?: { body: string } }
export type HeardStatus = JsonObject & { id: string; status: string }

/** As far as tests look into it. */
type Body = {
  entry: { id: string; time?: number; changes: { field: string; value: JsonObject }[] }[]
}

export type Sink = {
  url: string
  heard: Heard[]
  /** The answer to every delivery from now on. */
  answer: number
  /** Most deliveries that were ever open at once. */
  mostAtOnce: number
  /** Given, every answer waits for it. */
  hold?: Promise<void>
  /** Every change of that field, in order of arrival. */
  values(field: string): JsonObject[]
  /** What customers wrote, in order of arrival. */
  messages(): HeardMessage[]
  statuses(): HeardStatus[]
  close(): Promise<void>
}

/** The firm's server as far as WhatsApp sees it: it hears webhooks, and answers as it is told. */
export async function startSink(verifyToken = '', port = 0): Promise<Sink> {
  let open = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    sink.mostAtOnce = Math.max(sink.mostAtOnce, ++open)
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      void (async () => {
        await sink.hold
        open -= 1
        hear(sink, verifyToken, request, Buffer.concat(chunks), response)
      })()
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.address() as AddressInfo // listening on TCP, so it has a port
  const sink: Sink = {
    url: `http://127.0.0.1:${address.port}/webhooks/whatsapp`,
    heard: [],
    answer: 200,
    mostAtOnce: 0,
    values: (field) =>
      sink.heard
        .flatMap(({ body }) => body.entry.flatMap(({ changes }) => changes))
        .filter((change) => change.field === field)
        .map(({ value }) => value),
    messages: () => partsOf<HeardMessage>(sink, 'messages'),
    statuses: () => partsOf<HeardStatus>(sink, 'statuses'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return sink
}

function partsOf<T>(sink: Sink, part: string): T[] {
  return sink.values('messages').flatMap((value) => (value[part] ?? []) as T[]) // as WhatsApp writes them
}

function hear(
  sink: Sink,
  verifyToken: string,
  request: IncomingMessage,
  raw: Buffer,
  response: ServerResponse,
): void {
  const query = new URL(request.url ?? '/', 'http://sink').searchParams
  if (request.method === 'GET') {
    const isKnown = query.get('hub.verify_token') === verifyToken
    response.writeHead(isKnown ? 200 : 403).end(isKnown ? query.get('hub.challenge') : '')
    return
  }
  if (sink.answer === 200) {
    const body = JSON.parse(raw.toString()) as Body // a test fails on whatever else it is
    sink.heard.push({ raw, headers: request.headers, body, query })
  }
  response.writeHead(sink.answer).end()
}
