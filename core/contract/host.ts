import { AppError } from '../lib/errors.ts'
import { firstFault } from '../lib/fault.ts'
import type { Reply } from './client.ts'
import { methods, type Handlers, type MethodName } from './contract.ts'

/** What answers a window: Electron's host process, a worker in the browser, or a test. */
export type Host = {
  handlers: Handlers
  /** Hears of every bug: whatever a handler throws that is not an AppError. */
  report(bug: unknown): void
}

/** Answers one request from an untrusted window. Never throws, and tells the window nothing about a bug. */
export async function answer(host: Host, method: string, input: unknown): Promise<Reply> {
  try {
    if (!Object.hasOwn(methods, method)) throw new AppError('bad-request', `no method ${method}`)
    const name = method as MethodName // one of the list: checked on the line above
    const fault = firstFault(methods[name].in, input)
    if (fault !== undefined) {
      throw new AppError('bad-request', `${method}: ${fault.at} ${fault.reason}`, {
        details: fault,
      })
    }
    const handler = host.handlers[name] as (input: unknown) => unknown // its input was checked on the lines above
    return { ok: true, value: await handler(input) }
  } catch (error) {
    if (error instanceof AppError) {
      const { code, message, details } = error
      return {
        ok: false,
        error: details === undefined ? { code, message } : { code, message, details },
      }
    }
    host.report(error)
    return { ok: false, error: { code: 'internal', message: 'internal error' } }
  }
}
