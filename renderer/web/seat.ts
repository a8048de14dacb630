import type { Reply } from '../../core/contract/client.ts'
import type { Host } from '../../core/contract/host.ts'
import { RemoteHost, type FromHost, type ToHost } from '../../core/contract/remote-host.ts'
import { answerOnceStarted } from '../../core/contract/starting.ts'

type Running = {
  host: Host
  subscribe(listener: (signal: string, data: unknown) => void): () => void
}
type Note =
  | { kind: 'who-hosts' }
  | { kind: 'hosting'; host: string }
  | { kind: 'ask'; host: string; from: string; message: ToHost }
  | { kind: 'tell'; to: string | null; message: FromHost }

const LOCK = 'kontor-host'

/**
 * Of all workers of this origin, whatever page or version they belong to, one holds the seat and runs the console;
 * the others pass requests on to it. When it goes, the next takes the seat.
 *
 * @param start opens the replica; called in the worker that got the seat, once
 * @returns the wire of this worker, wherever the console runs
 */
export function takeSeat(start: () => Promise<Running>): RemoteHost {
  const own = crypto.randomUUID()
  const remote = new RemoteHost()
  const channel = new BroadcastChannel('kontor')
  const post = (note: Note) => channel.postMessage(note)
  let seated: { id: string; answer?: (message: ToHost) => Promise<Reply> } | null = null

  channel.onmessage = ({ data }) => {
    const note = data as Note // only workers of this origin write here
    if (note.kind === 'who-hosts' && seated?.answer) post({ kind: 'hosting', host: own })
    if (note.kind === 'hosting' && seated?.id !== note.host) {
      const { host } = note
      seated = { id: host }
      remote.connected((message) => post({ kind: 'ask', host, from: own, message }))
    }
    if (note.kind === 'ask' && note.host === own && seated?.answer) {
      const { from, message } = note
      void seated.answer(message).then((reply) => {
        post({ kind: 'tell', to: from, message: { id: message.id, reply } })
      })
    }
    if (note.kind === 'tell' && (note.to === own || note.to === null)) remote.hear(note.message)
  }

  const sit = () => {
    const starting = start()
    const answer = ({ method, input }: ToHost) => answerOnceStarted(starting, method, input)
    seated = { id: own, answer }
    remote.connected((message) => {
      void answer(message).then((reply) => remote.hear({ id: message.id, reply }))
    })
    post({ kind: 'hosting', host: own })
    starting.then(
      (running) =>
        running.subscribe((signal, data) => {
          remote.hear({ signal, data })
          post({ kind: 'tell', to: null, message: { signal, data } })
        }),
      (error: unknown) => reportError(error),
    )
    return new Promise<never>(() => undefined) // held until this worker ends
  }
  post({ kind: 'who-hosts' })
  void navigator.locks.request(LOCK, sit)
  return remote
}
