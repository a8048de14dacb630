import { expect, test } from 'vitest'
import { AppError } from '../lib/errors.ts'
import { FoldTimes } from './fold-times.ts'

const megabyte = 1024 * 1024

/** A journal that grows as told, on a machine whose rest comes when told. */
function growing(fold: () => Promise<void> = async () => undefined) {
  let sizeBytes = 0
  let due: (() => void) | null = null
  const folds: number[] = []
  const platform = {
    nowMs: () => 0,
    newId: () => '',
    random: () => 0,
    after(_delayMs: number, run: () => void) {
      due = run
      return () => (due = null)
    },
  }
  const times = new FoldTimes(
    platform,
    () => sizeBytes,
    async () => {
      await fold()
      folds.push(sizeBytes / megabyte)
      sizeBytes = 0
    },
  )
  const growTo = async (megabytes: number) => {
    sizeBytes = megabytes * megabyte
    await times.grown()
  }
  return { times, folds, growTo, rest: () => due?.() }
}

test('a journal is folded when it is long, and sooner when nothing comes for a while', async () => {
  const { folds, growTo, rest } = growing()
  await growTo(1)
  rest()
  await growTo(7)
  expect(folds).toEqual([])
  rest()
  await expect.poll(() => folds).toEqual([7])
  await growTo(9)
  expect(folds).toEqual([7, 9])
})

test('a fold there is no room for is tried again, and one that is a bug is told', async () => {
  const full = growing(() => Promise.reject(new AppError('disk-full', 'full')))
  await full.growTo(9)
  await full.growTo(9.1)
  expect(full.folds).toEqual([])
  const broken = growing(() => Promise.reject(new Error('bug')))
  await expect(broken.growTo(9)).rejects.toThrow('bug')
})

test('nothing is folded once it was stopped', async () => {
  const { times, folds, growTo, rest } = growing()
  await growTo(7)
  times.stop()
  rest()
  expect(folds).toEqual([])
})
