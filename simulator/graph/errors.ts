import { present, type JsonObject } from '../json.ts'
import { codeFacts } from './codes.ts'

type More = {
  /** The whole message, in place of the code and its title. */
  message?: string
  subcode?: number
  status?: number
  type?: string
  userTitle?: string
  userMessage?: string
  /** Told beside the error, by the calls that can succeed in part. */
  beside?: JsonObject
}

/** A refusal in Graph's own envelope. */
export class GraphError extends Error {
  override readonly name = 'GraphError'
  readonly code: number
  readonly details: string | undefined
  readonly more: More

  /** @param details what the caller can mend, shown as `error_data.details` */
  constructor(code: number, details?: string, more: More = {}) {
    super(more.message ?? `(#${code}) ${codeFacts(code).title}`)
    this.code = code
    this.details = details
    this.more = more
  }

  get status(): number {
    return this.more.status ?? codeFacts(this.code).status
  }

  body(traceId: string): JsonObject {
    const { subcode, type, userTitle, userMessage, beside } = this.more
    return {
      ...beside,
      error: present({
        message: this.message,
        type: type ?? 'OAuthException',
        code: this.code,
        error_subcode: subcode,
        is_transient: transientCodes.has(this.code) ? true : undefined,
        error_user_title: userTitle,
        error_user_msg: userMessage,
        error_data:
          this.details === undefined
            ? undefined
            : { messaging_product: 'whatsapp', details: this.details },
        fbtrace_id: traceId,
      }),
    }
  }
}

const transientCodes = new Set([1, 2, 4, 130429, 131016, 131056, 131057, 133004])

/** No such object, or not one that this can be done with. */
export function unsupportedRequest(method: string, id: string): GraphError {
  return new GraphError(100, undefined, {
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
    subcode: 33,
    type: 'GraphMethodException',
  })
}

export function unknownPath(path: string): GraphError {
  return new GraphError(2500, undefined, { message: `Unknown path components: ${path}` })
}

/** A parameter that must be there. */
export function missing(name: string): GraphError {
  return new GraphError(131008, `Parameter '${name}' is required.`)
}

/** A parameter whose value cannot be. */
export function invalid(name: string, why: string): GraphError {
  return new GraphError(131009, `Parameter '${name}' ${why}.`)
}

/** A parameter of the wrong type, or one that cannot be read. */
export function badParameter(name: string, why: string): GraphError {
  return new GraphError(100, `Parameter '${name}' ${why}.`)
}
