import { expect, test } from 'vitest'
import type { Reply } from './client.ts'
import { RemoteHost, type ToHost } from './remote-host.ts'

test('requests wait for the first host and are answered by id, in any order', async () => {
  const remote = new RemoteHost()
  const first = remote.request('app.state', {})
  const second = remote.request('message.send', { text: 'hello' })
  const asked = connect(remote)
  expect(asked.map(({ method }) => method)).toEqual(['app.state', 'message.send'])
  remote.hear({ id: asked[1]!.id, reply: value('sent') })
  remote.hear({ id: asked[0]!.id, reply: value('state') })
  expect([await first, await second]).toEqual([value('state'), value('sent')])
})

test('what a stopped host left is asked again when it only reads, and never sent a second time', async () => {
  const remote = new RemoteHost()
  connect(remote)
  const read = remote.request('thread.page', {})
  const send = remote.request('message.send', {})
  remote.lost()
  expect(await send).toMatchObject({ ok: false, error: { code: 'internal' } })
  const waiting = remote.request('message.send', { asked: 'while there was no host' })

  const asked = connect(remote)
  expect(asked.map(({ method }) => method)).toEqual(['thread.page', 'message.send'])
  for (const { id } of asked) remote.hear({ id, reply: value('done') })
  expect([await read, await waiting]).toEqual([value('done'), value('done')])
})

test('the window asks again after another host took over', () => {
  const remote = new RemoteHost()
  const heard: string[] = []
  remote.subscribeAll((name) => heard.push(name))
  connect(remote)
  expect(heard).toEqual([])
  remote.lost()
  connect(remote)
  expect(heard).toContain('inbox.changed')
  expect(heard).not.toContain('thread.changed')
})

test('signals reach those who asked for them until they stop', () => {
  const remote = new RemoteHost()
  const heard: unknown[] = []
  const stop = remote.subscribe('thread.changed', (data) => heard.push(data))
  remote.hear({ signal: 'thread.changed', data: 1 })
  remote.hear({ signal: 'inbox.changed', data: 2 })
  stop()
  remote.hear({ signal: 'thread.changed', data: 3 })
  expect(heard).toEqual([1])
})

test('an input that cannot be copied is refused, and the wire goes on', async () => {
  const remote = new RemoteHost()
  remote.connected((message) => void structuredClone(message))
  expect(await remote.request('app.state', () => undefined)).toMatchObject({
    error: { code: 'bad-request' },
  })
})

function connect(remote: RemoteHost): ToHost[] {
  const asked: ToHost[] = []
  remote.connected((message) => asked.push(message))
  return asked
}

function value(value: unknown): Reply {
  return { ok: true, value }
}
