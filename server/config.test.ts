import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { describeConfig, publicUrlOf, readConfig, readConfigWithOrigins } from './config.ts'
import { mediaPlaceOf } from './config/media-place.ts'

async function aFolder(toml?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kontor-config-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  if (toml !== undefined) await writeFile(join(folder, 'kontor.toml'), toml)
  return folder
}

test('flags win over the environment, which wins over the file, which wins over the defaults', async () => {
  const folder = await aFolder('kontor_port = 1\nkontor_host = "127.0.0.9"\nkontor_log = "debug"')
  const config = readConfig(['--port', '3', `--data=${folder}`], {
    KONTOR_PORT: '2',
    KONTOR_LOG: 'warn',
  })
  expect(config).toMatchObject({
    port: 3,
    logLevel: 'warn',
    host: '127.0.0.9',
    graphVersion: 'v25.0',
    databaseUrl: null,
    dataDir: folder,
  })
})

test.each<[string, string[], NodeJS.ProcessEnv, string]>([
  [
    'a port that is none',
    ['--port', '70000'],
    {},
    'The setting KONTOR_PORT (flag --port) is "70000". Allowed is a whole number from 0 (any free port) to 65535.',
  ],
  [
    'a level that is none',
    [],
    { KONTOR_LOG: 'loud' },
    'The setting KONTOR_LOG (environment) is "loud". Allowed is one of trace, debug, info, warn, error, fatal, silent.',
  ],
  [
    'a flag that is none',
    ['--prot', '1'],
    {},
    'There is no flag --prot. Allowed are --data, --host',
  ],
  ['a flag without a value', ['--port', '--host'], {}, 'The flag --port has no value.'],
  ['a database that is none', [], { DATABASE_URL: 'mysql://x:geheim@y' }, 'is something else.'],
  [
    'an open door',
    ['--host', '0.0.0.0'],
    {},
    'KONTOR_HOST is "0.0.0.0", which others can reach, and nothing encrypts the way.',
  ],
  ['half of a pair', [], { KONTOR_TLS_CERT: '/x' }, 'Allowed are both or neither.'],
  ['a short key', [], { KONTOR_KEY: 'abc' }, 'Allowed is 32 bytes in base64 (44 characters).'],
  ['a proxy that is none', [], { KONTOR_TRUSTED_PROXY: '10.0.0.0/33' }, 'Allowed is addresses'],
  ['media over the web', [], { KONTOR_MEDIA_URL: 'https://x/y' }, 'Allowed is a folder, such as'],
  [
    'a bucket that is none',
    [],
    { KONTOR_MEDIA_URL: 's3://B/x' },
    'or a bucket, such as s3://bucket',
  ],
  ['a folder elsewhere', [], { KONTOR_MEDIA_URL: 'file://host/x' }, 'Allowed is a folder'],
  ['a public address with a path', [], { KONTOR_PUBLIC_URL: 'https://x/y' }, 'without a path'],
  [
    'an unencrypted way to WhatsApp',
    [],
    { WHATSAPP_GRAPH_URL: 'http://graph.example' },
    'Allowed is https://…, or http:// to this machine.',
  ],
])('%s stops the start with a sentence', async (_what, args, env, sentence) => {
  const KONTOR_DATA = await aFolder()
  expect(() => readConfig(args, { KONTOR_DATA, ...env })).toThrow(sentence)
})

test.each([
  ['kontor_prot = 1', 'There is no setting kontor_prot'],
  ['kontor_data = "/"', 'There is no setting kontor_data'],
  ['kontor_port = [1]', 'is neither text nor a number. Allowed is a whole number'],
  ['kontor_port = ', 'kontor.toml cannot be read'],
])('a file that says %j stops the start with a sentence', async (toml, sentence) => {
  const KONTOR_DATA = await aFolder(toml)
  expect(() => readConfig([], { KONTOR_DATA })).toThrow(sentence)
})

test('what is shown names every setting and its origin, and no secret', async () => {
  const KONTOR_DATA = await aFolder()
  const env = { KONTOR_DATA, WHATSAPP_TOKEN: 'geheim', DATABASE_URL: 'postgres://u:geheim@h/d' }
  const shown = describeConfig(readConfigWithOrigins([], env))
  expect(shown).not.toContain('geheim')
  expect(shown).toMatch(/WHATSAPP_TOKEN +•+ {2}\(environment\)/)
  expect(shown).toMatch(/KONTOR_PORT +4380 {2}\(default\)/)
})

test('the public address follows host and port unless it is set', async () => {
  const env = { KONTOR_DATA: await aFolder() }
  expect(publicUrlOf(readConfig([], env), 4380)).toBe('http://127.0.0.1:4380')
  expect(publicUrlOf(readConfig(['--host', '::1'], env), 1)).toBe('http://[::1]:1')
  const named = readConfig(['--public-url', 'https://kontor.example/'], env)
  expect(publicUrlOf(named, 1)).toBe('https://kontor.example')
})

test.each([
  ['s3://bucket', { kind: 's3', bucket: 'bucket', prefix: '' }],
  ['s3://my.bucket-1/a/b%20c/', { kind: 's3', bucket: 'my.bucket-1', prefix: 'a/b c/' }],
  ['file:///srv/kontor%20media', { kind: 'folder', folder: '/srv/kontor media' }],
  ['s3://bucket?region=x', undefined],
  ['s3://key@bucket/x', undefined],
  ['file:///', undefined],
])('media at %s', (url, place) => {
  expect(mediaPlaceOf(url)).toEqual(place)
})
