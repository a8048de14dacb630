import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { aFolder } from '../testing/folder.ts'
import { askAboutKey, passwordStoreOf } from './key-dialog.ts'
import { createKey, findKey, keyringOf, setKeyAside, type Found, type Keyring } from './keyring.ts'

type State = 'none' | 'gnome_libsecret' | 'kwallet6' | 'gnome locked' | 'kwallet locked'
const states: State[] = ['none', 'gnome_libsecret', 'kwallet6', 'gnome locked', 'kwallet locked']

/** A keyring as a desktop session may have it; each backend wraps with a secret of its own. */
function aKeyring(state: State): Keyring {
  const backend = state.startsWith('gnome')
    ? 'gnome_libsecret'
    : state.startsWith('kwallet')
      ? 'kwallet6'
      : 'none'
  const isLocked = state.endsWith('locked')
  return {
    backend: () => backend,
    wrap(secret) {
      if (isLocked) throw new Error('locked')
      return Buffer.from(`${backend}:${secret}`)
    },
    unwrap(wrapped) {
      const [by, secret = ''] = wrapped.toString().split(':')
      if (isLocked || by !== backend) throw new Error('cannot decrypt')
      return secret
    },
  }
}

async function aPath() {
  return join(await aFolder(), 'key.json')
}

test('the first start makes a key and keeps it wrapped; the next finds it', async () => {
  const path = await aPath()
  const first = await findKey(path, aKeyring('gnome_libsecret'))
  const text = await readFile(path, 'utf8')
  expect(first.kind).toBe('ready')
  expect(text).not.toContain(keyOf(first))
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(await findKey(path, aKeyring('gnome_libsecret'))).toEqual(first)
})

test('without a keyring nothing is made until the person accepts it, and a keyring that comes later takes the key', async () => {
  const path = await aPath()
  expect(await findKey(path, aKeyring('none'))).toEqual({ kind: 'unprotected' })
  await expect(readFile(path)).rejects.toThrow('ENOENT')
  const key = await createKey(path, aKeyring('none'))
  expect(await findKey(path, aKeyring('none'))).toEqual({ kind: 'ready', key })
  expect(await findKey(path, aKeyring('kwallet6'))).toEqual({ kind: 'ready', key })
  expect(await readFile(path, 'utf8')).not.toContain(key.toString('base64'))
})

test.each(states.flatMap((before) => states.map((now) => [before, now] as const)))(
  'from %s to %s the key is found or told apart, and never written over',
  async (before, now) => {
    const path = await aPath()
    const made = await createKey(path, aKeyring(before)).catch(() => null)
    if (made === null) return // a locked keyring makes no key
    const text = await readFile(path, 'utf8')
    const found = await findKey(path, aKeyring(now))
    if (found.kind === 'ready') {
      expect(found.key).toEqual(made)
    } else {
      const backendOf = (state: State) => aKeyring(state).backend()
      const kind = backendOf(before) === backendOf(now) ? 'locked' : 'moved'
      expect(found).toMatchObject({ kind })
    }
    const isTaken = before === 'none' && now !== 'none' && !now.endsWith('locked')
    if (!isTaken) expect(await readFile(path, 'utf8')).toBe(text)
  },
)

test('a damaged key file is told, kept, and put aside only on the person’s word', async () => {
  const path = await aPath()
  for (const text of ['', '{"format":1', '{"format":2,"backend":"x","key":"x"}', 'null']) {
    await writeFile(path, text)
    expect(await findKey(path, aKeyring('kwallet6'))).toEqual({ kind: 'damaged' })
    expect(await readFile(path, 'utf8')).toBe(text)
  }
  setKeyAside(path, 7)
  expect(await readdir(join(path, '..'))).toEqual(['key.json.7.aside'])
  expect((await findKey(path, aKeyring('kwallet6'))).kind).toBe('ready')
})

test.each([
  ['win32', true, 'x', 'dpapi'],
  ['darwin', true, 'x', 'keychain'],
  ['darwin', false, 'x', 'none'],
  ['linux', true, 'gnome_libsecret', 'gnome_libsecret'],
  ['linux', true, 'basic_text', 'none'],
  ['linux', true, 'unknown', 'none'],
] as const)('on %s, available: %s, %s counts as %s', (platform, isAvailable, selected, backend) => {
  const safeStorage = {
    isEncryptionAvailable: () => isAvailable,
    getSelectedStorageBackend: () => selected as 'unknown', // any word Electron may say
    encryptString: (text: string) => Buffer.from(text),
    decryptString: String,
  }
  expect(keyringOf(safeStorage, platform).backend()).toBe(backend)
})

test.each(['none', 'kwallet6'] as const)(
  'a key of another length, kept by %s, is told as damaged and not written over',
  async (state) => {
    const path = await aPath()
    const keyring = aKeyring(state)
    for (const bytes of [0, 31, 33]) {
      const short = Buffer.alloc(bytes, 1).toString('base64')
      const key = state === 'none' ? short : keyring.wrap(short).toString('base64')
      const text = JSON.stringify({ format: 1, backend: keyring.backend(), key })
      await writeFile(path, text)
      expect(await findKey(path, keyring)).toEqual({ kind: 'damaged' })
      expect(await readFile(path, 'utf8')).toBe(text)
    }
  },
)

test('every trouble is a question in both languages, and closing it quits', () => {
  const troubles: Exclude<Found, { kind: 'ready' }>[] = [
    { kind: 'unprotected' },
    { kind: 'locked', backend: 'kwallet6' },
    { kind: 'moved', from: 'gnome_libsecret', to: 'kwallet6' },
    { kind: 'damaged' },
  ]
  for (const found of troubles) {
    for (const language of ['de', 'en'] as const) {
      const { choices, question } = askAboutKey(found, language)
      expect(choices[question.cancelId]).toBe('quit')
      expect(question.buttons).toHaveLength(choices.length)
      expect(JSON.stringify(question)).not.toContain('{{')
    }
  }
  expect(passwordStoreOf('gnome_libsecret')).toBe('gnome-libsecret')
})

function keyOf(found: Found): string {
  return found.kind === 'ready' ? found.key.toString('base64') : ''
}
