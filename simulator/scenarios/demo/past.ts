/** Coexistence webhooks: contacts, history and echoes, as a number's phone app hands them over. */
import { present, type JsonObject } from '../../json.ts'
import { contactOf, senderOf, shownPhone } from '../../messaging/identity.ts'
import { aboutNumber, announce, stampOf } from '../../webhooks/announce.ts'
import type { Customer } from '../../world/customer.ts'
import { digitsOf, type BusinessNumber } from '../../world/number.ts'
import { stableDigits } from '../../world/random.ts'
import type { World } from '../../world/world.ts'
import type { DemoFile } from './files.ts'
import type { Named, Told } from './lines.ts'
import type { Conversation } from './script.ts'

export type Thread = {
  number: BusinessNumber
  customer: Customer
  told: Told[]
  named: Named
  script: Conversation
}

export const lane = 'scenario demo'
const threadsPerChunk = 3

export function aboutDemo(number: BusinessNumber) {
  return { lane, number }
}

export function announceContacts(world: World, threads: Thread[]): void {
  for (const [number, mine] of byNumber(threads)) {
    announce(
      world,
      'smb_app_state_sync',
      {
        ...aboutNumber(number),
        state_sync: mine
          .filter(({ customer }) => shownPhone(customer) !== undefined)
          .map(({ customer }) => ({
            type: 'contact',
            contact: {
              full_name: customer.name,
              first_name: customer.name.split(' ')[0],
              phone_number: shownPhone(customer),
              user_id: customer.userId,
            },
            action: 'add',
            metadata: { timestamp: stampOf(world.clock.nowMs()) },
          })),
      },
      aboutDemo(number),
    )
  }
}

/** What the threads hold is the past. A few of them at a time; files come after all texts. */
export function announceHistory(world: World, threads: Thread[]): void {
  for (const [number, mine] of byNumber(threads)) {
    const withPast = mine.filter(({ told }) => told.length > 0)
    const chunks = Math.ceil(withPast.length / threadsPerChunk)
    for (let chunk = 0; chunk < chunks; chunk++) {
      const some = withPast.slice(chunk * threadsPerChunk, (chunk + 1) * threadsPerChunk)
      const progress = Math.round(((chunk + 1) / chunks) * 100)
      const history = some.map((thread) => threadOf(world, thread, () => true, false))
      announceChunk(world, number, { phase: 0, chunk_order: chunk + 1, progress }, history)
    }
    for (const thread of withPast) {
      for (const line of thread.told.filter(({ file }) => file)) {
        const history = [threadOf(world, thread, (one) => one === line, true)]
        announceChunk(world, number, { phase: 0, chunk_order: chunks + 1, progress: 100 }, history)
      }
    }
  }
}

function announceChunk(
  world: World,
  number: BusinessNumber,
  metadata: JsonObject,
  threads: JsonObject[],
): void {
  const value = { ...aboutNumber(number), history: [{ metadata, threads }] }
  announce(world, 'history', value, aboutDemo(number))
}

function threadOf(
  world: World,
  { number, customer, told }: Thread,
  isWanted: (line: Told) => boolean,
  hasFiles: boolean,
): JsonObject {
  const phone = shownPhone(customer)
  return {
    id: phone ?? customer.userId,
    context: present({ wa_id: phone, user_id: customer.userId, username: customer.username }),
    messages: told.filter(isWanted).map((line) => ({
      ...partiesOf(world, number, customer, line),
      ...headOf(line),
      ...(line.file && !hasFiles
        ? { type: 'media_placeholder' }
        : { type: line.type, ...wholeContent(world, number, line) }),
      history_context: { status: 'READ' },
    })),
  }
}

/** An answer that was given from the firm's phone. */
export function echoOf(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  line: Told,
): JsonObject {
  return {
    ...aboutNumber(number),
    contacts: [contactOf(world, customer)],
    message_echoes: [
      {
        ...partiesOf(world, number, customer, line),
        ...headOf(line),
        type: line.type,
        ...wholeContent(world, number, line),
      },
    ],
  }
}

function partiesOf(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  line: Told,
): JsonObject {
  if (line.isTheirs) return senderOf(world, customer)
  return present({
    from: digitsOf(number.display_phone_number),
    to: shownPhone(customer),
    to_user_id: customer.userId,
  })
}

function headOf({ wamid, timeMs }: Told): JsonObject {
  return { id: wamid, timestamp: stampOf(timeMs) }
}

function wholeContent(world: World, number: BusinessNumber, line: Told): JsonObject {
  if (!line.file) return line.content
  return fileIn(world, number, line.isTheirs ? 'theirs' : 'ours', line, line.file)
}

/** The content with its file, which can be fetched from then on. */
export function fileIn(
  world: World,
  number: BusinessNumber,
  from: 'ours' | 'theirs',
  { content, wamid }: Pick<Told, 'content' | 'wamid'>,
  file: DemoFile,
): JsonObject {
  const { kind, mimeType, bytes, fileName } = file
  const id = stableDigits(world.seed, `media ${wamid}`, 16)
  const nowMs = world.clock.nowMs()
  const named = fileName === undefined ? {} : { fileName }
  const media = world.media.add(from, { id, numberId: number.id, mimeType, bytes, ...named }, nowMs)
  return {
    ...content,
    [kind]: {
      ...(content[kind] as JsonObject), // a file's content has its kind's object
      ...(fileName === undefined ? {} : { filename: fileName }),
      id,
      mime_type: mimeType,
      sha256: media.sha256.toString('base64'),
      url: `${world.url}${world.media.link(media, nowMs)}`,
    },
  }
}

function byNumber(threads: Thread[]): Map<BusinessNumber, Thread[]> {
  const groups = new Map<BusinessNumber, Thread[]>()
  for (const thread of threads) {
    groups.set(thread.number, [...(groups.get(thread.number) ?? []), thread])
  }
  return groups
}
