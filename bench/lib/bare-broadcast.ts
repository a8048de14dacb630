import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/** The yardstick: every body posted goes to every socket as it is, and nothing else happens. */
const http = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const body = Buffer.concat(chunks)
    response.end()
    for (const socket of sockets.clients) socket.send(body, { binary: false })
  })
})
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false })
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo // listening on a port, not on a pipe
  process.stdout.write(`bare is ready: http://127.0.0.1:${port}\n`)
})
