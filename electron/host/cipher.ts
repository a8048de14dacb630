import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * Makes bytes unreadable, and readable only as what they were written as: `place` names the file and where in it they
 * stand, so that nothing can be put in the place of something else.
 */
export type Cipher = {
  seal(bytes: Buffer, place: string): Buffer
  /** @returns null when the key is another, or the bytes are not what was written at this place */
  open(sealed: Buffer, place: string): Buffer | null
}

export const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM with a random nonce: nonce, ciphertext, tag. */
export function createCipher(key: Buffer): Cipher {
  return {
    seal(bytes, place) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place))
      return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed, place) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return null
      const nonce = sealed.subarray(0, NONCE_BYTES)
      const tag = sealed.subarray(sealed.length - TAG_BYTES)
      const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
      cipher.setAAD(Buffer.from(place)).setAuthTag(tag)
      try {
        const opened = cipher.update(sealed.subarray(NONCE_BYTES, sealed.length - TAG_BYTES))
        cipher.final() // checks the tag; this mode keeps no bytes back
        return opened
      } catch {
        return null
      }
    },
  }
}
