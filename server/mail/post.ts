import { createTransport } from 'nodemailer'
import type { Platform } from '../../core/lib/clock.ts'

export type Mail = { to: string; subject: string; text: string }

export type Post = {
  /** Sends it soon, and tries again for an hour when the mail server does not take it. Never throws. */
  send(mail: Mail): void
  stop(): Promise<void>
}

const minuteMs = 60_000
/** Waits between the tries. */
const pauses = [minuteMs, 5 * minuteMs, 15 * minuteMs, 40 * minuteMs]
const timeoutMs = 20_000

/**
 * Mails over the firm's mail server. Those on their way are lost when the server ends: what they tell of stands in the
 * list of alarms.
 *
 * @param options.report hears of mails that nobody took
 */
export function createPost(options: {
  smtpUrl: string
  from: string
  clock: Pick<Platform, 'after'>
  report: (error: unknown) => void
}): Post {
  const { from, clock, report } = options
  const transport = createTransport(options.smtpUrl, { from })
  const timers = new Set<() => void>()
  const underWay = new Set<Promise<void>>()
  let isStopped = false

  async function attempt(mail: Mail, tries: number): Promise<void> {
    try {
      await withTimeout(transport.sendMail(mail))
    } catch (cause) {
      const pauseMs = pauses[tries]
      if (isStopped) return
      if (pauseMs === undefined) report(new Error('an e-mail could not be sent', { cause }))
      else later(mail, tries + 1, pauseMs)
    }
  }

  function later(mail: Mail, tries: number, pauseMs: number): void {
    const cancel = clock.after(pauseMs, () => {
      timers.delete(cancel)
      start(mail, tries)
    })
    timers.add(cancel)
  }

  function start(mail: Mail, tries: number): void {
    const sending = attempt(mail, tries).finally(() => underWay.delete(sending))
    underWay.add(sending)
  }

  return {
    send: (mail) => start(mail, 0),
    async stop() {
      isStopped = true
      for (const cancel of timers) cancel()
      await Promise.all(underWay)
      transport.close()
    },
  }
}

async function withTimeout(sending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the mail server did not answer')), timeoutMs)
  })
  await Promise.race([sending, late]).finally(() => clearTimeout(timer))
}
