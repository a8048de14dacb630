import { mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openFolder } from '../../../electron/host/files.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { openReplica, placeOf, rowsOf, type Life } from './life.ts'
import type { Image } from './power-cut.ts'

/** In memory where there is such a place: nothing here needs to last, and there are many images. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/**
 * Opens what a power cut left with the real code, goes on working, and opens it again.
 *
 * @param root the folder the images' paths begin with
 * @returns what was promised and did not hold
 */
export async function judge(
  image: Image,
  { root, folder, key }: { root: string; folder: string; key: Buffer | null },
  life: Life,
  moment: number,
): Promise<string[]> {
  const top = mkdtempSync(join(place, 'kontor-image-'))
  try {
    mkdirSync(join(top, 'replicas'), { recursive: true })
    for (const [path, bytes] of image) {
      const copy = path.replace(root, top)
      mkdirSync(dirname(copy), { recursive: true })
      writeFileSync(copy, bytes)
    }
    const own = folder.replace(root, top)
    const first = await open(own, key)
    const broken = faultsOf(first.replica, life, moment)
    if (image.has(join(folder, 'manifest.doc')) && !life.replicas.has(first.replica.outbox.replica))
      broken.push('it began anew')
    const { muid } = await first.replica.keepDeed('note.add', { text: 'danach' })
    await first.replica.fold()
    const retained = first.replica.outbox.retained.map((deed) => JSON.stringify(deed))
    await first.disk.close()

    const second = await open(own, key)
    broken.push(...faultsOf(second.replica, life, moment).map((fault) => `after a fold, ${fault}`))
    if (second.replica.outbox.deed(muid) === undefined) broken.push('a later deed is lost')
    const again = second.replica.outbox.retained.map((deed) => JSON.stringify(deed))
    if (again.join() !== retained.join()) broken.push('deeds changed between two starts')
    await second.disk.close()
    return broken
  } catch (error) {
    return [`it does not open: ${String(error)}`]
  } finally {
    rmSync(top, { recursive: true, force: true })
  }
}

async function open(folder: string, key: Buffer | null) {
  const disk = await openFolder(folder, key)
  return { disk, replica: await openReplica(disk) }
}

function faultsOf(replica: Replica, life: Life, moment: number): string[] {
  const broken: string[] = []
  const promised = ({ sinceMoment }: { sinceMoment: number }) => sinceMoment <= moment
  for (const { muid } of life.saved.filter(promised)) {
    const isRefused = replica.refused.has(muid) || life.settled.some((one) => one.muid === muid)
    if (replica.outbox.deed(muid) === undefined && !isRefused) broken.push('a saved deed is lost')
  }
  for (const { muid } of life.settled.filter(promised)) {
    if (replica.refused.has(muid)) broken.push('a refusal that was decided came back')
  }
  const rows = rowsOf(replica.base)
  if (replica.cursor === null) {
    if (rows.length > 0) broken.push('rows without a place')
    return broken
  }
  const there = life.places.get(placeOf(replica))
  if (there === undefined) return [...broken, 'a place where no frame led']
  if (there.rows.join() !== rows.join()) broken.push('rows of another place')
  const hasForked = replica.outbox.replica !== life.firstReplica
  if (there.lmid !== replica.outbox.lmid && !hasForked)
    broken.push('an acknowledgement of another place')
  return broken
}
