import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createSeal, loadKey } from './key.ts'

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-key-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('the key is made once, for our eyes only', async () => {
  const folder = await aFolder()
  const key = await loadKey(folder, null)
  expect(key).toHaveLength(32)
  expect(await loadKey(folder, null)).toEqual(key)
  expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600)
})

test('a damaged key file stops the start and is not replaced', async () => {
  const folder = await aFolder()
  await writeFile(join(folder, 'key'), 'half a k')
  await expect(loadKey(folder, null)).rejects.toThrow('holds no key')
})

test('what was sealed opens with the same key for the same purpose only', () => {
  const key = randomBytes(32)
  const sealed = createSeal(key).seal('EAAG-secret', 'whatsapp-token')
  expect(sealed).not.toContain('EAAG')
  expect(createSeal(key).unseal(sealed, 'whatsapp-token')).toBe('EAAG-secret')
  expect(() => createSeal(key).unseal(sealed, 'app-secret')).toThrow()
  expect(() => createSeal(randomBytes(32)).unseal(sealed, 'whatsapp-token')).toThrow('another key')
  const changed = sealed.slice(0, -1) + (sealed.endsWith('A') ? 'B' : 'A')
  expect(() => createSeal(key).unseal(changed, 'whatsapp-token')).toThrow()
})
