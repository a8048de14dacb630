import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { get as getSecure } from 'node:https'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { testApp } from '../testing/app.ts'

const outside = Object.values(networkInterfaces())
  .flat()
  .find((found) => found !== undefined && !found.internal && found.family === 'IPv4')?.address

/** The status of a request that comes from an address of this machine that is not its loopback. */
function statusFrom(address: string, port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get({ host: address, port, path, localAddress: address }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).on('error', reject)
  })
}

test.skipIf(outside === undefined)(
  'plain HTTP over the network is refused, unless the named proxy speaks; health is always told',
  async () => {
    const address = outside ?? ''
    const strict = await testApp({ host: '0.0.0.0' })
    expect(await statusFrom(address, strict.port, '/.well-known/kontor')).toBe(403)
    expect(await statusFrom(address, strict.port, '/healthz')).toBe(200)
    await strict.close()

    const behind = await testApp({ host: '0.0.0.0', config: { trustedProxy: [`${address}/32`] } })
    expect(await statusFrom(address, behind.port, '/.well-known/kontor')).toBe(200)
    await behind.close()
  },
)

test('with a certificate it serves HTTPS, and tells browsers to stay with it', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kontor-tls-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const [tlsKey, tlsCert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-days', '1', '-keyout', tlsKey, '-out', tlsCert]
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], {
      stdio: 'ignore',
    })
  } catch {
    return // without openssl there is no certificate to try with
  }
  const server = await testApp({ config: { tlsKey, tlsCert } })
  const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
    const options = { port: server.port, path: '/healthz', rejectUnauthorized: false }
    getSecure(options, (answer) => {
      answer.resume()
      resolve(answer.headers)
    }).on('error', reject)
  })
  expect(headers['strict-transport-security']).toBe('max-age=31536000')
  await server.close()
})
