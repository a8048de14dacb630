/** What WhatsApp says of the account, its numbers and its templates: kept for the timeline, and shown on the rows. */
import type { OwnNumber } from '../../core/domain/people.ts'
import type { Template } from '../../core/domain/template.ts'
import type { AnyAccountEvent } from './account-events.ts'
import type { Fold } from './fold.ts'
import type { HappeningOf, TemplateFacts } from './happening.ts'
import { setAccount, setNumber } from './account-state.ts'
import { duplicate, ignored, type Result } from './result.ts'
import { withFacts } from './with-facts.ts'

/** An event about the account or its numbers. What holds for all numbers of the account is said on each. */
export function noteAccountEvent(fold: Fold, event: HappeningOf<'account-event'>): Result {
  const atMs = event.atMs ?? fold.receivedAtMs
  if (fold.events.has(event, fold.receivedAtMs)) return duplicate()
  const numbers = numbersOf(fold, event)
  const [before] = event.ours === undefined ? [] : numbers
  const account = event.accountId === undefined ? undefined : fold.account(event.accountId)
  if (fold.events.isNewest(event, atMs)) {
    for (const number of numbers) setNumber(fold, number, event.number, atMs)
    if (event.accountId !== undefined) setAccount(fold, event.accountId, event.account, atMs)
  }
  fold.isAccountNews = true
  keep(fold, event, {
    numberId: before?.id,
    before: event.before ?? textOf(before, event.number) ?? textOf(account, event.account),
    after: event.after,
  })
  return { outcome: 'stored' }
}

/** An event about one template. What its row cannot be told by it is read from WhatsApp. */
export function changeTemplate(fold: Fold, event: HappeningOf<'template-changed'>): Result {
  const atMs = event.atMs ?? fold.receivedAtMs
  if (fold.events.has(event, fold.receivedAtMs)) return duplicate()
  const { template: facts } = event
  const known = fold.templates().find((row) => isMeant(row, event))
  fold.isTemplateNews = true
  if (known !== undefined && fold.events.isNewest(event, atMs)) {
    const next = changed(known, facts.change)
    if (next !== known)
      fold.putTemplate({ ...next, updatedAtMs: Math.max(known.updatedAtMs, atMs) })
  }
  keep(fold, event, {
    before: event.before ?? before(known, facts.change),
    after: event.after ?? facts.change.status ?? undefined,
  })
  return known === undefined
    ? ignored('template not known yet, will be read')
    : { outcome: 'stored' }
}

function keep(
  fold: Fold,
  happening: AnyAccountEvent,
  about: { numberId?: string | undefined; before: string | undefined; after: string | undefined },
): void {
  const { digest, atMs } = happening
  const { part } = fold
  if (part === undefined) throw new Error('bug: an account event outside a call')
  fold.events.add({
    ...part,
    happening,
    digest,
    atMs: atMs ?? fold.receivedAtMs,
    isTold: atMs !== undefined,
    numberId: about.numberId,
    before: about.before,
    after: about.after,
  })
}

/** The one number it names, or, where it names none, all of the account. */
function numbersOf(fold: Fold, { ours, accountId }: HappeningOf<'account-event'>): OwnNumber[] {
  if (ours === undefined) {
    return fold.numbers().filter((number) => number.accountId === accountId)
  }
  const digits = (text: string | undefined) => text?.replace(/\D/g, '')
  const phone = digits(ours.displayPhone)
  return fold
    .numbers()
    .filter(
      (number) =>
        number.phoneNumberId === ours.phoneNumberId ||
        (phone !== undefined && digits(number.displayPhone) === phone),
    )
    .slice(0, 1)
}

function isMeant(row: Template, { accountId, template }: HappeningOf<'template-changed'>): boolean {
  if (row.isGone === true) return false
  if (template.metaId !== undefined && row.metaId === template.metaId) return true
  return (
    row.accountId === accountId && row.name === template.name && row.language === template.language
  )
}

function changed(row: Template, change: TemplateFacts['change']): Template {
  return withFacts(row, change)
}

/** What stood where the facts now stand, when they are one. */
function textOf(row: object | undefined, facts: object = {}): string | undefined {
  const keys = Object.entries(facts).filter(([, value]) => value !== undefined)
  const [key] = keys[0] ?? []
  const was: unknown = row === undefined || key === undefined ? undefined : Reflect.get(row, key)
  return typeof was === 'string' ? was : undefined
}

function before(row: Template | undefined, { status, quality, category }: TemplateFacts['change']) {
  if (row === undefined) return undefined
  if (status !== undefined) return row.status
  if (quality !== undefined) return row.quality
  return category === undefined ? undefined : row.category
}
