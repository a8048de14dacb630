import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { catchup } from './catchup.ts'
import { ceiling } from './ceiling.ts'
import { fanout } from './fanout.ts'
import { ingest } from './ingest.ts'
import { shown, type Benchmark } from './lib/figures.ts'
import { replica } from './replica.ts'
import { search } from './search.ts'
import { send } from './send.ts'
import { start } from './start.ts'

const benchmarks: Record<string, Benchmark> = {
  ingest,
  fanout,
  ceiling,
  catchup,
  replica,
  send,
  search,
  start,
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'string' } },
  })
  const [name] = positionals
  if (name === undefined) {
    for (const [each, { about }] of Object.entries(benchmarks))
      console.log(`${each.padEnd(10)} ${about}`)
    return
  }
  const benchmark = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined
  if (benchmark === undefined) {
    console.error(
      `There is no benchmark ${name}. There are: ${Object.keys(benchmarks).join(', ')}.`,
    )
    process.exitCode = 2
    return
  }
  const figures = await benchmark.run()
  const width = Math.max(...figures.map((figure) => figure.name.length))
  console.log(`${name}: ${benchmark.about}`)
  for (const figure of figures) console.log(`  ${figure.name.padEnd(width)}  ${shown(figure)}`)
  if (values.json !== undefined) {
    const machine = { cores: cpus().length, model: cpus()[0]?.model, node: process.version }
    writeFileSync(values.json, `${JSON.stringify({ name, machine, figures }, null, 2)}\n`)
  }
}

await main()
