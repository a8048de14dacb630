import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Conversation } from '../core/domain/conversation.ts'
import type { Message } from '../core/domain/message.ts'
import { Overlay } from '../core/replica/overlay.ts'
import { Base } from '../core/replica/base.ts'
import { Search } from '../core/replica/search.ts'
import { aContact, aConversation, aMessage } from '../core/testing/examples.ts'
import { quantile, say, type Benchmark, type Figure } from './lib/figures.ts'

const conversations = 5_000
const messages = 100_000
const vocabulary = 60_000
const rounds = 100
const megabyte = 1024 * 1024
const syllables =
  'ba bel der ein ge ung lie fer rech nung schrau be mäh dös tür straß gar zu ver an sen pa ket kun den dienst mon teur ter min werk zeug bohr ma schi ne'.split(
    ' ',
  )

/** What a console finds in all it holds: as the words of a language are spread, few often and most seldom. */
export const search: Benchmark = {
  about: `finding in ${conversations} conversations with ${messages} messages: reading all once, memory, CPU time of each question`,
  async run(): Promise<Figure[]> {
    const random = randomOf(7)
    const words = Array.from({ length: vocabulary }, () => word(random))
    const base = filled(words, random)
    const before = usedBytes()
    const found = new Search(new Overlay(base), platform)
    const { seconds, longestMs } = await readAll(found)
    const bytes = usedBytes() - before
    say(`${found.find('', 1).isComplete ? 'all' : 'not all'} read`)
    const times = questions(words).flatMap(([name, query]) => asked(found, name, query))
    return [
      { name: 'reading all once', value: seconds, unit: 's' },
      { name: 'longest time others wait', value: longestMs, unit: 'ms' },
      { name: 'memory', value: bytes / megabyte, unit: 'MB' },
      ...times,
    ]
  },
}

const platform = {
  nowMs: () => performance.now(),
  newId: () => '',
  random: () => 0,
  after(delayMs: number, callback: () => void) {
    const timer = setTimeout(callback, delayMs)
    return () => clearTimeout(timer)
  },
}

function questions(words: readonly string[]): [string, string][] {
  return [
    ['one letter', 'm'],
    ['the beginning of many words', 'mä'],
    ['a frequent word', words[3] ?? ''],
    ['a seldom word', words[vocabulary - 9] ?? ''],
    ['three words', `${words[2]} ${words[5]} ge`],
    ['part of a number', '0183'],
    ['a whole number', '4711-0183'],
    ['a phone as at home', '0171 39 2000'],
  ]
}

function asked(found: Search, name: string, query: string): Figure[] {
  const timesMs = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage()
    found.find(query, 50)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  })
  const { total } = found.find(query, 50)
  return [
    { name: `${name} (${total} found), p50`, value: quantile(timesMs, 0.5), unit: 'ms' },
    { name: `${name}, p95`, value: quantile(timesMs, 0.95), unit: 'ms' },
  ]
}

/** Reads all, and meanwhile looks how long a timer that is due has to wait. */
async function readAll(found: Search): Promise<{ seconds: number; longestMs: number }> {
  const startedMs = performance.now()
  let longestMs = 0
  for (let isComplete = false; !isComplete;) {
    const beforeMs = performance.now()
    isComplete = found.find('', 1).isComplete
    await new Promise((resolve) => setImmediate(resolve))
    longestMs = Math.max(longestMs, performance.now() - beforeMs)
  }
  return { seconds: (performance.now() - startedMs) / 1000, longestMs }
}

function filled(words: readonly string[], random: () => number): Base {
  const base = new Base()
  const opened: Conversation[] = []
  for (let at = 0; at < conversations; at += 1) {
    const name = `${title(words, random)} ${title(words, random)}`
    const phone = `+49171${String(39_000_000 + at)}`
    const contact = aContact({ name, phone })
    const conversation = aConversation({ contactId: contact.id })
    opened.push(conversation)
    base.put({ entity: 'contact', row: contact }, at + 1)
    base.put({ entity: 'conversation', row: conversation }, at + 1)
  }
  for (let at = 0; at < messages; at += 1) {
    const given: Partial<Message> = {
      ...(opened[at % conversations] && { conversationId: opened[at % conversations]!.id }),
      text: sentence(words, random, at),
      sentAtMs: Date.UTC(2026, 0, 1) + at * 60_000,
    }
    base.put({ entity: 'message', row: aMessage(given) }, at + 1)
  }
  return base
}

function sentence(words: readonly string[], random: () => number, at: number): string {
  const length = 3 + Math.floor(random() * 20)
  const said = Array.from({ length }, () => frequent(words, random))
  if (at % 4 === 0) said.push(`${4000 + (at % 1000)}-${String(at % 9973).padStart(4, '0')}`)
  return `${said.join(' ')}.`
}

/** The word of rank r comes about 1/r as often as the first (Zipf). */
function frequent(words: readonly string[], random: () => number): string {
  return words[Math.floor(vocabulary ** random()) - 1] ?? ''
}

function title(words: readonly string[], random: () => number): string {
  const name = words[Math.floor(random() * vocabulary)] ?? ''
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`
}

function word(random: () => number): string {
  const count = 1 + Math.floor(random() * 4)
  return Array.from(
    { length: count },
    () => syllables[Math.floor(random() * syllables.length)],
  ).join('')
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void // what the flag on the line above brings
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** The same numbers at every run (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
