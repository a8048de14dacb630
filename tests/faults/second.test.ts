import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createConsole } from '../../core/replica/console.ts'
import { openMachine } from '../../electron/host/machine.ts'
import { aFolder } from '../../electron/testing/folder.ts'
import { lockData } from '../../server/store/lock.ts'
import { openRig } from './rig.ts'

/** Two of a kind on one folder: the second is sent away, and the first never notices. */

/** Every file below with its bytes, but for those a running database writes all the time. */
function contentOf(folder: string, leavesOut = /^$/): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter(
    (name) => !leavesOut.test(name) && statSync(join(folder, name)).isFile(),
  )
  return Object.fromEntries(
    files.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  )
}

test('P2, row 6: a second console on the same folder is refused within a second, and changes nothing', async () => {
  const folder = await aFolder()
  const setup = { folder, language: 'de', serverUrl: null, isServerManaged: false }
  const machine = await openMachine(setup, () => undefined)
  onTestFinished(() => machine.close())
  const console = createConsole(machine)
  await console.start()
  await console.host.handlers['settings.set']({ theme: 'dark' })
  await machine.replicaDisk('anna')
  const before = contentOf(folder)

  const startedAtMs = performance.now()
  await expect(openMachine(setup, () => undefined)).rejects.toMatchObject({ code: 'unavailable' })
  expect(performance.now() - startedAtMs).toBeLessThan(1000)
  expect(contentOf(folder)).toEqual(before)
})

test('P1, row 6: a second server on the same data folder is refused within a second, and changes nothing', async () => {
  const rig = await openRig({ seed: 6 })
  onTestFinished(() => rig.close())
  await rig.start()
  const folder = join(rig.folder, 'server')
  const before = contentOf(folder, /^postgres/)

  const startedAtMs = performance.now()
  await expect(lockData(folder)).rejects.toThrow('is in use by process')
  expect(performance.now() - startedAtMs).toBeLessThan(1000)
  await expect(rig.start()).rejects.toThrow('is in use by process')
  expect(contentOf(folder, /^postgres/)).toEqual(before)
  await expect(rig.api().get('/me')).resolves.toBeDefined()
}, 60_000)
