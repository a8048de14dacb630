import { expect, test } from 'vitest'
import { senderDesk } from '../testing/sender-desk.ts'
import { createAlerts } from './alerts.ts'
import { readAlerts } from './read-alerts.ts'
import { watchHeld } from './watch-templates.ts'

test('a template that messages wait for raises one alarm, until none waits for it any more', async () => {
  const desk = await senderDesk()
  const { db } = desk
  const alerts = createAlerts({ db, nowMs: () => Date.now(), onChange: () => undefined })
  const ids = [await desk.queue(await desk.chat()), await desk.queue(await desk.chat())]
  const held = { state: 'held' as const, template_id: 'template' }
  await db.updateTable('outbox').set(held).where('id', 'in', ids).execute()
  await watchHeld({ db, alerts })
  expect(await readAlerts(db, 'open')).toMatchObject([
    { kind: 'template-paused', subject: 'template', details: { messages: 2 } },
  ])
  await db.updateTable('outbox').set({ state: 'queued' }).execute()
  await watchHeld({ db, alerts })
  expect(await readAlerts(db, 'open')).toEqual([])
})
