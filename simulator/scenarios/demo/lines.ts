/** Turns a script's lines into messages: with ids that stay the same for a seed, and times of their own. */
import { must } from '../../../core/lib/must.ts'
import type { JsonObject } from '../../json.ts'
import type { Customer } from '../../world/customer.ts'
import { wamidOf } from '../../world/ids.ts'
import { digitsOf, type BusinessNumber } from '../../world/number.ts'
import { stableHex } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import { pdf, photo, type DemoFile } from './files.ts'
import type { Conversation, Line } from './script.ts'
import { workingDayMs } from './time.ts'

/** A line as it will be told. */
export type Told = {
  wamid: string
  timeMs: number
  isTheirs: boolean
  isPast: boolean
  type: string
  /** Its own part of the message, without who, when and id; of a file only the caption. */
  content: JsonObject
  file?: DemoFile
}

export async function tell(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  { past, today, person }: Conversation,
): Promise<Told[]> {
  const nowMs = world.clock.nowMs()
  const timed = [
    ...past.map((line) => ({ line, isPast: true, timeMs: workingDayMs(nowMs, line.day, line.at) })),
    ...today.map((line) => ({ line, isPast: false, timeMs: nowMs - line.minutesAgo * 60_000 })),
  ]
  const ids = new Map<string, { wamid: string; isTheirs: boolean }>()
  const told: Told[] = []
  for (const [index, { line, isPast, timeMs }] of timed.entries()) {
    const isTheirs = line.they !== undefined
    const hex = stableHex(world.seed, `demo ${person.name} ${index}`).slice(0, 18)
    const wamid = wamidOf(isTheirs ? 'in' : 'out', customer.phone ?? customer.userId, hex)
    if (line.id !== undefined) ids.set(line.id, { wamid, isTheirs })
    const known = (id: string) => must(ids.get(id), `line ${id} of ${person.name}`)
    const file = line.photo ? await photo(line.photo) : line.pdf && pdf(line.pdf)
    const quoted = line.quotes === undefined ? undefined : known(line.quotes)
    const target = line.reactsTo === undefined ? undefined : known(line.reactsTo)
    const context = quoted && {
      from: quoted.isTheirs ? customer.phone : digitsOf(number.display_phone_number),
      id: quoted.wamid,
    }
    told.push({
      wamid,
      isTheirs,
      isPast,
      timeMs: timeMs + index * 1000, // lines of the same minute stay in order
      ...contentOf(line, file, target?.wamid),
      ...(file ? { file } : {}),
      ...(context ? { content: { ...contentOf(line, file).content, context } } : {}),
    })
  }
  return told
}

function contentOf(line: Line, file: DemoFile | undefined, targetId?: string) {
  const text = line.they ?? line.we
  if (targetId !== undefined) {
    return { type: 'reaction', content: { reaction: { message_id: targetId, emoji: text } } }
  }
  if (!file) return { type: 'text', content: { text: { body: text } } }
  return { type: file.kind, content: { [file.kind]: text === '' ? {} : { caption: text } } }
}
