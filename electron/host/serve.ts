import type { Reply } from '../../core/contract/client.ts'
import { answer } from '../../core/contract/host.ts'
import type { FromHost, ToHost } from '../../core/contract/remote-host.ts'
import { AppError } from '../../core/lib/errors.ts'
import type { Console } from '../../core/replica/console.ts'

export type FromMain = ToHost | 'stop'

/** The other end: the main process. */
export type HostPort = {
  post(message: FromHost | 'ready'): void
  listen(listener: (message: FromMain) => void): void
}

/**
 * Answers the main process from a console until told to stop. When the console cannot start, whoever asks hears why,
 * and `failed` is called so that the process can end and be started anew.
 */
export function serveConsole(
  port: HostPort,
  start: () => Promise<Console>,
  ends: { stopped(): void; failed(error: unknown): void },
): void {
  const starting = start()
  starting.then(
    (console) => console.subscribe((signal, data) => port.post({ signal, data })),
    (error: unknown) => ends.failed(error),
  )
  port.listen((message) => {
    if (message === 'stop') {
      void starting.then((console) => console.stop()).finally(() => ends.stopped())
      return
    }
    void reply(starting, message).then((said) => port.post({ id: message.id, reply: said }))
  })
  port.post('ready')
}

async function reply(starting: Promise<Console>, { method, input }: ToHost): Promise<Reply> {
  try {
    return await answer((await starting).host, method, input)
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal'
    return { ok: false, error: { code, message: 'the console could not start' } }
  }
}
