import fs, { type FileHandle } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncBuiltinESMExports } from 'node:module'

/** One change the code under test asks the file system for. Paths are as it gave them. */
export type FileCall =
  | { kind: 'create' | 'remove' | 'sync' | 'sync-folder'; path: string }
  /** `first`: the outermost folder that is made on the way. */
  | { kind: 'make-folder'; path: string; first: string }
  | { kind: 'write'; path: string; at: number; bytes: Buffer }
  | { kind: 'cut'; path: string; sizeBytes: number }
  | { kind: 'rename'; path: string; from: string }

/** Does the call; of a write only so many bytes, if a number is given. */
export type Doing = (bytes?: number) => Promise<unknown>

/** Stands around every call: it may look, wait, end the process, or leave the call out. */
export type Around = (call: FileCall, doIt: Doing) => Promise<unknown>

type Loose = (this: unknown, ...args: never[]) => Promise<unknown>

/**
 * Stands around all changes this process makes through `node:fs/promises` from now on. Named imports of built-in
 * modules are live, so the code under test needs to know nothing of it.
 *
 * @returns how to end it
 */
export async function standAround(around: Around): Promise<() => void> {
  const { open, rename, rm, mkdir } = fs
  const paths = new WeakMap<FileHandle, { path: string; isFolder: boolean }>()
  const of = (handle: FileHandle) => paths.get(handle) ?? { path: '', isFolder: false }

  fs.open = async (path, flags, mode) => {
    const isNew = typeof flags !== 'string' ? !existsSync(path) : flags.startsWith('w')
    const doIt = () => open(path, flags, mode)
    const call: FileCall = { kind: 'create', path: String(path) }
    const handle = (await (isNew ? around(call, doIt) : doIt())) as FileHandle // what `open` answered
    paths.set(handle, { path: String(path), isFolder: (await handle.stat()).isDirectory() })
    return handle
  }
  fs.rename = async (from, to) => {
    await around({ kind: 'rename', from: String(from), path: String(to) }, () => rename(from, to))
  }
  fs.rm = async (path, options) => {
    await around({ kind: 'remove', path: String(path) }, () => rm(path, options))
  }
  const makeFolder: Loose = async (...args: Parameters<typeof mkdir>) => {
    const path = String(args[0])
    if (existsSync(path)) return mkdir(...args)
    const call: FileCall = { kind: 'make-folder', path, first: outermostMissing(path) }
    return around(call, () => mkdir(...args))
  }
  fs.mkdir = makeFolder as typeof mkdir // the same arguments and answers
  syncBuiltinESMExports()

  const endOfHandles = await standAroundHandles(around, of)
  return () => {
    Object.assign(fs, { open, rename, rm, mkdir })
    syncBuiltinESMExports()
    endOfHandles()
  }
}

/** Every file handle has one class, which Node exports nowhere. */
async function standAroundHandles(
  around: Around,
  of: (handle: FileHandle) => { path: string; isFolder: boolean },
): Promise<() => void> {
  const any = await fs.open('.', 'r')
  const handles = Object.getPrototypeOf(any) as Handles
  await any.close()
  const original = pick(handles)
  const synced = (sync: Handles['sync']) =>
    async function (this: FileHandle) {
      const { path, isFolder } = of(this)
      await around({ kind: isFolder ? 'sync-folder' : 'sync', path }, () => sync.call(this))
    }
  const own = {
    async write(this: FileHandle, bytes: Buffer, from: number, length: number, at: number) {
      const call: FileCall = {
        kind: 'write',
        ...of(this),
        at,
        bytes: bytes.subarray(from, from + length),
      }
      return around(call, (part = length) => original.write.call(this, bytes, from, part, at))
    },
    async writeFile(this: FileHandle, content: string | Buffer) {
      const bytes = Buffer.from(content)
      await around({ kind: 'write', ...of(this), at: 0, bytes }, (part = bytes.length) =>
        original.writeFile.call(this, bytes.subarray(0, part)),
      )
    },
    async truncate(this: FileHandle, sizeBytes: number) {
      await around({ kind: 'cut', ...of(this), sizeBytes }, () =>
        original.truncate.call(this, sizeBytes),
      )
    },
    sync: synced(original.sync),
    datasync: synced(original.datasync),
  }
  Object.assign(handles, own)
  return () => void Object.assign(handles, original)
}

/** The methods of file handles, as far as the code under test uses them. */
type Handles = {
  write: (
    this: FileHandle,
    bytes: Buffer,
    from: number,
    size: number,
    at: number,
  ) => Promise<unknown>
  writeFile: (this: FileHandle, bytes: Buffer) => Promise<void>
  truncate: (this: FileHandle, sizeBytes: number) => Promise<void>
  sync: (this: FileHandle) => Promise<void>
  datasync: (this: FileHandle) => Promise<void>
}

function pick({ write, writeFile, truncate, sync, datasync }: Handles): Handles {
  return { write, writeFile, truncate, sync, datasync }
}

function outermostMissing(path: string): string {
  return existsSync(dirname(path)) ? path : outermostMissing(dirname(path))
}
