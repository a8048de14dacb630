import type { ContactId } from '../../core/domain/ids.ts'
import type { Contact } from '../../core/domain/people.ts'
import type { Who } from './happening.ts'
import type { Alias, Fold } from './fold.ts'
import type { AliasKind } from './tables.ts'

/** One way to name a person, and WhatsApp's time at which it was theirs; 0 for what is theirs no longer. */
export type Identifier = { kind: AliasKind; value: string; atMs: number }

export type Met = {
  contact: Contact
  /** As they were known before; undefined for somebody new. */
  before: Contact | undefined
  /** The identifiers belong to more than one contact; the first of them was taken, and none was merged. */
  isConflict: boolean
  /** Whether anything was learnt about the person. */
  isChanged: boolean
}

/** The identifiers of a person, the most reliable first. A user name is none: it can be given away. */
export function identifiersOf({ userId, phone, parentUserId }: Who, atMs: number): Identifier[] {
  return [
    ...identifier('user-id', userId, atMs),
    ...identifier('phone', phone, atMs),
    ...identifier('parent-user-id', parentUserId, atMs),
  ]
}

export function identifier(kind: AliasKind, value: string | undefined, atMs: number): Identifier[] {
  return value === undefined ? [] : [{ kind, value, atMs }]
}

/**
 * The contact with these identifiers: the one the first known of them leads to, else a new one. Identifiers nobody
 * has are theirs from now on. @see facts 5.6
 */
export function meet(fold: Fold, who: Who, identifiers: readonly Identifier[]): Met {
  const owners = identifiers
    .map(({ kind, value }) => fold.alias(kind, value)?.contactId)
    .filter((id) => id !== undefined)
  const found = owners[0] === undefined ? undefined : fold.contact(owners[0])
  const contact = found ?? newContact(fold)
  const isLearnt = identifiers.map((one) => learn(fold, contact.id, one)).includes(true)
  const next = introduced(fold, contact, who, isLearnt || found === undefined)
  if (next !== found) fold.putContact(next)
  return {
    contact: next,
    before: found,
    isConflict: owners.some((id) => id !== contact.id),
    isChanged: next !== found || isLearnt,
  }
}

function newContact(fold: Fold): Contact {
  const id = fold.newId() as ContactId // a new id of the platform's becomes whatever noun it is for
  const contact = { id, createdAtMs: fold.receivedAtMs }
  fold.putContact(contact)
  return contact
}

/** Takes over what a status says of a person we know by other means, when one of the identifiers proves it is them. */
export function recognize(fold: Fold, contact: Contact, identifiers: readonly Identifier[]): void {
  const owners = identifiers.map(({ kind, value }) => fold.alias(kind, value)?.contactId)
  if (!owners.includes(contact.id) || !owners.includes(undefined)) return
  const isLearnt = identifiers.map((one) => learn(fold, contact.id, one)).includes(true)
  const next = introduced(fold, contact, {}, isLearnt)
  if (next !== contact) fold.putContact(next)
}

function learn(fold: Fold, contactId: ContactId, { kind, value, atMs }: Identifier): boolean {
  if (fold.alias(kind, value) !== undefined) return false
  fold.setAlias({ kind, value, contactId, atMs })
  return true
}

/** Says that the contact has this identifier since then, although they may have had it before. */
export function renew(fold: Fold, contact: Contact, { kind, value, atMs }: Identifier): Contact {
  const known = fold.alias(kind, value)
  if (known === undefined || known.contactId !== contact.id || known.atMs >= atMs) return contact
  fold.setAlias({ ...known, atMs })
  const next = introduced(fold, contact, {}, true)
  if (next !== contact) fold.putContact(next)
  return next
}

function introduced(fold: Fold, contact: Contact, who: Who, isLearnt: boolean): Contact {
  const aliases = isLearnt ? fold.aliasesOf(contact.id) : []
  const news = {
    phone: newest(aliases, 'phone') ?? contact.phone,
    userId: newest(aliases, 'user-id') ?? contact.userId,
    username: contact.username ?? who.username,
    name: contact.name ?? who.name,
  }
  return withNews(contact, news)
}

/** The contact as they call themselves now. Only for what is certainly new, or an old call would rename them back. */
export function rename(fold: Fold, contact: Contact, { username, name }: Who): Contact {
  const next = withNews(contact, { username, name })
  if (next !== contact) fold.putContact(next)
  return next
}

function withNews(contact: Contact, news: Record<string, string | undefined>): Contact {
  const changed = Object.entries(news).filter(
    ([key, value]) => value !== undefined && Reflect.get(contact, key) !== value,
  )
  return changed.length === 0 ? contact : { ...contact, ...Object.fromEntries(changed) }
}

function newest(aliases: readonly Alias[], kind: AliasKind): string | undefined {
  return aliases
    .filter((alias) => alias.kind === kind)
    .reduce<Alias | undefined>(
      (best, one) => (best && best.atMs >= one.atMs ? best : one),
      undefined,
    )?.value
}
