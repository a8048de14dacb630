import { randomBytes } from 'node:crypto'
import { copyFile, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aFolder } from '../testing/folder.ts'
import { createCipher } from './cipher.ts'
import { openFolder } from './files.ts'

const canary = 'Bestellung 4711-0183 für Dörte'

test('nothing of what is kept can be read from the files', async () => {
  const folder = await aFolder()
  const disk = await openFolder(folder, randomBytes(32))
  await disk.document('session').write({ token: canary })
  await disk.journal('log').append([{ text: canary }], true)
  await disk.close()

  const files = await readdir(folder)
  expect(files.sort()).toEqual(['key', 'lock-1', 'log.log', 'session.doc'])
  for (const name of files) {
    const bytes = await readFile(join(folder, name))
    expect(bytes.includes(canary), name).toBe(false)
    expect(bytes.includes('token'), name).toBe(false)
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600)
  }
})

test('with another key the folder begins anew, and what was there is put aside unread', async () => {
  const folder = await aFolder()
  const first = await openFolder(folder, randomBytes(32))
  await first.document('session').write({ token: canary })
  await first.journal('log').append([1], true)
  await first.close()
  const journal = await readFile(join(folder, 'log.log'))

  const second = await openFolder(folder, randomBytes(32))
  expect(await second.document('session').read()).toBeNull()
  expect(await second.journal('log').read()).toEqual({ records: [], isDamaged: false })
  await second.close()
  const [aside = ''] = await readdir(join(folder, 'quarantine'))
  expect((await readdir(join(folder, 'quarantine', aside))).sort()).toEqual([
    'key',
    'log.log',
    'session.doc',
  ])
  expect(await readFile(join(folder, 'quarantine', aside, 'log.log'))).toEqual(journal)
})

test('a document cannot stand in for another, nor a record for one elsewhere', async () => {
  const folder = await aFolder()
  const master = randomBytes(32)
  const first = await openFolder(folder, master)
  await first.document('settings').write({ language: 'de' })
  await first.journal('log').append(['a'], true)
  await first.journal('other').append(['b'], true)
  await first.close()
  await copyFile(join(folder, 'settings.doc'), join(folder, 'session.doc'))
  await rename(join(folder, 'other.log'), join(folder, 'third.log'))
  const record = await readFile(join(folder, 'log.log'))
  await writeFile(join(folder, 'log.log'), Buffer.concat([record, record]))

  const second = await openFolder(folder, master)
  expect(await second.document('session').read()).toBeNull()
  expect(await second.document('settings').read()).toEqual({ language: 'de' })
  expect((await second.journal('third').read()).records).toEqual([])
  expect((await second.journal('log').read()).records).toEqual(['a'])
  await second.close()
})

test('after a wipe no copy of the files can be read any more, and the folder is of use again', async () => {
  const folder = await aFolder()
  const master = randomBytes(32)
  const disk = await openFolder(folder, master)
  await disk.document('session').write({ token: canary })
  const copy = await readFile(join(folder, 'session.doc'))
  await disk.wipe()
  await writeFile(join(folder, 'session.doc'), copy)
  expect(await disk.document('session').read()).toBeNull()
  await disk.document('session').write({ token: 'new' })
  await disk.close()
  const again = await openFolder(folder, master)
  expect(await again.document('session').read()).toEqual({ token: 'new' })
  await again.close()
})

test('a cipher opens only what it sealed, where it was sealed, unchanged', () => {
  const cipher = createCipher(randomBytes(32))
  const sealed = cipher.seal(Buffer.from(canary), 'here')
  expect(cipher.open(sealed, 'here')?.toString()).toBe(canary)
  expect(cipher.seal(Buffer.from(canary), 'here')).not.toEqual(sealed)
  expect(cipher.open(sealed, 'there')).toBeNull()
  expect(createCipher(randomBytes(32)).open(sealed, 'here')).toBeNull()
  expect(cipher.open(sealed.subarray(0, 20), 'here')).toBeNull()
  for (const at of [0, 15, sealed.length - 1]) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(cipher.open(changed, 'here')).toBeNull()
  }
})
