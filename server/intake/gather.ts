export type GatherRules = {
  /** The first of a batch waits at most so long for company. */
  waitMs: number
  /** At most so many share a batch, */
  count: number
  /** and at most so many bytes, or one that is larger. */
  bytes: number
  /** A batch at a time, and what comes meanwhile shares the next. One that takes longer than this holds nobody up. */
  slowMs: number
}

type Item = { bytes: number }

/**
 * Gathers what comes together into batches: more of it when work is slow, less when it is quick.
 *
 * @param work never rejects
 * @returns takes one more item
 */
export function createGatherer<T extends Item>(
  rules: GatherRules,
  work: (batch: readonly T[]) => Promise<void>,
): (item: T) => void {
  let waiting: T[] = []
  let waitingBytes = 0
  let timer: NodeJS.Timeout | undefined
  let isWorking = false
  let isDue = false

  function start(): void {
    clearTimeout(timer)
    timer = undefined
    isDue = true
    if (isWorking) return
    const batch = takeBatch()
    isDue = waiting.length > 0
    isWorking = true
    const done = once(() => {
      isWorking = false
      if (isDue) start()
    })
    const slow = setTimeout(done, rules.slowMs)
    void work(batch).then(() => {
      clearTimeout(slow)
      done()
    })
  }

  function takeBatch(): T[] {
    let count = 0
    let bytes = 0
    for (const item of waiting.slice(0, rules.count)) {
      if (count > 0 && bytes + item.bytes > rules.bytes) break
      count += 1
      bytes += item.bytes
    }
    const batch = waiting.slice(0, count)
    waiting = waiting.slice(count)
    waitingBytes -= bytes
    return batch
  }

  return (item) => {
    waiting.push(item)
    waitingBytes += item.bytes
    if (waiting.length >= rules.count || waitingBytes >= rules.bytes) start()
    else if (!isDue) timer ??= setTimeout(start, rules.waitMs)
  }
}

function once(run: () => void): () => void {
  let hasRun = false
  return () => {
    if (!hasRun) run()
    hasRun = true
  }
}
