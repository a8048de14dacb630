import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ConversationId, MessageId } from '../../core/domain/ids.ts'
import { ConsoleCore } from '../../core/replica/console.ts'
import type { Socket } from '../../core/replica/ports.ts'
import { aContact, aConversation, aNumber } from '../../core/testing/examples.ts'
import { openMachine } from '../../electron/host/machine.ts'
import { aFolder } from '../../electron/testing/folder.ts'
import { Hub, Joined } from '../../server/sync/hub.ts'
import { syncRoutes } from '../../server/sync/routes.ts'
import { serveSync } from '../../server/sync/sockets.ts'
import { testApp, testPassword } from '../../server/testing/app.ts'
import { newId } from '../support/desks.ts'

/** Sessions that end while somebody works: a real console with its files, a real server with its sign-in. */

const soon = { timeout: 40_000, interval: 20 }
const limitMs = 120_000
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const report = () => undefined

async function openFirm() {
  const server = await testApp({
    register: (app, { db }) => app.register(syncRoutes, { db, nowMs: Date.now }),
  })
  const { app, db, log, auth, time, url } = server
  const hub = await Hub.start(db, log, report)
  const parts = { db, log, hub, joined: new Joined(), nowMs: () => time.nowMs, newId, report }
  const digests = { sent: () => undefined, differ: report }
  const shared = { ...parts, digests, beginNewHistory: () => Promise.resolve() }
  const sync = serveSync(app.server, auth, shared, [])
  onTestFinished(async () => {
    sync.stop()
    hub.stop()
    await server.close()
  })
  const { user } = await server.person('agent')
  const conversationId = newId() as ConversationId // made here
  await log.write(async (tx) => {
    const number = aNumber({ id: newId() as never })
    const contact = aContact({ id: newId() as never })
    const ids = { id: conversationId, numberId: number.id, contactId: contact.id }
    tx.put({ entity: 'number', row: number })
    tx.put({ entity: 'contact', row: contact })
    tx.put({ entity: 'conversation', row: aConversation(ids) })
  })
  const notes = async () => {
    const rows = await db.selectFrom('message').select('data').execute()
    return rows.flatMap(({ data }) => data.text ?? []).sort()
  }

  /**
   * A signed-in console in a folder. `cut` and `join` are the network between it and the server.
   *
   * @param onPage hears how each page of a whole copy was answered, before the console does
   */
  const sitDown = async (onPage: (status: number, address: string) => void = () => undefined) => {
    const folder = await aFolder()
    const setup = { folder, language: 'de', serverUrl: url, isServerManaged: false }
    const machine = await openMachine(setup, report)
    onTestFinished(() => machine.close())
    const sockets = new Set<Socket>()
    let isCut = false
    const core = new ConsoleCore({
      ...machine,
      platform: {
        ...machine.platform,
        // Waits are shortened; how long an answer may take is not.
        after: (delayMs, call) =>
          machine.platform.after(delayMs < minuteMs ? Math.min(delayMs, 50) : delayMs, call),
      },
      async http(request) {
        const response = await machine.http(request)
        if (request.url.includes('/sync/snapshot')) onPage(response.status, request.url)
        return response
      },
      connect(address, events) {
        const socket = machine.connect(isCut ? 'ws://127.0.0.1:9' : address, events)
        sockets.add(socket)
        return socket
      },
    })
    await core.start()
    onTestFinished(() => core.stop())
    await core.session.signIn(url, user.email, testPassword)
    await core.openDesk()
    await expect.poll(() => core.linkState().isSynced, soon).toBe(true)
    return {
      core,
      cut() {
        isCut = true
        for (const socket of sockets) socket.close()
      },
      join: () => void (isCut = false),
      note: (text: string) =>
        core.desk.perform('note.add', { id: newId() as MessageId, conversationId, text }),
      /** Whether a text lies anywhere in its folder, which is not sealed. */
      keeps: (text: string) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .map((name) => join(folder, name))
          .some((path) => statSync(path).isFile() && readFileSync(path).includes(text)),
    }
  }
  return { ...server, user, notes, sitDown }
}

test(
  'P3, row 16: a token that expires while deeds are on their way is renewed, and each deed is done once',
  async () => {
    const { time, notes, sitDown } = await openFirm()
    const seat = await sitDown()
    const writing = Promise.all([1, 2, 3].map((count) => seat.note(`Notiz ${count}`)))
    time.nowMs += 20 * minuteMs
    seat.cut()
    await writing
    await seat.note('Notiz 4')
    seat.join()
    await expect
      .poll(() => seat.core.linkState(), soon)
      .toMatchObject({ isSynced: true, waiting: 0 })
    expect(await notes()).toEqual(['Notiz 1', 'Notiz 2', 'Notiz 3', 'Notiz 4'])
  },
  limitMs,
)

