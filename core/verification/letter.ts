import type { Advice } from '../domain/ledger.ts'
import type { Phrase } from '../domain/phrase.ts'
import { phrase } from './phrase.ts'

/** What an e-mail about an advice says, line by line. */
export type Letter = { subject: Phrase; lines: Phrase[] }

/**
 * @param subject name of the number or account it is about
 * @param url where the console is
 */
export function letterFor(advice: Advice, subject: string, url: string): Letter {
  const { title, why, todo, about, deadlineMs } = advice
  const where =
    about.kind === 'number'
      ? phrase('remedies.mail-about-number', { name: subject })
      : phrase('remedies.mail-about-account', { name: subject })
  const until =
    deadlineMs === null ? [] : [phrase('remedies.mail-deadline', { at: { atMs: deadlineMs } })]
  return {
    subject: phrase('remedies.mail-subject', { title }),
    lines: [where, title, why, todo, ...until, phrase('remedies.mail-where', { url })],
  }
}
