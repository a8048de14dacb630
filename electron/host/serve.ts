import type { FromHost, ToHost } from '../../core/contract/remote-host.ts'
import { answerOnceStarted } from '../../core/contract/starting.ts'
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
    const { id, method, input } = message
    void answerOnceStarted(starting, method, input).then((reply) => port.post({ id, reply }))
  })
  port.post('ready')
}
