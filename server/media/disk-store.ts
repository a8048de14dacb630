import { createReadStream } from 'node:fs'
import { mkdir, open, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../core/lib/errors.ts'
import type { MediaStore } from './store.ts'

/** Files on this machine's disk: `ab/ab12…`. @param directory made when missing; files put must be on its disk */
export function diskStore(directory: string): MediaStore & { pathOf(name: string): string } {
  const pathOf = (name: string) => join(directory, name.slice(0, 2), name)
  const sizeOf = (name: string) =>
    stat(pathOf(name)).then(
      (found) => (found.isFile() ? found.size : undefined),
      () => undefined,
    )
  return {
    pathOf,
    sizeOf,
    async put(path, name) {
      const target = pathOf(name)
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await rename(path, target)
      await syncDirectory(dirname(target))
    },
    async read(name, range) {
      if ((await sizeOf(name)) === undefined) throw new AppError('not-found', 'no such file')
      return createReadStream(pathOf(name), range ?? {})
    },
  }
}

/** The name is on the disk too; Windows has no such call and needs none. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  await directory.sync().finally(() => directory.close())
}
