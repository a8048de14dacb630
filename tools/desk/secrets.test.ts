import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets, newPassword, passwordOf, saveSecrets } from './secrets.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'kontor-desk-'))))
afterEach(() => rmSync(folder, { recursive: true }))

test('a desk keeps its secrets from start to start', () => {
  const secrets = loadSecrets(folder)
  const password = passwordOf(secrets, 'anna@nordwerk.example')
  saveSecrets(folder, { ...secrets, apiKey: 'key' })
  const again = loadSecrets(folder)
  expect(again).toEqual({ ...secrets, apiKey: 'key' })
  expect(passwordOf(again, 'anna@nordwerk.example')).toBe(password)
})

test('two desks share none', () => {
  const other = loadSecrets(join(folder, 'other'))
  const one = loadSecrets(join(folder, 'one'))
  expect(other.appSecret).not.toBe(one.appSecret)
  expect(other.seed).not.toBe(one.seed)
})

test.skipIf(process.platform === 'win32')('only its owner may read them', () => {
  loadSecrets(folder)
  expect(statSync(join(folder, 'desk.json')).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['desk.json'])
})

test('a damaged file is named, and what to do', () => {
  writeFileSync(join(folder, 'desk.json'), '{"seed":')
  expect(() => loadSecrets(folder)).toThrow(/desk\.json is damaged.*--data/)
})

test('a password can be read aloud and is long enough to sign in with', () => {
  expect(newPassword()).toMatch(/^[a-z]{6}-[a-z]{6}-\d{4}$/)
  expect(newPassword()).not.toBe(newPassword())
})
