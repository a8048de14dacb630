import type { CrashPoint } from './crash-points.ts'
import { standAround } from './file-calls.ts'

/** This process kills itself at the given time that it comes to such a call. */
export async function dieAt({ isAt, when }: CrashPoint, times: number): Promise<void> {
  let left = times
  await standAround(async (call, doIt) => {
    const isNow = isAt(call) && --left === 0
    if (!isNow || !('bytes' in call)) {
      if (isNow && when === 'before') die()
      const result = await doIt()
      if (isNow) die()
      return result
    }
    if (when !== 'before') await doIt(when === 'half' ? call.bytes.length >> 1 : undefined)
    return die()
  })
}

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('bug: still alive')
}
