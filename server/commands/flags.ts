import { StartError } from '../start-error.ts'

type Taken = { values: ReadonlyMap<string, string>; switches: ReadonlySet<string>; rest: string[] }

/**
 * Takes flags of the command itself out of those that are settings.
 *
 * @param names of flags with a value
 * @param switchNames of flags without
 * @throws StartError for a flag without its value
 */
export function takeFlags(
  args: readonly string[],
  names: readonly string[],
  switchNames: readonly string[] = [],
): Taken {
  const values = new Map<string, string>()
  const switches = new Set<string>()
  const rest: string[] = []
  for (let index = 0; index < args.length; index += 1) {
    const [flag = '', inline] = (args[index] ?? '').split(/=(.*)/s)
    const name = flag.startsWith('--') ? flag.slice(2) : ''
    if (switchNames.includes(name)) switches.add(name)
    else if (!names.includes(name)) rest.push(args[index] ?? '')
    else values.set(name, inline ?? next(args, (index += 1), flag))
  }
  return { values, switches, rest }
}

function next(args: readonly string[], index: number, flag: string): string {
  const value = args[index]
  if (value === undefined || value.startsWith('--')) {
    throw new StartError(`The flag ${flag} has no value.`)
  }
  return value
}
