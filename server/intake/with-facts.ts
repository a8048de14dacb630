/** The row with these members set, and those that are null taken off; the same row when nothing differs. */
export function withFacts<Row extends object>(row: Row, facts: object): Row {
  const next = { ...row }
  let isChanged = false
  for (const [key, value] of Object.entries(facts) as [string, unknown][]) {
    const was: unknown = Reflect.get(next, key)
    if (value === undefined || JSON.stringify(value ?? undefined) === JSON.stringify(was)) continue
    isChanged = true
    if (value === null) Reflect.deleteProperty(next, key)
    else Reflect.set(next, key, value)
  }
  return isChanged ? next : row
}
