/** One measured value. `unit` as people write it: `/s`, `ms`, `MB`, `×`. */
export type Figure = { name: string; value: number; unit: string }

export type Benchmark = {
  /** What is measured, and against what. */
  about: string
  /** Prints progress on standard error only. */
  run(): Promise<Figure[]>
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which `share` of the values lie, by the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const rank = Math.max(0, Math.ceil(share * sorted.length) - 1)
  return sorted[rank] ?? Number.NaN
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** At most two digits behind the point, and none where they say nothing. */
export function shown({ value, unit }: Figure): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return `${value.toFixed(digits)} ${unit}`
}
