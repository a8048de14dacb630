import { write } from '../../messaging/write.ts'
import { stampOf } from '../../webhooks/announce.ts'
import type { World } from '../../world/world.ts'
import type { Told } from './lines.ts'
import { fileIn, type Thread } from './past.ts'

/** The person writes it; its file can be fetched from then on. */
export async function say(
  world: World,
  { number, customer }: Pick<Thread, 'number' | 'customer'>,
  told: Pick<Told, 'content' | 'file' | 'type' | 'wamid' | 'timeMs'>,
  onLane = customer.id,
): Promise<void> {
  const { content, file, type, wamid, timeMs } = told
  const stored = file ? fileIn(world, number, 'theirs', told, file) : content
  const message = { ...stored, type, id: wamid, timestamp: stampOf(timeMs), numberId: number.id }
  await write(world, customer, message, onLane)
}
