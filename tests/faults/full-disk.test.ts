import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { aFolder } from '../../electron/testing/folder.ts'
import { textBody } from './corpus.ts'
import { openRig, type Rig } from './rig.ts'
import { openSmallDisk } from './small-disk.ts'
import { allMessages } from './witness.ts'

/** Disks that are full, and have room again later. */

const soon = { timeout: 60_000, interval: 200 }
const noNamespace = 'this machine lets a test make no small disk of its own'

/** Posts a message of a customer's; a long one, so that room is needed for it. */
async function write(rig: Rig, wamid: string): Promise<number> {
  const text = `${wamid} ${Array.from({ length: 500 }, () => Math.random().toString(36)).join(' ')}`
  return rig.post(Buffer.from(textBody({ id: wamid, text: { body: text } }))).catch(() => 0)
}

async function upload(rig: Rig, token: string): Promise<number> {
  const form = new FormData()
  const pdf = new Blob(['%PDF-1.4\n', new Uint8Array(1_000_000)], { type: 'application/pdf' })
  form.append('file', pdf, 'a.pdf')
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${rig.url()}/api/v1/media`, { method: 'POST', headers, body: form })).status
}

test('P1, row 14: a server whose disk is full refuses, and has all it said yes to when there is room again', async ({
  skip,
}) => {
  const rig = await openRig({ seed: 11 })
  onTestFinished(() => rig.close())
  const disk = await openSmallDisk(join(rig.folder, 'server'), '200m')
  if (disk === null) return skip(noNamespace)
  await rig.start(disk.within)
  const accepted: string[] = []
  const tell = async (wamid: string) => {
    const status = await write(rig, wamid)
    if (status === 200) accepted.push(wamid)
    return status
  }
  expect(await tell('wamid.FIRST')).toBe(200)

  const token = await rig.signIn()

  disk.fill()
  const refused = new Set<number>()
  for (let count = 0; count < 3000 && refused.size === 0; count += 1) {
    const status = await tell(`wamid.FULL${count}`)
    if (status !== 200) refused.add(status)
  }
  expect([...refused].filter((status) => status !== 503)).toEqual([])
  expect(refused.size).toBe(1)
  expect([503, 507]).toContain(await upload(rig, token))

  disk.free()
  await expect.poll(() => tell('wamid.AGAIN'), soon).toBe(200)
  await expect.poll(() => upload(rig, token), soon).toBe(201)
  await expect
    .poll(async () => {
      const stored = (await allMessages(rig)).flatMap(({ wamid }) => wamid ?? [])
      return accepted.filter((wamid) => !stored.includes(wamid))
    }, soon)
    .toEqual([])
  const stored = (await allMessages(rig)).flatMap(({ wamid }) => wamid ?? [])
  expect(new Set(stored).size).toBe(stored.length)
}, 180_000)

test('P2, row 14: a console whose disk is full says so, changes nothing, and goes on when there is room', async ({
  skip,
}) => {
  const folder = await aFolder()
  const disk = await openSmallDisk(folder, '48m')
  if (disk === null) return skip(noNamespace)
  const child = join(import.meta.dirname, 'disk/full-desk.ts')
  const [command = '', ...args] = [
    ...disk.within,
    process.execPath,
    '--import',
    'tsx',
    child,
    folder,
  ]
  const running = spawn(command, args)
  const [said, complaint] = await Promise.all([text(running.stdout), text(running.stderr)])
  expect(complaint).toBe('')
  expect(JSON.parse(said)).toEqual({
    codes: { deed: 'disk-full', frame: 'disk-full', fold: 'disk-full', fork: 'disk-full' },
    isUnchanged: true,
    tight: null,
    isTaken: true,
    isSame: true,
  })
}, 60_000)
