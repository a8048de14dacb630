/** AES-256-GCM in the browser, with a key that no script can read out. */

const algorithm = { name: 'AES-GCM', length: 256 }
const nonceBytes = 12

/** A key that seals and opens, and cannot be copied: IndexedDB keeps it as an object, not as bytes. */
export function createKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey(algorithm, false, ['encrypt', 'decrypt'])
}

/** As sealBytes does it. */
export function seal(key: CryptoKey, json: string, place: string): Promise<Uint8Array> {
  return sealBytes(key, encode(json), place)
}

/** Nonce, then ciphertext with its tag. `place` says as what it may be read again. */
export async function sealBytes(
  key: CryptoKey,
  content: Uint8Array<ArrayBuffer>,
  place: string,
): Promise<Uint8Array> {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const sealed = await crypto.subtle.encrypt(
    { name: algorithm.name, iv: nonce, additionalData: encode(place) },
    key,
    content,
  )
  const bytes = new Uint8Array(nonceBytes + sealed.byteLength)
  bytes.set(nonce)
  bytes.set(new Uint8Array(sealed), nonceBytes)
  return bytes
}

/** @returns undefined for what was not sealed with this key as this */
export async function open(
  key: CryptoKey,
  bytes: Uint8Array<ArrayBuffer>,
  place: string,
): Promise<unknown> {
  const opened = await openBytes(key, bytes, place)
  if (opened === undefined) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(opened))
  } catch {
    return undefined
  }
}

/** The same for bytes. */
export async function openBytes(
  key: CryptoKey,
  bytes: Uint8Array<ArrayBuffer>,
  place: string,
): Promise<Uint8Array | undefined> {
  try {
    const iv = bytes.subarray(0, nonceBytes)
    const opened = await crypto.subtle.decrypt(
      { name: algorithm.name, iv, additionalData: encode(place) },
      key,
      bytes.subarray(nonceBytes),
    )
    return new Uint8Array(opened)
  } catch {
    return undefined
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
