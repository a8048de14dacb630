import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openFolder } from '../../electron/host/files.ts'
import { aFolder } from '../../electron/testing/folder.ts'
import { createRandom } from '../../simulator/world/random.ts'
import { standAround, type FileCall } from './disk/file-calls.ts'
import { Life } from './disk/life.ts'
import { FragileFiles, printOf, type Image } from './disk/power-cut.ts'
import { judge } from './disk/verdict.ts'
import { isFull } from './rig.ts'

/** The power is cut under a console at every moment of a life, and the disk keeps no more than it must. */

/** Another choice of images: KONTOR_TEST_SEED=7. */
const seed = Number(process.env.KONTOR_TEST_SEED ?? 1)
/** Of every moment, beside those that are always looked at. */
const atRandom = isFull ? 400 : 8
const limitMs = isFull ? 3_600_000 : 120_000
const isLock = (path: string) => /\/lock-\d+$/.test(path)

type Recorded = Awaited<ReturnType<typeof record>>

/** Lives a life in a folder of its own and writes down every change to files, in its order. */
async function record(key: Buffer | null) {
  const root = await aFolder()
  const folder = join(root, 'replicas', 'anna')
  const calls: FileCall[] = []
  const end = await standAround(async (call, doIt) => {
    const bytes = call.kind === 'write' ? { bytes: Buffer.from(call.bytes) } : {}
    const result = await doIt()
    if (!isLock(call.path)) calls.push({ ...call, ...bytes })
    return result
  })
  onTestFinished(end)
  const life = new Life(() => calls.length)
  const disk = await openFolder(folder, key)
  await life.live(disk)
  await disk.close()
  end()
  return { root, folder, key, calls, life }
}

/** The same where the manifest is lost besides, which no power cut does. */
function withoutManifest(image: Image): Image {
  return new Map([...image].filter(([path]) => !path.endsWith('/manifest.doc')))
}

/** What is found broken in at most so many images, which are chosen by chance from all there can be. */
async function broken(recorded: Recorded, most: number, syncs: (call: FileCall) => boolean) {
  const random = createRandom(seed)
  const files = new FragileFiles()
  const seen = new Set<string>()
  const images = recorded.calls.flatMap((call, at) => {
    if (!call.kind.startsWith('sync') || syncs(call)) files.take(call)
    const promises = recorded.life.promisesAt(at + 1)
    const kept = [...files.images(random, atRandom)]
    return [...kept, ...kept.map(withoutManifest)].flatMap((image) => {
      const print = `${promises} ${printOf(image)}`
      if (seen.has(print)) return []
      seen.add(print)
      return [{ image, moment: at + 1, order: random.next() }]
    })
  })
  const chosen = images.sort((one, other) => one.order - other.order).slice(0, most)
  const found: string[] = []
  for (const { image, moment } of chosen) {
    for (const fault of await judge(image, recorded, recorded.life, moment))
      found.push(`after call ${moment}: ${fault}`)
  }
  return { found: [...new Set(found)], count: chosen.length }
}

test.each([
  { where: 'in files', key: null },
  { where: 'in sealed files', key: randomBytes(32) },
])(
  'P2, P4, row 5: whatever a power cut leaves $where, with the manifest or without, every saved deed is there, and rows are whole or asked for again',
  async ({ key }) => {
    const recorded = await record(key)
    expect(recorded.life.saved.length).toBeGreaterThan(5)
    const { found, count } = await broken(recorded, Infinity, () => true)
    expect(found).toEqual([])
    expect(count).toBeGreaterThan(300)
  },
  limitMs,
)

test.each([
  [
    'a deed',
    'a saved deed is lost',
    ({ kind, path }: FileCall) => kind === 'sync' && path.endsWith('.log'),
  ],
  [
    'a document',
    'it began anew',
    ({ kind, path }: FileCall) => kind === 'sync' && path.endsWith('.tmp'),
  ],
  ['a document’s name', 'a saved deed is lost', ({ kind }: FileCall) => kind === 'sync-folder'],
])(
  'row 5: the images show it when %s is no longer synced',
  async (_, fault, isLeftOut) => {
    const recorded = await record(null)
    const { found } = await broken(recorded, 400, (call) => !isLeftOut(call))
    expect(found.join()).toContain(fault)
  },
  limitMs,
)
