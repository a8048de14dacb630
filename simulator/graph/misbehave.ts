/** Faults of the Graph API: refusals before a call does its work, lost answers after it. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { World } from '../world/world.ts'
import { GraphError } from './errors.ts'

/**
 * A fault that names no path strikes every call if it is an outage or slowness, and message sends
 * only if it is an error or a lost answer: a client's polling would use it up otherwise.
 */
export async function strikeBefore(world: World, path: string, isSend: boolean): Promise<void> {
  const slow = world.faults.strike('slow', path)
  if (slow) await realTime(slow.delayMs ?? 2000)
  const outage = world.faults.strike('outage', path)
  if (outage) throw new GraphError(outage.code ?? 2, 'Service temporarily unavailable.')
  const error = world.faults.strike('error', path, isSend)
  if (error) throw new GraphError(error.code ?? 131000)
}

/** A call has done its work, and its answer comes late or says that it did not. */
export async function strikeAfter(world: World, path: string, isSend: boolean): Promise<void> {
  const slow = world.faults.strike('slow-after-accept', path, isSend)
  if (slow) await realTime(slow.delayMs ?? 2000)
  const error = world.faults.strike('error-after-accept', path, isSend)
  if (error) throw new GraphError(error.code ?? 131000)
}

/** Holds the connection open without a word, then cuts it. */
export async function keepWaiting(
  request: FastifyRequest,
  reply: FastifyReply,
  delayMs = 5000,
): Promise<void> {
  reply.hijack()
  await realTime(delayMs)
  request.raw.socket.destroy()
}

/** A socket lives in real time, whatever the platform's clock says. */
function realTime(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs).unref())
}
