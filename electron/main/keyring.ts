import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync } from 'node:fs'
import { KEY_BYTES } from '../host/cipher.ts'
import { hasCode, replaceFile } from '../host/durable.ts'

/** What this person's session offers to keep a secret with: Electron's safeStorage, or a test's. */
export type Keyring = {
  /** `dpapi`, `keychain`, or on Linux what the desktop has; `none` where there is nothing that protects. */
  backend(): string
  wrap(secret: string): Buffer
  /** @throws when it is locked, or another wrapped it */
  unwrap(wrapped: Buffer): string
}

/** Linux without a wallet: a fixed key that everybody knows, or nobody can tell. */
const unprotecting = ['basic_text', 'unknown']
const NONE = 'none'

/** The keyring that Electron knows. Ask only once the app is ready: before, Linux cannot tell. */
export function keyringOf(
  safeStorage: Pick<
    Electron.SafeStorage,
    'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
  >,
  platform: NodeJS.Platform,
): Keyring {
  const named = { win32: 'dpapi', darwin: 'keychain' } as Partial<Record<NodeJS.Platform, string>>
  return {
    backend() {
      if (!safeStorage.isEncryptionAvailable()) return NONE
      const backend = named[platform] ?? safeStorage.getSelectedStorageBackend()
      return unprotecting.includes(backend) ? NONE : backend
    },
    wrap: (secret) => safeStorage.encryptString(secret),
    unwrap: (wrapped) => safeStorage.decryptString(wrapped),
  }
}

type KeyFile = { format: 1; backend: string; key: string }

/**
 * What became of the key of this installation. `unprotected`: there is none yet, and nothing here would protect it ·
 * `moved`: another keyring wrapped it · `locked`: the keyring does not give it out · `damaged`: the file is no key.
 */
export type Found =
  | { kind: 'ready'; key: Buffer }
  | { kind: 'unprotected' }
  | { kind: 'moved'; from: string; to: string }
  | { kind: 'locked'; backend: string }
  | { kind: 'damaged' }

/**
 * The key everything here is sealed with. Makes one where there is none and a keyring protects it; wraps one that lay
 * unprotected once there is a keyring. A file that cannot be opened is never written over.
 */
export async function findKey(path: string, keyring: Keyring): Promise<Found> {
  const file = readKeyFile(path)
  const backend = keyring.backend()
  if (file === 'damaged') return { kind: 'damaged' }
  if (file === null) {
    return backend === NONE ? { kind: 'unprotected' } : ready(await createKey(path, keyring))
  }
  if (file.backend === NONE) {
    const key = Buffer.from(file.key, 'base64')
    if (key.length !== KEY_BYTES) return { kind: 'damaged' }
    // A keyring that is locked, or a full disk: the file stays as it is, and the next start tries again.
    if (backend !== NONE) await writeKey(path, key, keyring).catch(() => undefined)
    return ready(key)
  }
  try {
    const key = Buffer.from(keyring.unwrap(Buffer.from(file.key, 'base64')), 'base64')
    if (key.length === KEY_BYTES) return ready(key)
    if (file.backend === backend) return { kind: 'damaged' }
  } catch {
    // Why it does not open is in the comparison below; the keyring's own words say no more.
  }
  return file.backend === backend
    ? { kind: 'locked', backend }
    : { kind: 'moved', from: file.backend, to: backend }
}

/** A new key, wrapped where the keyring protects it, else as it is: then the person was asked before. */
export async function createKey(path: string, keyring: Keyring): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES)
  await writeKey(path, key, keyring)
  return key
}

/** Puts a key that cannot be opened aside. It may open again one day; what it sealed goes to the quarantine. */
export function setKeyAside(path: string, nowMs: number): void {
  renameSync(path, `${path}.${nowMs}.aside`)
}

async function writeKey(path: string, key: Buffer, keyring: Keyring): Promise<void> {
  const backend = keyring.backend()
  const text = key.toString('base64')
  const kept = backend === NONE ? text : keyring.wrap(text).toString('base64')
  const file: KeyFile = { format: 1, backend, key: kept }
  await replaceFile(path, JSON.stringify(file))
}

function readKeyFile(path: string): KeyFile | 'damaged' | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
  try {
    const file = JSON.parse(text) as Partial<KeyFile> | null // each field is checked on the next line
    const { format, backend, key } = file ?? {}
    if (format !== 1 || typeof backend !== 'string' || typeof key !== 'string') return 'damaged'
    return { format, backend, key }
  } catch {
    return 'damaged'
  }
}

function ready(key: Buffer): Found {
  return { kind: 'ready', key }
}
