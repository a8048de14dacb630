import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { aNumber, aUser, anId } from '../../core/testing/examples.ts'
import type { AccountId } from '../../core/domain/ids.ts'
import { createAlerts } from '../alerts/alerts.ts'
import { watchVerification } from '../alerts/watch-verification.ts'
import { clock } from '../clock.ts'
import { createLog, prepareLane } from '../log/log.ts'
import { testDatabase } from '../testing/database.ts'
import { createMailer } from './mailer.ts'
import { createPost } from './post.ts'

/** A mail server that takes what it is given, after refusing `refusals` mails for now. */
async function mailServer(refusals = 0) {
  const mails: { from: string; to: string; text: string }[] = []
  const sockets = new Set<Socket>()
  let left = refusals
  const server = createServer((socket) => {
    sockets.add(socket)
    const say = (line: string) => socket.write(`${line}\r\n`)
    let mail = { from: '', to: '', text: '' }
    let isText = false
    let rest = ''
    const hear = (line: string) => {
      if (isText) {
        if (line !== '.') return void (mail.text += `${line}\n`)
        isText = false
        mails.push(mail)
        mail = { from: '', to: '', text: '' }
        return say('250 taken')
      }
      const [, command = '', value = ''] = /^(\w+)(?: \w+:<([^>]*)>)?/.exec(line) ?? []
      if (command === 'MAIL' && left-- > 0) return say('451 not now')
      if (command === 'MAIL') mail.from = value
      if (command === 'RCPT') mail.to = value
      if (command === 'QUIT') return socket.end('221 bye\r\n')
      isText = command === 'DATA'
      return say(isText ? '354 go on' : '250 fine')
    }
    say('220 mail.nordwerk.example')
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString()).split('\r\n')
      rest = lines.pop() ?? ''
      lines.forEach(hear)
    })
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const { port } = server.address() as AddressInfo // listening on a port, not on a pipe
  return { mails, url: `smtp://127.0.0.1:${port}` }
}

const decoded = (text: string) =>
  text
    .replaceAll('=\n', '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
const utf8 = (text: string) => Buffer.from(decoded(text), 'latin1').toString()

test('an alarm is mailed once to who can do something about it, in the firm’s language', async () => {
  const { db } = await testDatabase()
  const nowMs = () => clock.nowMs()
  await prepareLane(db, () => clock.newId())
  const log = createLog(db, { nowMs })
  const post = await mailServer()
  const reports: unknown[] = []
  const mailer = createMailer({
    config: { smtpUrl: post.url, mailFrom: 'kontor@nordwerk.example', language: 'de' },
    db,
    nowMs,
    publicUrl: 'https://kontor.nordwerk.example',
    report: (error) => reports.push(error),
  })
  const alerts = createAlerts({ db, nowMs, onChange: (change) => mailer.tell(change) })
  const person = (role: 'agent' | 'supervisor' | 'administrator', isActive = true) =>
    aUser({ role, isActive, email: `${role}${isActive ? '' : '-gone'}@nordwerk.example` })
  const number = aNumber({ accountId: '102', isPinEnabled: true })
  const account = { id: anId<AccountId>(), metaId: '102', name: 'Nordwerk', violations: [] }
  await log.write(async (tx) => {
    for (const role of ['agent', 'supervisor', 'administrator'] as const)
      tx.put({ entity: 'user', row: person(role) })
    tx.put({ entity: 'user', row: person('administrator', false) })
    tx.put({ entity: 'number', row: number })
    const row = { ...account, restrictions: [], hasPaymentMethod: false }
    tx.put({ entity: 'waba', row })
  })
  await watchVerification({ db, alerts, nowMs })
  await watchVerification({ db, alerts, nowMs })
  await expect.poll(() => post.mails.length, { timeout: 5000 }).toBe(2)

  expect(post.mails.map(({ to }) => to).sort()).toEqual([
    'administrator@nordwerk.example',
    'supervisor@nordwerk.example',
  ])
  const [mail] = post.mails
  expect(mail?.from).toBe('kontor@nordwerk.example')
  const text = utf8(mail?.text ?? '')
  expect(text).toContain('WhatsApp-Konto: Nordwerk')
  expect(text).toContain('Im WhatsApp-Konto fehlt eine gültige Zahlungsart.')
  expect(text).toContain('https://kontor.nordwerk.example')

  // What only administrators can mend and is not bad goes to them alone.
  await log.write(async (tx) => {
    const found = await tx.get('number', number.id)
    tx.put({ entity: 'number', row: { ...found!, codeVerification: 'EXPIRED' } })
  })
  await watchVerification({ db, alerts, nowMs })
  await expect.poll(() => post.mails.length, { timeout: 5000 }).toBe(3)
  await mailer.stop()
  expect(post.mails.at(-1)?.to).toBe('administrator@nordwerk.example')
  expect(utf8(post.mails.at(-1)?.text ?? '')).toContain('Die Rufnummer ist nicht bestätigt.')
  expect(reports).toEqual([])
})

test('a mail that the server does not take is tried again, and given up with a word', async () => {
  const waits: number[] = []
  const tasks: (() => void)[] = []
  const hurried = {
    after(delayMs: number, task: () => void) {
      waits.push(delayMs)
      tasks.push(task)
      return () => undefined
    },
  }
  const run = async (refusals: number) => {
    const server = await mailServer(refusals)
    const reports: unknown[] = []
    const post = createPost({
      smtpUrl: server.url,
      from: 'kontor@nordwerk.example',
      clock: hurried,
      report: (error) => reports.push(error),
    })
    post.send({ to: 'anna@nordwerk.example', subject: 'Kontor', text: 'Hallo' })
    const isOver = () => server.mails.length + reports.length
    while (isOver() === 0) {
      await expect.poll(() => tasks.length + isOver(), { timeout: 5000 }).toBeGreaterThan(0)
      tasks.shift()?.()
    }
    await post.stop()
    return { mails: server.mails.length, reports: reports.length }
  }
  expect(await run(2)).toEqual({ mails: 1, reports: 0 })
  expect(waits).toEqual([60_000, 300_000])
  expect(await run(99)).toEqual({ mails: 0, reports: 1 })
})
