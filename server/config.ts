import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse as parseToml } from 'smol-toml'
import { isLoopback } from './config/parsers.ts'
import { settingNames, settings, type Config, type SettingName } from './config/settings.ts'
import { reasonOf, StartError } from './start-error.ts'

export type { Config } from './config/settings.ts'

/** Where a value was found, in the words its reader knows it by. */
type Found = { text: string; where: string }
type Source = (name: SettingName) => Found | undefined

/**
 * Reads flags, then environment, then `kontor.toml` in the data folder.
 *
 * @param args the command line behind the subcommand
 * @throws StartError naming the setting, what was found and what is allowed
 */
export function readConfig(args: readonly string[], env: NodeJS.ProcessEnv): Config {
  return readConfigWithOrigins(args, env).config
}

type Origins = Record<SettingName, string>

export function readConfigWithOrigins(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): { config: Config; origins: Origins } {
  const outside = [fromFlags(args), fromEnvironment(env)]
  const dataDir = String(valueOf('dataDir', outside).value)
  const sources = [...outside, fromFile(join(dataDir, 'kontor.toml'))]
  const read = settingNames.map((name) => [name, valueOf(name, sources)] as const)
  const config = Object.fromEntries(
    read.map(([name, { value }]) => [name, value]),
  ) as unknown as Config // each value came from its own setting's parser
  checkTogether(config)
  const origins = Object.fromEntries(
    read.map(([name, { where }]) => [name, where]),
  ) as unknown as Origins // one for each setting, from the same list
  return { config, origins }
}

function valueOf(name: SettingName, sources: Source[]): { value: unknown; where: string } {
  const { parse, byDefault, env, isSecret } = settings[name]
  for (const source of sources) {
    const found = source(name)
    if (found === undefined) continue
    try {
      return { value: parse(found.text), where: found.where }
    } catch {
      const shown = isSecret ? 'something else' : JSON.stringify(found.text)
      throw new StartError(
        `The setting ${env} (${found.where}) is ${shown}. Allowed is ${parse.allowed}.`,
      )
    }
  }
  if (byDefault === undefined) return { value: null, where: 'not set' }
  return { value: parse(byDefault), where: 'default' }
}

function fromFlags(args: readonly string[]): Source {
  const byFlag = new Map(
    settingNames.flatMap((name) => {
      const { flag } = settings[name]
      return flag === undefined ? [] : [[flag, name] as const]
    }),
  )
  const given = new Map<SettingName, Found>()
  for (let index = 0; index < args.length; index += 1) {
    const [flag = '', inline] = split(args[index] ?? '')
    const name = byFlag.get(flag.replace(/^--/, ''))
    if (!flag.startsWith('--') || name === undefined) {
      const known = [...byFlag.keys()].map((each) => `--${each}`).join(', ')
      throw new StartError(`There is no flag ${flag}. Allowed are ${known}.`)
    }
    const next = args[index + 1]
    if (inline === undefined) index += 1
    const text = inline ?? next
    if (text === undefined || (inline === undefined && text.startsWith('--'))) {
      throw new StartError(
        `The flag ${flag} has no value. Allowed is ${settings[name].parse.allowed}.`,
      )
    }
    given.set(name, { text, where: `flag ${flag}` })
  }
  return (name) => given.get(name)
}

function split(arg: string): [string, string?] {
  const at = arg.indexOf('=')
  return at === -1 ? [arg] : [arg.slice(0, at), arg.slice(at + 1)]
}

/** An empty variable counts as not set: that is how shells and composers of containers leave one out. */
function fromEnvironment(env: NodeJS.ProcessEnv): Source {
  return (name) => {
    const text = env[settings[name].env]
    return text === undefined || text === '' ? undefined : { text, where: 'environment' }
  }
}

function fromFile(path: string): Source {
  if (!existsSync(path)) return () => undefined
  const given = readToml(path)
  const names = new Map(
    settingNames
      .filter((name) => !settings[name].isNotInFile)
      .map((name) => [settings[name].env.toLowerCase(), name] as const),
  )
  const found = new Map<SettingName, Found>()
  for (const [key, value] of Object.entries(given)) {
    const name = names.get(key)
    if (name === undefined) {
      throw new StartError(
        `There is no setting ${key} (${path}). Allowed are ${[...names.keys()].join(', ')}.`,
      )
    }
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') {
      throw new StartError(
        `The setting ${key} (${path}) is neither text nor a number. Allowed is ${settings[name].parse.allowed}.`,
      )
    }
    found.set(name, { text: String(value), where: path })
  }
  return (name) => found.get(name)
}

function readToml(path: string): Record<string, unknown> {
  try {
    return parseToml(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new StartError(`${path} cannot be read: ${reasonOf(error).split('\n')[0] ?? ''}.`)
  }
}

/** What is right by itself but not together. */
function checkTogether(config: Config): void {
  const { host, tlsCert, tlsKey, trustedProxy, adminEmail, adminPassword } = config
  const { smtpUrl, mailFrom } = config
  if ((tlsCert === null) !== (tlsKey === null)) {
    throw new StartError(
      'Of KONTOR_TLS_CERT and KONTOR_TLS_KEY only one is set. Allowed are both or neither.',
    )
  }
  for (const path of [tlsCert, tlsKey]) {
    if (path === null || existsSync(path)) continue
    throw new StartError(`KONTOR_TLS_CERT and KONTOR_TLS_KEY name files; there is no file ${path}.`)
  }
  if (!isLoopback(host) && tlsCert === null && trustedProxy === null) {
    throw new StartError(
      `KONTOR_HOST is ${JSON.stringify(host)}, which others can reach, and nothing encrypts the way. Set KONTOR_TLS_CERT and KONTOR_TLS_KEY, or name the proxy that does in KONTOR_TRUSTED_PROXY, or use 127.0.0.1.`,
    )
  }
  if ((smtpUrl === null) !== (mailFrom === null)) {
    throw new StartError(
      'Of KONTOR_SMTP_URL and KONTOR_MAIL_FROM only one is set. Allowed are both or neither.',
    )
  }
  if ((adminEmail === null) !== (adminPassword === null)) {
    throw new StartError(
      'Of KONTOR_ADMIN_EMAIL and KONTOR_ADMIN_PASSWORD only one is set. Allowed are both or neither.',
    )
  }
}

/** Where consoles, links and webhooks reach a server that listens on `port`; no slash at the end. */
export function publicUrlOf(config: Config, port: number): string {
  if (config.publicUrl !== null) return config.publicUrl
  const isEverywhere = config.host === '0.0.0.0' || config.host === '::'
  const name = isEverywhere
    ? 'localhost'
    : config.host.includes(':')
      ? `[${config.host}]`
      : config.host
  return `${config.tlsCert === null ? 'http' : 'https'}://${name}:${port}`
}

/** What is in force and where it came from, one setting a line, without secrets. */
export function describeConfig({ config, origins }: { config: Config; origins: Origins }): string {
  const lines = settingNames.map((name) => {
    const { env, isSecret } = settings[name]
    const value = config[name]
    const shown = Array.isArray(value) ? value.join(', ') : String(value ?? '–')
    return [env, value !== null && isSecret ? '••••••••' : shown, `(${origins[name]})`] as const
  })
  const width = Math.max(...lines.map(([env]) => env.length))
  return lines.map(([env, shown, where]) => `${env.padEnd(width)}  ${shown}  ${where}`).join('\n')
}
