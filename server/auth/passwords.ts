import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { AppError } from '../../core/lib/errors.ts'

/** No rules about kinds of characters: length is what counts. @see NIST SP 800-63B, 3.1.1.2 */
const minPasswordLength = 12
/** Longer ones add nothing but work. */
const maxPasswordLength = 256

/** Argon2id, 19 MiB, two passes, one lane: the least the OWASP Password Storage Cheat Sheet allows. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Each hash costs a core and 19 MiB for a while; more at once than there are cores would only starve the rest. */
const free = { count: availableParallelism(), waiting: [] as (() => void)[] }

async function oneOfFew<T>(work: () => Promise<T>): Promise<T> {
  if (free.count > 0) free.count -= 1
  else await new Promise<void>((turn) => free.waiting.push(turn))
  try {
    return await work()
  } finally {
    const next = free.waiting.shift()
    if (next === undefined) free.count += 1
    else next()
  }
}

/** @throws AppError bad-request when it is too short or too long */
export async function hashPassword(password: string): Promise<string> {
  const length = [...password].length
  if (length < minPasswordLength || length > maxPasswordLength) {
    throw new AppError(
      'bad-request',
      `a password has ${minPasswordLength} to ${maxPasswordLength} characters`,
      { details: { at: '/password', minLength: minPasswordLength } },
    )
  }
  return oneOfFew(() => hash(password.normalize('NFC'), cost))
}

let decoy: Promise<string> | undefined

/**
 * Whether it is the password. Without an account (`stored` null) it works as long and answers false, so that the time
 * taken does not tell who has one.
 */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('the password of nobody at all')
  const known = stored ?? (await decoy)
  if (password.length > maxPasswordLength * 4) return false
  const isRight = await oneOfFew(() => verify(known, password.normalize('NFC')))
  return stored !== null && isRight
}
