import { expect, test } from 'vitest'
import { createAlerts } from '../alerts/alerts.ts'
import { countAlerts } from '../alerts/figures.ts'
import { Metrics } from '../http/metrics.ts'
import type { NumberId } from '../../core/domain/ids.ts'
import { clock } from '../clock.ts'
import { testApp } from '../testing/app.ts'
import { alerts } from './alerts.ts'
import { numbers } from './numbers.ts'

const server = await testApp({
  async register(app, { db }) {
    await app.register(alerts, { db })
    await app.register(numbers, { db, nowMs: () => Date.now() })
  },
})
const { db, time } = server
const raised = createAlerts({ db, nowMs: () => time.nowMs, onChange: () => undefined })
const numberId = clock.newId() as NumberId // made here for this number
const row = { id: numberId, phoneNumberId: '106', health: 'ok' as const }
await server.log.write(async (tx) => tx.put({ entity: 'number', row }))

test('alarms are for supervisors and administrators, with what they are about and since when', async () => {
  await raised.settle('webhook-silent', [{ subject: numberId, details: { lastWebhookAt: 'then' } }])
  await raised.settle('webhook-failed', [{ subject: '' }])
  await raised.clear('webhook-failed', [''])
  const { token } = await server.person('supervisor')
  const open = await server.ask('GET', '/api/v1/alerts', { token })
  expect(open.body).toEqual({
    items: [
      {
        kind: 'webhook-silent',
        about: { kind: 'number', id: numberId },
        for: 'administrator',
        message: expect.stringMatching(/^WhatsApp has not called/) as string,
        since: new Date(time.nowMs).toISOString(),
        clearedAt: null,
        details: { lastWebhookAt: 'then' },
      },
    ],
    nextCursor: null,
  })
  const all = await server.ask('GET', '/api/v1/alerts?state=all', { token })
  expect(all.body.items).toHaveLength(2)
  const agent = await server.person('agent')
  expect((await server.ask('GET', '/api/v1/alerts', { token: agent.token })).status).toBe(403)
})

test('a number says when WhatsApp last called about it', async () => {
  const { token } = await server.person('agent')
  const ask = async () => (await server.ask('GET', '/api/v1/numbers', { token })).body.items
  expect(await ask()).toMatchObject([{ phoneNumberId: '106', lastWebhookAt: null }])
  const heard_at = new Date(time.nowMs - 5000)
  await db.insertInto('number_heard').values({ phone_number_id: '106', heard_at }).execute()
  expect(await ask()).toMatchObject([{ lastWebhookAt: heard_at.toISOString() }])
  const one = await server.ask('GET', `/api/v1/numbers/${numberId}`, { token })
  expect(one.body.lastWebhookAt).toBe(heard_at.toISOString())
})

test('the figures tell how silent WhatsApp is and which alarms are up', async () => {
  const metrics = new Metrics()
  countAlerts(metrics, db, raised, () => time.nowMs)
  const told = await metrics.render()
  expect(told).toMatch(/^kontor_webhook_silence_seconds 5$/m)
  expect(told).toMatch(/^kontor_alerts\{kind="webhook-silent"\} 1$/m)
  expect(told).toMatch(/^kontor_alerts\{kind="webhook-failed"\} 0$/m)
  expect(told).toMatch(/^kontor_alerts_open 1$/m)
})
