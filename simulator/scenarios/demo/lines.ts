/** Turns a script's lines into messages: with ids that stay the same for a seed, and times of their own. */
import { must } from '../../../core/lib/must.ts'
import type { JsonObject } from '../../json.ts'
import type { Customer } from '../../world/customer.ts'
import { wamidOf } from '../../world/ids.ts'
import { digitsOf, type BusinessNumber } from '../../world/number.ts'
import { stableHex } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import { contentOf, type Targets } from './content.ts'
import type { DemoFile } from './files.ts'
import type { Conversation, Line } from './script.ts'
import { saturdayMs, workingDayMs } from './time.ts'

/** A line as it will be told. */
export type Told = {
  wamid: string
  timeMs: number
  isTheirs: boolean
  isPast: boolean
  type: string
  /** Its own part of the message, without who, when and id. */
  content: JsonObject
  file?: DemoFile
  line: Line
}

/** By their names in the script: the lines that later ones can speak of. */
export type Named = Map<string, { wamid: string; isTheirs: boolean }>

export async function tell(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  { past, today, person }: Conversation,
): Promise<{ told: Told[]; named: Named }> {
  const nowMs = world.clock.nowMs()
  const timed = [
    ...past.map((line) => ({ line, isPast: true, timeMs: timeOf(nowMs, line) })),
    ...today.map((line) => ({ line, isPast: false, timeMs: nowMs - line.minutesAgo * 60_000 })),
  ]
  const named: Named = new Map()
  const told: Told[] = []
  for (const [index, { line, isPast, timeMs }] of timed.entries()) {
    const isTheirs = line.they !== undefined
    const hex = stableHex(world.seed, `demo ${person.name} ${index}`).slice(0, 18)
    const wamid = wamidOf(isTheirs ? 'in' : 'out', customer.phone ?? customer.userId, hex)
    if (line.id !== undefined) named.set(line.id, { wamid, isTheirs })
    told.push({
      wamid,
      isTheirs,
      isPast,
      timeMs: timeMs + index * 1000, // lines of the same minute stay in order
      line,
      ...(await partsOf(line, named, number, customer)),
    })
  }
  return { told, named }
}

type Timed = Conversation['past'][number]

function timeOf(nowMs: number, line: Timed): number {
  return 'saturday' in line
    ? saturdayMs(nowMs, line.saturday, line.at)
    : workingDayMs(nowMs, line.day, line.at)
}

/** Type, content and file of a line, with what it speaks of. */
export async function partsOf(
  line: Line,
  named: Named,
  number: BusinessNumber,
  customer: Customer,
): Promise<Pick<Told, 'type' | 'content' | 'file'>> {
  const known = (id: string) => must(named.get(id), `line ${id} of ${customer.name}`)
  const targets: Targets = {}
  for (const name of ['reactsTo', 'changes', 'takesBack'] as const) {
    if (line[name] !== undefined) targets[name] = known(line[name]).wamid
  }
  const { content, ...parts } = await contentOf(line, targets)
  const ours = digitsOf(number.display_phone_number)
  const quoted = line.quotes === undefined ? undefined : known(line.quotes)
  const lost = { wamid: wamidOf('out', ours, '00f00f00f00f00f00f'), isTheirs: false }
  const source = quoted ?? (line.quotesLost ? lost : undefined)
  const context = {
    ...(source ? { from: source.isTheirs ? customer.phone : ours, id: source.wamid } : {}),
    ...(line.isForwarded ? { forwarded: true } : {}),
  }
  return {
    ...parts,
    content: {
      ...content,
      ...(Object.keys(context).length > 0 ? { context } : {}),
      ...(line.ad ? { referral: referralOf(line.ad) } : {}),
    },
  }
}

function referralOf({ headline, body, url }: NonNullable<Line['ad']>): JsonObject {
  return {
    source_url: url,
    source_id: '120214998877660033',
    source_type: 'ad',
    headline,
    body,
    media_type: 'image',
    image_url: `${url}.jpg`,
    ctwa_clid: 'ARBtYWRlLXVwLWNsaWNrLWlk',
  }
}
