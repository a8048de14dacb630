import { expect, test } from 'vitest'
import { hashPassword, isPassword } from './passwords.ts'

test('a password is told from others, however its letters are encoded', async () => {
  const stored = await hashPassword('Straßenlärm im Café')
  expect(await isPassword(stored, 'Straßenlärm im Café'.normalize('NFD'))).toBe(true)
  expect(await isPassword(stored, 'Straßenlärm im Cafe')).toBe(false)
})

test('eleven characters are too few, twelve of any kind are enough', async () => {
  await expect(hashPassword('elf Zeichen')).rejects.toThrow('12 to 256 characters')
  await expect(hashPassword('aaaaaaaaaaaa')).resolves.toContain('$argon2id$')
})

test('without an account the same work is done', async () => {
  const stored = await hashPassword('some long password')
  await isPassword(null, 'warms the decoy up')
  // Work, not time: how long it takes depends on what else the machine does.
  const work = async (against: string | null) => {
    const before = process.cpuUsage()
    for (let count = 0; count < 5; count += 1) await isPassword(against, 'not the password')
    return process.cpuUsage(before).user
  }
  const [known, unknown] = [await work(stored), await work(null)]
  expect(unknown / known).toBeGreaterThan(0.5)
  expect(await isPassword(null, 'the password of nobody at all')).toBe(false)
})
