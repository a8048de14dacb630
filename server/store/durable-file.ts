import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file that is there whole or not at all, whatever happens meanwhile: under another name first, then renamed
 * when it is safely on the disk. Readable by us only.
 */
export async function writeDurably(
  path: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const growing = `${path}.${process.pid}.part`
  const file = await open(growing, 'w', 0o600)
  try {
    await write(file)
      .then(() => file.sync())
      .finally(() => file.close())
    await rename(growing, path)
  } catch (error) {
    await rm(growing, { force: true })
    throw error
  }
  if (process.platform === 'win32') return // has no such call and needs none
  const folder = await open(dirname(path), 'r')
  await folder.sync().finally(() => folder.close())
}