test(
  'P4, P12, row 16: a token that expires between the pages of a whole copy is renewed, and no page comes twice',
  async () => {
    const { log, time, sitDown } = await openFirm()
    const contacts = Array.from({ length: 4200 }, () => aContact({ id: newId() as never }))
    await log.write(async (tx) => contacts.forEach((row) => tx.put({ entity: 'contact', row })))
    const pages: string[] = []
    let refusals = 0
    const seat = await sitDown((status, address) => {
      if (status === 200) pages.push(address)
      else refusals += 1
      if (pages.length === 1 && refusals === 0) time.nowMs += 20 * minuteMs
    })
    expect(refusals).toBeGreaterThan(0)
    expect(pages.length).toBeGreaterThan(2)
    expect(new Set(pages).size).toBe(pages.length)
    expect(seat.core.desk.replica.base.count('contact')).toBe(contacts.length + 1)
  },
  limitMs,
)

test(
  'P3, row 16: three days offline are no end of a session',
  async () => {
    const { time, notes, sitDown } = await openFirm()
    const seat = await sitDown()
    seat.cut()
    await seat.note('vor drei Tagen')
    time.nowMs += 3 * dayMs
    seat.join()
    await expect
      .poll(() => seat.core.linkState(), soon)
      .toMatchObject({ isSynced: true, waiting: 0 })
    expect(await notes()).toEqual(['vor drei Tagen'])
  },
  limitMs,
)

test(
  'P3, row 16: a session that is over keeps what waits until the person has signed in again',
  async () => {
    const { time, notes, sitDown, url, user } = await openFirm()
    const seat = await sitDown()
    seat.cut()
    await seat.note('vor zwei Monaten')
    time.nowMs += 60 * dayMs
    seat.join()
    await expect.poll(() => seat.core.appState().phase, soon).toBe('ended')
    expect(seat.core.linkState().waiting).toBe(1)
    await seat.core.session.signIn(url, user.email, testPassword)
    await seat.core.openDesk()
    await expect
      .poll(() => seat.core.linkState(), soon)
      .toMatchObject({ isSynced: true, waiting: 0 })
    expect(await notes()).toEqual(['vor zwei Monaten'])
  },
  limitMs,
)

test(
  'P3, row 16: a changed password ends the session at once, and what waits is done after signing in',
  async () => {
    const { auth, notes, sitDown, url, user } = await openFirm()
    const seat = await sitDown()
    await auth.sessions.revokeAll(user.id, 'password-changed')
    await expect.poll(() => seat.core.appState().phase, soon).toBe('ended')
    await seat.note('inzwischen')
    expect(seat.core.linkState().waiting).toBe(1)
    await seat.core.session.signIn(url, user.email, testPassword)
    await seat.core.openDesk()
    await expect.poll(() => seat.core.linkState().waiting, soon).toBe(0)
    expect(await notes()).toEqual(['inzwischen'])
  },
  limitMs,
)

test(
  'P3, row 16: another role changes what one may do, not what one has done',
  async () => {
    const { auth, notes, sitDown, user } = await openFirm()
    const seat = await sitDown()
    await Promise.all([
      seat.note('als Agentin'),
      auth.people.change(user.id, { role: 'supervisor' }),
      seat.note('gleich danach'),
    ])
    await expect.poll(() => seat.core.desk.user.role, soon).toBe('supervisor')
    await expect.poll(() => seat.core.linkState().waiting, soon).toBe(0)
    expect(await notes()).toEqual(['als Agentin', 'gleich danach'])
  },
  limitMs,
)

test.each([
  ['at their desk', false],
  ['away from the network, with work that waits', true],
])(
  'P5, row 16: of somebody who is let go %s nothing stays on their machine',
  async (_, isAway) => {
    const { auth, sitDown, user, notes } = await openFirm()
    const seat = await sitDown()
    await seat.note('geheime Notiz')
    await expect.poll(() => seat.core.linkState().waiting, soon).toBe(0)
    if (isAway) {
      seat.cut()
      await seat.note('geheim und unterwegs')
    }
    expect(seat.keeps('geheim')).toBe(true)
    await auth.people.change(user.id, { isActive: false })
    seat.join()
    await expect.poll(() => seat.core.appState().phase, soon).toBe('sign-in')
    await expect.poll(() => seat.keeps('geheim'), soon).toBe(false)
    expect(await notes()).toEqual(['geheime Notiz'])
  },
  limitMs,
)
