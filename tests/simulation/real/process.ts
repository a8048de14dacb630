import type { Platform } from '../../../core/lib/clock.ts'
import { hooks } from '../../../server/hooks.ts'
import { createKeep } from '../../../server/intake/keep.ts'
import { startIntake } from '../../../server/intake/worker.ts'
import { createLog } from '../../../server/log/log.ts'
import { countArrivals } from '../../../server/sender/pace/arrivals.ts'
import { Pace } from '../../../server/sender/pace/pace.ts'
import { startSender } from '../../../server/sender/sender.ts'
import type { Database } from '../../../server/store/database.ts'
import { Hub } from '../../../server/sync/hub.ts'
import type { Client, SendOutcome } from '../../../server/whatsapp/client.ts'
import type { Outcome, WhatsApp } from '../whatsapp.ts'

type Around = {
  db: Database
  clock: Platform
  whatsapp: WhatsApp
  report: (fault: unknown) => void
}
export type Process = Awaited<ReturnType<typeof startProcess>>

/** One life of the server: its log, the way in, the way out and the hub, as server/index.ts puts them together. */
export async function startProcess({ db, clock, whatsapp, report }: Around) {
  const nowMs = () => clock.nowMs()
  const pace = new Pace('whatsapp', () => clock.random())
  const log = createLog(db, { nowMs, beforeCommit: [...hooks, countArrivals(pace)] })
  const onTrouble = ({ error }: { error: unknown }) => report(error)
  const onMedia = () => Promise.resolve()
  const intake = startIntake({ db, log, clock, onMedia, onTrouble })
  const keep = createKeep({ db, nowMs, onKept: (calls) => intake.wake(calls) })
  const client = clientOf(whatsapp)
  const sender = startSender({
    ...{ db, log, clock, pace, report, stopAfterMs: 1 },
    clientFor: () => client,
    uploadMedia: () => Promise.reject(new Error('bug: nobody here sends files')),
  })
  const stopListening = log.onCommit(() => sender.wake())
  const hub = await Hub.start(db, log, report)
  return {
    log,
    keep,
    intake,
    hub,
    /** Calls under way are over for it: it does not hear how they end. */
    async stop(): Promise<void> {
      stopListening()
      hub.stop()
      whatsapp.loseAnswers()
      await Promise.all([sender.stop(), intake.stop()])
    },
  }
}

/** The one call that counts, made to the WhatsApp of the simulation. */
function clientOf(whatsapp: WhatsApp): Client {
  const sendMessage: Client['sendMessage'] = (_number, body) =>
    new Promise((resolve) => {
      const ours = String(body['biz_opaque_callback_data'])
      whatsapp.call(ours, (how, wamid) => resolve(outcomeOf(how, wamid)))
    })
  return { sendMessage } as Client // nothing else is asked of it here
}

function outcomeOf(how: Outcome, wamid: string): SendOutcome {
  if (how === 'accepted') return { kind: 'sent', wamid }
  if (how !== 'refused') return { kind: 'unknown', error: { code: 'timeout', title: 'No answer' } }
  const error = { code: 130_429, title: 'Rate limit hit' }
  return { kind: 'not-sent', effect: 'retry', error }
}
