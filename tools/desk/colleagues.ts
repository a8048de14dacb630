/** Two people who are at work besides the person who tries Kontor out. They use the doors everybody uses. */
import {
  isWorthReading,
  planNext,
  type Act,
  type Chat,
  type Entry,
  type View,
} from './colleagues/plan.ts'
import { Session, type Person } from './colleagues/session.ts'

export type ColleaguesWanted = {
  /** The server's address. */
  url: string
  people: Person[]
  /** Ends their day at once. */
  signal: AbortSignal
  /** From 0 to below 1. */
  random: () => number
  /** Hears once when something does not work, and again only after it did. */
  onTrouble: (what: string) => void
  /** Between two things they do. */
  pauseMs?: { least: number; most: number }
}

const usualPauseMs = { least: 10_000, most: 25_000 }
const workingDayMs = 45 * 60_000
/** So many threads are looked through before each act. */
const mostThreads = 12

/**
 * Colleagues answer, take over, note and resolve, one thing every 10 to 25 seconds, for three quarters of an hour.
 * They never write into a conversation that is somebody else's or that somebody has just answered.
 *
 * @returns `ended` resolves when they have stopped; it never rejects
 */
export function startColleagues(wanted: ColleaguesWanted): { ended: Promise<void> } {
  const signal = AbortSignal.any([wanted.signal, AbortSignal.timeout(workingDayMs)])
  const days = wanted.people.map((person) => work(person, { ...wanted, signal }))
  return { ended: Promise.all(days).then(() => undefined) }
}

async function work(person: Person, wanted: ColleaguesWanted): Promise<void> {
  const { url, signal, random, onTrouble, pauseMs: { least, most } = usualPauseMs } = wanted
  const session = new Session(url, person, signal)
  let isWell = true
  while (await pause(least + random() * (most - least), signal)) {
    try {
      await doOneThing(session, random)
      isWell = true
    } catch (error) {
      if (signal.aborted) return
      const reason = error instanceof Error ? error.message : String(error)
      if (isWell) onTrouble(`${person.email} cannot work: ${reason}`)
      isWell = false
    }
  }
}

async function doOneThing(session: Session, random: () => number): Promise<void> {
  const me = await session.me()
  const { items } = (await session.get('/conversations?status=open&limit=200')) as { items: Chat[] } // what the path documents
  const known = items.filter((chat) => isWorthReading({ me }, chat))
  const first = known.toSorted((a, b) => rank(a) - rank(b)).slice(0, mostThreads)
  const threads = new Map<string, Entry[]>()
  for (const { id } of first) threads.set(id, await messagesOf(session, id))
  const view: View = { me, nowMs: Date.now(), chats: items, threads }
  const act = planNext(view, random)
  if (act) await carryOut(session, me.id, act)
}

/** Own conversations before those of nobody, whoever waits before the rest. */
function rank({ assigneeId, waitingSince }: Chat): number {
  return (assigneeId === null ? 2 : 0) + (waitingSince === null ? 1 : 0)
}

async function messagesOf(session: Session, id: string): Promise<Entry[]> {
  const found = await session.get(`/conversations/${id}/messages?limit=100`)
  return (found as { items: Entry[] }).items // what the path documents
}

/** The key keeps a repeated call from writing twice; the server refuses what somebody else has just answered. */
async function carryOut(session: Session, myId: string, act: Act): Promise<void> {
  const path = `/conversations/${act.chatId}`
  const { status } = await (() => {
    switch (act.kind) {
      case 'answer': {
        const body = { type: 'text', text: act.text, basedOn: act.basedOn }
        return session.ask('POST', `${path}/messages`, body, `answer-${act.basedOn}`)
      }
      case 'template': {
        const body = { type: 'template', ...act.template, basedOn: act.basedOn }
        return session.ask('POST', `${path}/messages`, body, `template-${act.chatId}`)
      }
      case 'note': {
        const body = { type: 'note', text: act.text }
        return session.ask('POST', `${path}/messages`, body, `note-${act.chatId}`)
      }
      case 'resolve':
        return session.ask('PATCH', path, { status: 'resolved', basedOn: act.basedOn })
      case 'take':
        return take(session, path, myId)
    }
  })()
  const isRefused = status === 404 || status === 409 || status === 422
  if (status >= 300 && !isRefused) throw new Error(`to ${act.kind} was answered with ${status}`)
}

/** Looks once more: an assignment over HTTP takes a conversation from whomever has it. */
async function take(session: Session, path: string, myId: string): Promise<{ status: number }> {
  const chat = (await session.get(path)) as Chat // what the path documents
  if (chat.assigneeId !== null) return { status: 409 }
  return session.ask('PATCH', path, { assigneeId: myId })
}

/** Whether there is still time to go on. */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(false)
    const stop = () => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve(true)
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
