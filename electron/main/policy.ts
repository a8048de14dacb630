import { readFileSync } from 'node:fs'
import { win32 } from 'node:path'

/** What IT decided for every console on this computer. */
export type Policy = {
  serverUrl: string | null
  isServerManaged: boolean
  /** Nobody is asked on a computer without a keyring: what is stored there is not encrypted. */
  acceptsUnprotected: boolean
}

/**
 * Reads IT's `config.json`: `{"serverUrl": "https://kontor.firma.de", "acceptsUnprotectedStorage": true}`. Only an
 * administrator may write where it lies, so it wins over the environment.
 */
export function readPolicy(
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
  read: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Policy {
  const config = readConfig(configPath(platform, environment), read)
  const serverUrl =
    acceptServerUrl(config['serverUrl']) ?? acceptServerUrl(environment['KONTOR_SERVER_URL'])
  const decided = config['acceptsUnprotectedStorage']
  return {
    serverUrl,
    isServerManaged: serverUrl !== null,
    acceptsUnprotected:
      typeof decided === 'boolean'
        ? decided
        : environment['KONTOR_UNPROTECTED_STORAGE'] === 'accept',
  }
}

export function configPath(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  if (platform === 'darwin') return '/Library/Application Support/Kontor/config.json'
  if (platform !== 'win32') return '/etc/kontor/config.json'
  return win32.join(environment['ProgramData'] ?? 'C:\\ProgramData', 'Kontor', 'config.json')
}

/** An origin over TLS, or this computer's own: nothing else is a server a password may go to. */
export function acceptServerUrl(text: unknown): string | null {
  if (typeof text !== 'string' || !URL.canParse(text)) return null
  const url = new URL(text)
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) return null
  if (url.username !== '' || url.password !== '') return null
  return url.origin
}

function readConfig(path: string, read: (path: string) => string): Record<string, unknown> {
  try {
    const config: unknown = JSON.parse(read(path))
    return typeof config === 'object' && config !== null ? { ...config } : {}
  } catch {
    return {}
  }
}
