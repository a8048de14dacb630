import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { firstFault } from '../../core/lib/fault.ts'

/** Checks what comes in against its route's schema, and names the member at fault even where several shapes are allowed. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = (route) => {
  const validate = TypeBoxValidatorCompiler(route)
  return (value: unknown) => {
    const result = validate(value)
    const isFaulty = typeof result === 'object' && 'error' in result && result.error !== undefined
    const fault =
      isFaulty && route.httpPart === 'body' ? firstFault(route.schema, value) : undefined
    if (fault === undefined) return result
    return { error: [{ ...unnamed, instancePath: fault.at, message: fault.reason }] }
  }
}

/** Members that Fastify's type asks for and nobody reads. */
const unnamed = { keyword: '', schemaPath: '', params: {} }
