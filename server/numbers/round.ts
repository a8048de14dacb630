import type { Account } from '../../core/domain/account.ts'
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Check } from '../../core/domain/verification.ts'
import type { AppError } from '../../core/lib/errors.ts'
import type { SeenAccount } from '../whatsapp/account-node.ts'
import type { Client } from '../whatsapp/client.ts'
import type { SeenNumber } from '../whatsapp/number-node.ts'
import { codeOf, Questions } from './questions.ts'

type Storage = Awaited<ReturnType<Client['checkStorage']>>

/** What one look at WhatsApp brought. */
export type Findings = {
  /** What a webhook told after it is newer. */
  askedAtMs: number
  account?: { metaId: string; seen: SeenAccount; checks: Record<string, Check> }
  numbers: {
    phoneNumberId: string
    /** Undefined when it was not found out. */
    seen: (SeenNumber & Partial<Storage>) | undefined
    checks: Record<string, Check>
  }[]
  /** Why not everything could be asked. */
  ended: AppError | undefined
}

/** What is known before the look: it says whom to ask about. */
export type Known = { account: Account | undefined; numbers: readonly OwnNumber[] }

/**
 * Asks everything that no webhook tells reliably: five questions about the account and two about each number. WhatsApp
 * allows 200 an hour at least. @see facts 1.5 and 7.1
 */
export async function lookAround(
  client: Client,
  accountId: string | undefined,
  known: Known,
  nowMs: () => number,
): Promise<Findings> {
  const questions = new Questions(nowMs)
  const askedAtMs = nowMs()
  const account =
    accountId === undefined ? undefined : await askAccount(client, questions, accountId, known)
  const ids = new Set([
    ...(account?.numberIds ?? []),
    ...known.numbers.map(({ phoneNumberId }) => phoneNumberId),
  ])
  const numbers: Findings['numbers'] = []
  for (const id of ids) numbers.push(await askNumber(client, questions, id))
  return {
    askedAtMs,
    ...(account === undefined ? {} : { account: account.found }),
    numbers,
    ended: questions.ended,
  }
}

async function askAccount(client: Client, questions: Questions, metaId: string, known: Known) {
  const checks: Record<string, Check> = {}
  const listed = await questions.ask(checks, 'numbers', () => client.listNumbers(metaId))
  const token = await questions.ask(checks, 'token', () => client.checkToken())
  const appId = token?.appId ?? known.account?.token?.appId
  const subscription = await questions.ask(checks, 'subscription', () =>
    client.checkSubscription(metaId, appId),
  )
  const node = await questions.ask(checks, 'account', () => client.checkAccount(metaId))
  const businessId = node?.businessId ?? known.account?.businessId
  const business =
    businessId === undefined
      ? undefined
      : await questions.ask(checks, 'business', () => client.checkBusiness(businessId))
  const isRefused = questions.ended !== undefined && codeOf(questions.ended) === '190'
  const refused = { ...(known.account?.token ?? { scopes: [] }), isValid: false }
  const seen: SeenAccount = {
    ...definedIn(business ?? {}),
    ...definedIn(node ?? {}),
    ...definedIn({ subscription, token: isRefused ? refused : token }),
  }
  return { found: { metaId, seen, checks }, numberIds: listed?.map(({ id }) => id) }
}

async function askNumber(client: Client, questions: Questions, phoneNumberId: string) {
  const checks: Record<string, Check> = {}
  const node = await questions.ask(checks, 'number', () => client.checkNumber(phoneNumberId))
  const storage = await questions.ask(checks, 'settings', () => client.checkStorage(phoneNumberId))
  const seen = node === undefined && storage === undefined ? undefined : { ...node, ...storage }
  return { phoneNumberId, seen, checks }
}

function definedIn(seen: SeenAccount): SeenAccount {
  return Object.fromEntries(Object.entries(seen).filter(([, value]) => value !== undefined))
}
