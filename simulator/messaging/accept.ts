import type { SentMessage } from '../world/message.ts'
import type { World } from '../world/world.ts'
import { noteAnswer } from './free-entry.ts'
import { deliver } from './deliver.ts'

/** Takes a message on: from here on it exists, whatever becomes of the answer to the request. */
export function accept(
  world: World,
  draft: Omit<SentMessage, 'wamid' | 'acceptedAtMs' | 'status'>,
) {
  const { to } = draft
  const acceptedAtMs = world.clock.nowMs()
  const wamid = world.ids.message('out', to.by === 'phone' ? to.phone : to.userId)
  const message: SentMessage = { ...draft, wamid, acceptedAtMs, status: 'accepted' }
  world.sent.set(wamid, message)
  world.histories.begin(world.ids.object(), wamid, draft.numberId)
  world.histories.note(wamid, { status: 'accepted', atMs: acceptedAtMs })
  noteAnswer(message)
  world.accepted.push({
    wamid,
    callbackData: draft.callbackData ?? null,
    to: to.input,
    type: draft.type,
    acceptedAt: new Date(acceptedAtMs).toISOString(),
  })
  // Writing to a phone teaches the portfolio whose it is, for its contact book.
  if (to.by === 'phone' && draft.customer) draft.customer.isPhoneKnown = true
  if (!draft.isHeld) deliver(world, message)
  return message
}
