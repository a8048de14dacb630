import type { Happening, OurNumber } from './happening.ts'
import { identifiersOf } from './identity.ts'
import type { AliasKind } from './tables.ts'

export type NamedMessage = { on: OurNumber; wamid: string }

/** How happenings name people and messages: what has to be looked up before they can be folded. */
export type Names = {
  people: { kind: AliasKind; value: string }[]
  wamids: NamedMessage[]
  /** Messages that reactions point at. */
  targets: NamedMessage[]
  /** Our own ids, as WhatsApp repeats them. */
  messageIds: string[]
}

export function namesIn(happenings: readonly Happening[]): Names {
  const people = new Map<string, Names['people'][number]>()
  const names: Names = { people: [], wamids: [], targets: [], messageIds: [] }
  for (const happening of happenings) {
    for (const { kind, value } of peopleIn(happening))
      people.set(`${kind} ${value}`, { kind, value })
    if (!('on' in happening)) continue
    const { on } = happening
    for (const wamid of wamidsIn(happening)) names.wamids.push({ on, wamid })
    if (happening.kind === 'reaction-given') names.targets.push({ on, wamid: happening.target })
    if (happening.kind === 'status-changed' && isOwnId(happening.callbackId)) {
      names.messageIds.push(happening.callbackId)
    }
  }
  names.people = [...people.values()]
  return names
}

function peopleIn(happening: Happening) {
  if (!('who' in happening)) return []
  const { who } = happening
  const others =
    happening.kind === 'number-changed'
      ? [{ phone: happening.from }, { phone: happening.to }]
      : happening.kind === 'user-id-changed'
        ? [{ userId: happening.from }, { userId: happening.to, phone: happening.phone }]
        : []
  return [who, ...others].flatMap((named) => identifiersOf(named, 0))
}

function wamidsIn(happening: Happening): string[] {
  const own = 'wamid' in happening ? happening.wamid : undefined
  const target = 'target' in happening ? happening.target : undefined
  const quote = 'quote' in happening ? happening.quote : undefined
  const call = happening.kind === 'call-event' ? happening.callId : undefined
  return [own, target, quote, call].filter((wamid) => wamid !== undefined)
}

/** Other systems on the same account may put anything into `biz_opaque_callback_data`. */
function isOwnId(id: string | undefined): id is string {
  return id !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)
}
