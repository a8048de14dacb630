import type { Advice } from '../domain/ledger.ts'
import type { Phrase } from '../domain/phrase.ts'
import { phrase } from './phrase.ts'

/** What an e-mail about an advice says, line by line. */
export type Letter = { subject: Phrase; lines: Phrase[] }

/**
 * @param subject name of the number or account it is about
 * @param isOver it holds no longer
 * @param url where the console is
 */
export function letterFor(
  advice: Pick<Advice, 'title' | 'why' | 'todo' | 'about' | 'deadlineMs'>,
  subject: string,
  isOver: boolean,
  url: string,
): Letter {
  const { title, why, todo, about, deadlineMs } = advice
  const where =
    about.kind === 'number'
      ? phrase('remedies.mail-about-number', { name: subject })
      : phrase('remedies.mail-about-account', { name: subject })
  const until =
    deadlineMs === null ? [] : [phrase('remedies.mail-deadline', { at: { atMs: deadlineMs } })]
  const said = isOver ? [title, phrase('remedies.mail-over')] : [title, why, todo, ...until]
  return {
    subject: phrase(isOver ? 'remedies.mail-ended' : 'remedies.mail-raised', { title }),
    lines: [where, ...said, phrase('remedies.mail-where', { url })],
  }
}
