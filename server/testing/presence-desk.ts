import { onTestFinished } from 'vitest'
import type { NumberId } from '../../core/domain/ids.ts'
import { aContact, aNumber, anId } from '../../core/testing/examples.ts'
import { startSimulator } from '../../simulator/start.ts'
import { blocked } from '../api/blocked.ts'
import { components } from '../api/components.ts'
import { links } from '../api/links.ts'
import { profile } from '../api/profile.ts'
import { createKeepChange } from '../presence/change.ts'
import { createClient } from '../whatsapp/client.ts'
import { testApp } from './app.ts'

/** The firm's server beside a simulated WhatsApp, one number of the firm known to both. */
export async function presenceDesk() {
  const simulator = await startSimulator({})
  const { token: secret, numbers } = simulator.account
  const client = createClient({ graphUrl: simulator.url, version: 'v25.0', token: secret })
  const time = { nowMs: Date.now() }
  const server = await testApp({
    async register(app, { db }) {
      const keepChange = createKeepChange(db, () => time.nowMs)
      const options = { db, nowMs: () => time.nowMs, client: () => client, keepChange }
      for (const plugin of [profile, components, links, blocked])
        await app.register(plugin, options)
    },
  })
  const number = aNumber({ id: anId<NumberId>(), phoneNumberId: numbers[0]!.id })
  await server.log.write(async (tx) => tx.put({ entity: 'number', row: number }))
  onTestFinished(async () => {
    await server.close()
    await simulator.close()
  })
  const { token } = await server.person('administrator')
  const control = async (path: string, body?: object, method = 'POST') => {
    const answer = await fetch(`${simulator.url}/control${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return (await answer.json().catch(() => null)) as { id: string; wamid: string } // what customers and messages answer
  }
  const asked = (method: string, path: string, body?: object, who = token) =>
    server.ask(method, `/api/v1/numbers/${number.id}${path}`, {
      token: who,
      ...(body === undefined ? {} : { body }),
    })
  const upload = (bytes: Buffer, query = '') => {
    const url = `${server.url}/api/v1/numbers/${number.id}/profile/picture${query}`
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'image/png' }
    return fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) })
  }
  /** A contact of ours who is a customer there, and wrote to the number if so wished. */
  async function person(name: string, phone: string, hasWritten = true) {
    const customer = await control('/customers', { name, phone })
    const hello = { type: 'text', text: { body: 'Hallo' } }
    if (hasWritten) await control(`/customers/${customer.id}/messages`, hello)
    const { userId: _none, ...row } = aContact({ name, phone, id: anId() })
    await server.log.write(async (tx) => tx.put({ entity: 'contact', row }))
    await server.db
      .insertInto('contact_alias')
      .values({ kind: 'phone', value: phone, contact_id: row.id, at_ms: 1 })
      .execute()
    return row
  }
  /** What the number's history says, oldest first. */
  const changes = () => server.db.selectFrom('number_change').selectAll().orderBy('id').execute()
  const outage = () => control('/faults', { kind: 'outage' })
  const desk = { ...server, member: server.person, time, number, client, changes }
  return { ...desk, control, asked, upload, person, outage }
}
