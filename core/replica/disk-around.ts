import type { Disk } from './ports.ts'

/** What is done to a disk. `write` adds documents and records, `put` whole files. */
export type Act = 'read' | 'write' | 'put' | 'remove'
export type Around = <T>(act: Act, work: () => Promise<T>) => Promise<T>

/** The same disk, with something around everything that is asked of it. */
export function aroundDisk(disk: Disk, around: Around): Disk {
  const { blobs } = disk
  return {
    document<T>(name: string) {
      const document = disk.document<T>(name)
      return {
        read: () => around('read', () => document.read()),
        write: (content: T) => around('write', () => document.write(content)),
      }
    },
    removeDocument: (name) => around('remove', () => disk.removeDocument(name)),
    list: () => around('read', () => disk.list()),
    journal(name) {
      const journal = disk.journal(name)
      return {
        read: () => around('read', () => journal.read()),
        append: (records, isDurable) => around('write', () => journal.append(records, isDurable)),
        sizeBytes: () => journal.sizeBytes(),
        remove: () => around('remove', () => journal.remove()),
      }
    },
    blobs: {
      put: (name, bytes) => around('put', () => blobs.put(name, bytes)),
      read: (name) => around('read', () => blobs.read(name)),
      remove: (name) => around('remove', () => blobs.remove(name)),
      list: () => around('read', () => blobs.list()),
    },
    forgetUnreadable: () => around('remove', () => disk.forgetUnreadable()),
    wipe: () => around('remove', () => disk.wipe()),
  }
}
