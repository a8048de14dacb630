import Type, { type TSchema } from 'typebox'

/** A method: the schema its input is checked against, and the type of its answer. */
export function method<S extends TSchema>(input: S) {
  return { answers: <Out>() => ({ in: input, out: undefined as Out }) } // `out` exists for the type only
}

export const Bytes = Type.Refine(
  Type.Unsafe<Uint8Array>({}),
  (value) => value instanceof Uint8Array,
)
