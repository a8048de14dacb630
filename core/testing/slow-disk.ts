import type { MemoryDisk } from './memory-disk.ts'

/**
 * A disk whose documents with messages are read only when they are let through.
 *
 * @returns `letThrough` lets one go on of those that wait, and does nothing when none does
 */
export function slowly(disk: MemoryDisk): { disk: MemoryDisk; letThrough: (at: number) => void } {
  const waiting: (() => void)[] = []
  const document = disk.document.bind(disk)
  const slow: MemoryDisk = {
    ...disk,
    document<T>(name: string) {
      const held = document<T>(name)
      const read = async () => {
        if (name.includes('messages')) await new Promise<void>((go) => waiting.push(go))
        return held.read()
      }
      return { ...held, read }
    },
  }
  const letThrough = (at: number) => waiting.splice(at % Math.max(1, waiting.length), 1)[0]?.()
  return { disk: slow, letThrough }
}
