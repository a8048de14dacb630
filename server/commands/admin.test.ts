import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readConfig } from '../config.ts'
import { openStore } from '../store/store.ts'
import { createAdministrator } from './admin.ts'
import { bringSchemaUpToDate } from './migrate.ts'

test('a new folder is brought up to date, and gets an administrator while the server is stopped', async () => {
  const data = await mkdtemp(join(tmpdir(), 'kontor-admin-'))
  onTestFinished(() => rm(data, { recursive: true, force: true }))
  const config = readConfig(['--data', data], {})
  expect(await bringSchemaUpToDate(config)).toContain('0001-log, 0002-people')
  expect(await bringSchemaUpToDate(config)).toBe('The database is up to date.')

  const create = (...args: string[]) =>
    createAdministrator(['--data', data, ...args], { KONTOR_ADMIN_EMAIL: 'first@nordwerk.example' })
  expect(await create('--email', 'Chef@nordwerk.example')).toMatch(
    /^chef@nordwerk\.example is an administrator now .*: http:\/\/127\.0\.0\.1:4380\/#\/setup\?token=kts_/,
  )
  await expect(create('--email=chef@nordwerk.example')).rejects.toThrow(
    'Nothing was made: somebody has this e-mail address.',
  )
  await expect(create()).rejects.toThrow('The flag --email is missing.')
  await expect(create('--email', 'chef')).rejects.toThrow('Allowed is an e-mail address.')
  await expect(create('--email', 'x@y', '--prot', '1')).rejects.toThrow('There is no flag --prot.')

  const store = await openStore(config)
  onTestFinished(() => store.close())
  await expect(create('--email', 'other@nordwerk.example')).rejects.toThrow('is in use by')
})
