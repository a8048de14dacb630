import { randomBytes, randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../say.mjs'

/** What a desk remembers from one start to the next, in `desk.json` of its folder. */
export type Secrets = {
  /** The simulator's: the same seed brings the same firm, customers and past. */
  seed: number
  appSecret: string
  verifyToken: string
  /** By e-mail address. */
  passwords: Record<string, string>
  apiKey?: string
  /** Conversations were given to their teams once; what people did since stays. */
  isPlaced?: boolean
}

const fileIn = (folder: string) => join(folder, 'desk.json')

/** Those of the folder, or new ones. Kept at once, before anything uses them. */
export function loadSecrets(folder: string): Secrets {
  const held = read(fileIn(folder))
  if (held) return held
  const secrets = {
    seed: randomInt(1, 2 ** 31),
    appSecret: randomBytes(16).toString('hex'),
    verifyToken: randomBytes(16).toString('hex'),
    passwords: {},
  }
  saveSecrets(folder, secrets)
  return secrets
}

/** Replaces the file whole; only its owner may read it. */
export function saveSecrets(folder: string, secrets: Secrets): void {
  mkdirSync(folder, { recursive: true })
  const file = fileIn(folder)
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** The person's password; a new one the first time. Whoever asks saves the secrets. */
export function passwordOf(secrets: Secrets, email: string): string {
  return (secrets.passwords[email] ??= newPassword())
}

/** Two words to say aloud and a number, such as `bavolo-kirune-4812`: 50 bits, 18 characters. */
export function newPassword(): string {
  const letter = (letters: string) => letters.charAt(randomInt(letters.length))
  const syllable = () => letter('bdfghjklmnprstvwz') + letter('aeiou')
  const word = () => syllable() + syllable() + syllable()
  return `${word()}-${word()}-${String(randomInt(10_000)).padStart(4, '0')}`
}

function read(file: string): Secrets | null {
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return null
  }
  try {
    return JSON.parse(text) as Secrets // written above, and by nothing else
  } catch {
    throw new Refusal(
      `${file} is damaged. Name another folder with --data, or delete this one to begin anew.`,
    )
  }
}
