import { expect, test } from 'vitest'
import { Kept } from './kept.svelte.ts'

/** A question whose answers come when the test says so. */
function questions() {
  const asked: { answer: (value: string) => void; fail: () => void }[] = []
  const heard = new Set<() => void>()
  const kept = new Kept(
    () =>
      new Promise<string>((answer, reject) =>
        asked.push({ answer, fail: () => reject(new Error('no')) }),
      ),
    (listener) => {
      heard.add(listener)
      return () => heard.delete(listener)
    },
  )
  return { kept, asked, heard, change: () => heard.forEach((listener) => listener()) }
}

test('it asks once, and again when something changed', async () => {
  const { kept, asked, change } = questions()
  kept.open()
  asked[0]!.answer('eins')
  await expect.poll(() => kept.value).toBe('eins')
  change()
  asked[1]!.answer('zwei')
  await expect.poll(() => kept.value).toBe('zwei')
  expect(asked.length).toBe(2)
})

test('answers that overtake one another do no harm', async () => {
  const { kept, asked, change } = questions()
  kept.open()
  change()
  asked[1]!.answer('neu')
  asked[0]!.answer('alt')
  await expect.poll(() => kept.phase).toBe('ready')
  expect(kept.value).toBe('neu')
})

test('a failure keeps what was known, and an old failure counts for nothing', async () => {
  const { kept, asked, change } = questions()
  kept.open()
  asked[0]!.answer('bekannt')
  await expect.poll(() => kept.phase).toBe('ready')
  change()
  asked[1]!.fail()
  await expect.poll(() => kept.phase).toBe('failed')
  expect(kept.value).toBe('bekannt')
  change()
  change()
  asked[3]!.answer('wieder da')
  asked[2]!.fail()
  await expect.poll(() => kept.value).toBe('wieder da')
  expect(kept.phase).toBe('ready')
})

test('what a deed answered is newer than a question still under way', async () => {
  const { kept, asked, heard } = questions()
  const close = kept.open()
  kept.put('aus der Tat')
  asked[0]!.answer('von vorher')
  await Promise.resolve()
  expect(kept.value).toBe('aus der Tat')
  close()
  expect(heard.size).toBe(0)
})
