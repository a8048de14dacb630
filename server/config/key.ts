import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartError } from '../start-error.ts'
import { key as parseKey } from './parsers.ts'

/** Seals what must not lie readable in the database or a backup of it. */
export type Seal = {
  /** @param about what it is; only the same word unseals it, so that sealed values cannot be swapped */
  seal(plain: string, about: string): string
  /** @throws Error when it was sealed with another key, for something else, or changed since */
  unseal(sealed: string, about: string): string
}

/**
 * KONTOR_KEY, or the key file in the data folder, made when there is none.
 *
 * @throws StartError when the file holds no key
 */
export async function loadKey(dataDir: string, given: Buffer | null): Promise<Buffer> {
  if (given !== null) return given
  const path = join(dataDir, 'key')
  const fresh = randomBytes(32)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(`${fresh.toString('base64')}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    return fresh
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // fs rejects with errno exceptions only
  }
  try {
    return parseKey((await readFile(path, 'utf8')).trim())
  } catch {
    throw new StartError(
      `${path} holds no key. Restore it from a backup: without it the stored secrets cannot be read. Allowed is ${parseKey.allowed}.`,
    )
  }
}

/** AES-256-GCM; `1.<key id>.<nonce>.<tag>.<text>`, so that a later key or method can stand beside it. */
export function createSeal(key: Buffer): Seal {
  const id = createHash('sha256')
    .update('kontor key id')
    .update(key)
    .digest('base64url')
    .slice(0, 8)
  return {
    seal(plain, about) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      const parts = [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))
      return ['1', id, ...parts].join('.')
    },
    unseal(sealed, about) {
      const [version, keyId, ...parts] = sealed.split('.')
      if (version !== '1' || parts.length !== 3) throw new Error('not a sealed value')
      if (keyId !== id) throw new Error('sealed with another key')
      const [nonce, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'))
      if (nonce === undefined || tag?.length !== 16 || text === undefined) {
        throw new Error('not a sealed value')
      }
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
        .setAAD(Buffer.from(about))
        .setAuthTag(tag)
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
    },
  }
}
