type Labels = Record<string, string>
type Family = { help: string; type: 'counter' | 'gauge'; values: Map<string, number> }

/** Counts and levels for Prometheus, in its text format. Labels are few and fixed: never ids, names or addresses. */
export class Metrics {
  readonly #families = new Map<string, Family>()
  readonly #readings: (() => Promise<void> | void)[] = []

  /** @returns adds to the counter */
  counter(name: string, help: string): (labels?: Labels, by?: number) => void {
    const { values } = this.#family(name, help, 'counter')
    return (labels = {}, by = 1) => {
      const key = textOf(labels)
      values.set(key, (values.get(key) ?? 0) + by)
    }
  }

  /** @returns sets the level */
  gauge(name: string, help: string): (value: number, labels?: Labels) => void {
    const { values } = this.#family(name, help, 'gauge')
    return (value, labels = {}) => void values.set(textOf(labels), value)
  }

  /** A level that is read when somebody asks. */
  reading(name: string, help: string, read: () => number | Promise<number>): void {
    const set = this.gauge(name, help)
    this.#readings.push(async () => set(await read()))
  }

  async render(): Promise<string> {
    for (const read of this.#readings) await read()
    const lines = [...this.#families].flatMap(([name, { help, type, values }]) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...[...values].map(([labels, value]) => `${name}${labels} ${value}`),
    ])
    return `${lines.join('\n')}\n`
  }

  #family(name: string, help: string, type: Family['type']): Family {
    const known = this.#families.get(name)
    if (known !== undefined) return known
    const family: Family = { help, type, values: new Map() }
    this.#families.set(name, family)
    return family
  }
}

function textOf(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escape(value)}"`)
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}

function escape(value: string): string {
  if (!/[\\"\n]/.test(value)) return value
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

/** What every server tells of itself. */
export function watchProcess(metrics: Metrics): void {
  metrics.reading('kontor_memory_bytes', 'Resident memory of the server process.', () =>
    process.memoryUsage.rss(),
  )
  metrics.reading('kontor_uptime_seconds', 'Seconds since the server started.', () =>
    Math.round(process.uptime()),
  )
}
