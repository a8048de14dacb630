import * as parse from './parsers.ts'

/** One thing an operator can set. In kontor.toml it is called like its environment variable, in lower case. */
type Setting<T> = {
  env: string
  /** Without the dashes. */
  flag?: string
  /** As text, read like any other value. */
  byDefault?: string
  parse: parse.Parser<T>
  /** Shown as dots by `kontor-server config`. */
  isSecret?: true
  /** Not in kontor.toml, because that file lies in the folder this names. */
  isNotInFile?: true
}

function setting<T>(made: Setting<T>): Setting<T> {
  return made
}

/** Every setting there is, in the order the documentation has them. A new one is an entry here. */
export const settings = {
  dataDir: setting({
    env: 'KONTOR_DATA',
    flag: 'data',
    byDefault: './.kontor',
    parse: parse.folder,
    isNotInFile: true,
  }),
  host: setting({ env: 'KONTOR_HOST', flag: 'host', byDefault: '127.0.0.1', parse: parse.host }),
  port: setting({ env: 'KONTOR_PORT', flag: 'port', byDefault: '4380', parse: parse.port }),
  tlsCert: setting({ env: 'KONTOR_TLS_CERT', parse: parse.folder }),
  tlsKey: setting({ env: 'KONTOR_TLS_KEY', parse: parse.folder }),
  publicUrl: setting({ env: 'KONTOR_PUBLIC_URL', flag: 'public-url', parse: parse.origin }),
  workspace: setting({
    env: 'KONTOR_WORKSPACE',
    flag: 'workspace',
    byDefault: 'Kontor',
    parse: parse.text,
  }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    flag: 'database',
    parse: parse.url('postgres', 'postgresql'),
    isSecret: true,
  }),
  natsUrl: setting({
    env: 'NATS_URL',
    flag: 'nats',
    parse: parse.url('nats', 'tls', 'ws', 'wss'),
    isSecret: true,
  }),
  graphUrl: setting({
    env: 'WHATSAPP_GRAPH_URL',
    byDefault: 'https://graph.facebook.com',
    parse: parse.graphUrl,
  }),
  graphVersion: setting({
    env: 'WHATSAPP_GRAPH_VERSION',
    byDefault: 'v25.0',
    parse: parse.graphVersion,
  }),
  whatsappToken: setting({ env: 'WHATSAPP_TOKEN', parse: parse.text, isSecret: true }),
  whatsappAppSecret: setting({ env: 'WHATSAPP_APP_SECRET', parse: parse.text, isSecret: true }),
  whatsappVerifyToken: setting({ env: 'WHATSAPP_VERIFY_TOKEN', parse: parse.text, isSecret: true }),
  whatsappBusinessAccountId: setting({ env: 'WHATSAPP_BUSINESS_ACCOUNT_ID', parse: parse.text }),
  /** `off` is for a WhatsApp that has no limits, such as a measurement's. */
  pace: setting({
    env: 'KONTOR_PACE',
    byDefault: 'whatsapp',
    parse: parse.oneOf('whatsapp', 'off'),
  }),
  adminEmail: setting({ env: 'KONTOR_ADMIN_EMAIL', parse: parse.email }),
  adminPassword: setting({
    env: 'KONTOR_ADMIN_PASSWORD',
    parse: parse.password,
    isSecret: true,
  }),
  trustedProxy: setting({ env: 'KONTOR_TRUSTED_PROXY', parse: parse.addresses }),
  key: setting({ env: 'KONTOR_KEY', parse: parse.key, isSecret: true }),
  mediaUrl: setting({ env: 'KONTOR_MEDIA_URL', parse: parse.mediaUrl }),
  smtpUrl: setting({
    env: 'KONTOR_SMTP_URL',
    parse: parse.url('smtp', 'smtps'),
    isSecret: true,
  }),
  mailFrom: setting({ env: 'KONTOR_MAIL_FROM', parse: parse.text }),
  /** What the server writes to people in: e-mails. */
  language: setting({ env: 'KONTOR_LANGUAGE', byDefault: 'de', parse: parse.oneOf('de', 'en') }),
  logLevel: setting({
    env: 'KONTOR_LOG',
    flag: 'log',
    byDefault: 'info',
    parse: parse.oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  }),
}

export type SettingName = keyof typeof settings
type Parsed<N extends SettingName> = ReturnType<(typeof settings)[N]['parse']>
type Always =
  | 'dataDir'
  | 'host'
  | 'port'
  | 'workspace'
  | 'graphUrl'
  | 'graphVersion'
  | 'pace'
  | 'language'
  | 'logLevel'

/** What is in force. Settings without a default are null when nobody set them. */
export type Config = {
  [N in SettingName]: N extends Always ? Parsed<N> : Parsed<N> | null
}

export const settingNames = Object.keys(settings) as SettingName[] // keys of a literal: exactly the settings
