import type { FastifyReply } from 'fastify'
import { isObject, objectsOf, textAt } from '../json.ts'
import type { World } from '../world/world.ts'

/** A control call that cannot be done as it was put. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export function badRequest(message: string): ControlError {
  return new ControlError(400, 'bad-request', message)
}

export function notFound(message: string): ControlError {
  return new ControlError(404, 'not-found', message)
}

/** Every refusal of the control API looks the same; a bug is reported and told as such. */
export function refuseControl(world: World, reply: FastifyReply, error: unknown) {
  if (error instanceof ControlError) {
    return reply.code(error.status).send(bodyOf(error.code, error.message))
  }
  const status = isObject(error) ? error.statusCode : undefined // Fastify and its plugins say whose fault it is
  if (typeof status === 'number' && status < 500) {
    return reply.code(status === 413 ? 413 : 400).send(bodyOf('bad-request', reasonOf(error)))
  }
  world.report(error)
  return reply.code(500).send(bodyOf('internal', 'internal error'))
}

/** What the schema says, with the member it does not know or the values it does. */
function reasonOf(error: unknown): string {
  const [fault] = objectsOf(isObject(error) ? error.validation : undefined)
  const params = isObject(fault?.params) ? fault.params : {}
  const unknown = textAt(params, 'additionalProperty')
  const allowed = Array.isArray(params.allowedValues) ? params.allowedValues.join(', ') : undefined
  const more = unknown ?? allowed
  const message = error instanceof Error ? error.message : 'the request cannot be read'
  return more === undefined ? message : `${message}: ${more}`
}

function bodyOf(code: string, message: string) {
  return { error: { code, message } }
}
