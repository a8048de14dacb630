import type { Wire } from '../contract/client.ts'
import type { Handlers, Signal, SignalName } from '../contract/contract.ts'
import { answer } from '../contract/host.ts'

/** The third transport: no process, no socket. Records calls and bugs; `signal` plays the host's part. */
export function loopback(handlers: Partial<Handlers>) {
  const calls: [string, unknown][] = []
  const bugs: unknown[] = []
  const listeners = new Set<(name: string, data: unknown) => void>()
  const recorded = new Proxy(handlers as Handlers, {
    get: (target, name: keyof Handlers) => (input: never) => {
      calls.push([name, input])
      return target[name](input)
    },
  })
  const wire: Wire = {
    request: (method, input) =>
      answer({ handlers: recorded, report: (bug) => bugs.push(bug) }, method, input),
    subscribe(name, listener) {
      const heard = (signal: string, data: unknown) => {
        if (signal === name) listener(data)
      }
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
  const signal = <K extends SignalName>(name: K, data: Signal<K>) => {
    for (const heard of listeners) heard(name, data)
  }
  return { wire, calls, bugs, signal }
}
