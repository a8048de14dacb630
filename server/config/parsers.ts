import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { mediaPlaceOf } from './media-place.ts'

/** Reads one setting's text. Fails with what is allowed, for the sentence the start stops with. */
export type Parser<T> = ((text: string) => T) & { allowed: string }

/** Thrown by parsers; config.ts adds the setting's name and what was found. */
class NotAllowed extends Error {}

function parser<T>(allowed: string, read: (text: string) => T | undefined): Parser<T> {
  const parse = (text: string) => {
    const value = read(text)
    if (value === undefined) throw new NotAllowed(allowed)
    return value
  }
  return Object.assign(parse, { allowed })
}

export const text = parser('any text', (found) => (found === '' ? undefined : found))

/** Relative folders count from where the server was started. */
export const folder = parser('a path', (found) => (found === '' ? undefined : resolve(found)))

export const port = parser('a whole number from 0 (any free port) to 65535', (found) => {
  const value = Number(found)
  return /^\d{1,5}$/.test(found) && value <= 65_535 ? value : undefined
})

export const host = parser('an address or host name, such as 127.0.0.1 or ::', (found) =>
  isIP(found) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(found) ? found : undefined,
)

export function url(...protocols: string[]): Parser<string> {
  const allowed = `an address that begins with ${protocols.map((name) => `${name}://`).join(' or ')}`
  return parser(allowed, (found) => {
    if (!URL.canParse(found)) return undefined
    return protocols.includes(new URL(found).protocol.slice(0, -1)) ? found : undefined
  })
}

export const mediaUrl = parser(
  'a folder, such as file:///srv/kontor-media, or a bucket, such as s3://bucket/prefix',
  (found) => (mediaPlaceOf(found) === undefined ? undefined : found),
)

/** Where something is reached: no path, and no slash at the end, so that paths can be put behind it. */
export const origin = parser(
  'an address such as https://kontor.example.org, without a path',
  (found) => {
    if (!URL.canParse(found)) return undefined
    const { protocol, origin: bare, pathname, search, hash } = new URL(found)
    const isBare = pathname === '/' && search === '' && hash === ''
    return ['http:', 'https:'].includes(protocol) && isBare ? bare : undefined
  },
)

export function oneOf<const T extends string>(...words: T[]): Parser<T> {
  return parser(`one of ${words.join(', ')}`, (found) => words.find((word) => word === found))
}

export const graphVersion = parser('a version such as v25.0', (found) =>
  /^v\d+\.\d+$/.test(found) ? found : undefined,
)

export const email = parser('an e-mail address', (found) =>
  /^[^\s@]+@[^\s@]+$/.test(found) ? found : undefined,
)

export const password = parser('at least 12 characters', (found) =>
  [...found].length >= 12 ? found : undefined,
)

export const key = parser('32 bytes in base64 (44 characters)', (found) => {
  const bytes = Buffer.from(found, 'base64')
  return bytes.length === 32 && /^[A-Za-z0-9+/_-]{43}=?$/.test(found) ? bytes : undefined
})

export const addresses = parser(
  'addresses or networks separated by commas, such as 10.0.0.5, 192.168.0.0/16',
  (found) => {
    const list = found.split(',').map((item) => item.trim())
    return list.every(isAddressOrNetwork) ? list : undefined
  },
)

function isAddressOrNetwork(item: string): boolean {
  const [address = '', bits, ...rest] = item.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

export const graphUrl = parser('https://…, or http:// to this machine', (found) => {
  if (!URL.canParse(found)) return undefined
  const { protocol, hostname } = new URL(found)
  const isHere = isLoopback(hostname.replace(/^\[|\]$/g, ''))
  return protocol === 'https:' || (protocol === 'http:' && isHere)
    ? found.replace(/\/+$/, '')
    : undefined
})

/** Whether only this machine itself can reach the address. */
export function isLoopback(address: string): boolean {
  const bare = address.replace(/^::ffff:/i, '')
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'))
}
