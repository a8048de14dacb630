import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { ConsoleCore } from '../../core/replica/console.ts'
import { Replica } from '../../core/replica/replica.ts'
import { aConversation, aMessage, aUser } from '../../core/testing/examples.ts'
import { openMachine } from '../../electron/host/machine.ts'
import { aFolder } from '../../electron/testing/folder.ts'
import { leavingPoints } from './disk/crash-points.ts'

/** A process is killed while somebody signs out: they are signed in with all that is theirs, or nothing is left. */

const child = join(import.meta.dirname, 'disk/doomed-leaver.ts')
const user = aUser()
/** Nobody listens there. */
const serverUrl = 'http://127.0.0.1:9'
const limitMs = 30_000
const soon = { timeout: 10_000, interval: 20 }
const report = () => undefined

/** A folder in which somebody is signed in, with a message and a picture that was looked at. */
async function aSignedInFolder() {
  const folder = await aFolder()
  const key = randomBytes(32)
  const setup = { folder, language: 'de', serverUrl: null, isServerManaged: false }
  const open = () => openMachine(setup, report, key)
  const machine = await open()
  const tokens = { token: 't', refreshToken: 'r', expiresAtMs: Date.now() + 3_600_000 }
  const session = { serverUrl, workspace: 'Nordwerk', ...tokens, user, isEnded: false }
  await machine.settings.document('session').write(session)
  const name = (await machine.sha256(`${serverUrl} ${user.id}`)).slice(0, 32)
  const disk = await machine.replicaDisk(name)
  const replica = await Replica.open(disk, machine.platform)
  const message = aMessage()
  await replica.takeFrame({
    from: null,
    cursor: { epoch: 'e', seq: { '0': 1 } },
    ...{ lmid: 0, lmuid: null, scopes: ['ws'], del: [], results: [] },
    put: [
      ['conversation', 1, aConversation({ id: message.conversationId })],
      ['message', 1, message],
    ],
  })
  await replica.fold()
  await disk.blobs.put('seen-picture-original', Uint8Array.of(1))
  await replica.close()
  await machine.close()
  /** What of theirs lies in the folder. */
  const left = () =>
    readdirSync(join(folder, 'replicas', name), { recursive: true, encoding: 'utf8' }).filter(
      (path) => !/^(key|lock-\d+|blobs)$/.test(path),
    )
  return { folder, key, open, left }
}

test.each(Object.keys(leavingPoints))(
  'P5: killed %s',
  async (point) => {
    const { folder, key, open, left } = await aSignedInFolder()
    const args = ['--import', 'tsx', child, folder, key.toString('hex'), point]
    const doomed = spawn(process.execPath, args)
    onTestFinished(() => void doomed.kill('SIGKILL'))
    const [complaint, [, signal]] = await Promise.all([
      text(doomed.stderr),
      once(doomed, 'exit') as Promise<[number | null, string | null]>,
    ])
    expect([complaint, signal]).toEqual(['', 'SIGKILL'])

    const machine = await open()
    onTestFinished(() => machine.close())
    const core = new ConsoleCore(machine)
    await core.start()
    if (point === 'before it is written down') {
      await core.desk.replica.loading.all()
      expect(core.desk.replica.base.count('message')).toBe(1)
    } else {
      expect(core.appState().user).toBeNull()
      expect(await machine.settings.document('session').read()).toBeNull()
      expect(left()).toEqual([])
    }
    await core.stop()
  },
  limitMs,
)

test.each([
  ['signs out', false],
  ['is shut out', true],
])('who %s leaves nothing, although the server never answers', async (_, isForGood) => {
  const { open, left } = await aSignedInFolder()
  const machine = await open()
  onTestFinished(() => machine.close())
  const asked: string[] = []
  const core = new ConsoleCore({
    ...machine,
    http({ method, url }) {
      asked.push(`${method} ${url.replace(serverUrl, '')}`)
      return new Promise(() => undefined)
    },
  })
  await core.start()
  void core.signOut(isForGood)
  await expect.poll(() => core.session.kept, soon).toBeNull()
  await expect.poll(left, soon).toEqual([])
  const isTold = () => asked.includes('DELETE /api/v1/sessions/current')
  if (isForGood) expect(isTold()).toBe(false)
  else await expect.poll(isTold, soon).toBe(true)
})
