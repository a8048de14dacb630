/** The value, or a thrown bug: for places where absence can only be our own mistake. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value == null) throw new Error(`bug: no ${what}`)
  return value
}

/** Ends an exhaustive switch: a new case in the union turns every forgotten switch into a type error. */
export function unreachable(value: never): never {
  throw new Error(`bug: unexpected ${JSON.stringify(value)}`)
}
