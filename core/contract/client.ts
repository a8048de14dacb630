import { AppError, type ErrorData } from '../lib/errors.ts'
import type { Ask, MethodName, Output, Signal, SignalName } from './contract.ts'

/** Failures are replies too: Electron and message ports would strip a thrown error of its code. */
export type Reply = { ok: true; value: unknown } | { ok: false; error: ErrorData }

/** All a transport must do. There are three: Electron's IPC, a worker's port in the browser, the tests' loopback. */
export type Wire = {
  request(method: string, input: unknown): Promise<Reply>
  /** Hears every signal of that name until the returned function is called. */
  subscribe(signal: string, listener: (data: unknown) => void): () => void
}

/** What the UI holds. */
export type Api = {
  /** @throws AppError */
  call<K extends MethodName>(method: K, input: Ask<K>): Promise<Output<K>>
  on<K extends SignalName>(signal: K, listener: (data: Signal<K>) => void): () => void
}

export function createApi(wire: Wire): Api {
  return {
    async call(method, input) {
      const reply = await wire.request(method, input)
      if (!reply.ok) {
        throw new AppError(reply.error.code, reply.error.message, { details: reply.error.details })
      }
      return reply.value as Output<typeof method> // the host's handler was compiled against this same type
    },
    on: (signal, listener) => wire.subscribe(signal, listener as (data: unknown) => void), // the host signals by the same list
  }
}
