import { BlockList, isIP } from 'node:net'
import { AppError } from '../../core/lib/errors.ts'
import { isLoopback } from '../config/parsers.ts'
import type { App } from './types.ts'

/** Asked by machines next to us, and telling nothing. */
const harmless = new Set(['/healthz', '/readyz'])

/**
 * Without TLS of our own only this machine and the named proxy may speak to us: what came over the network
 * unencrypted has been readable on the way, passwords and all.
 */
export function refuseOpenHttp(app: App, trusted: readonly string[]): void {
  const list = listOf(trusted)
  app.addHook('onRequest', (request, _reply, done) => {
    const address = request.socket.remoteAddress ?? ''
    const isWelcome =
      isLoopback(address) || contains(list, address) || harmless.has(request.routeOptions.url ?? '')
    if (isWelcome) done()
    else
      done(new AppError('forbidden', 'plain HTTP is answered to this machine and its proxy only'))
  })
}

function listOf(trusted: readonly string[]): BlockList {
  const list = new BlockList()
  for (const item of trusted) {
    const [address = '', bits] = item.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

function contains(list: BlockList, address: string): boolean {
  const bare = address.replace(/^::ffff:/i, '')
  return isIP(bare) !== 0 && list.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4')
}
