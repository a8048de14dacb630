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
  /** Who has the name that was found: `contact`, or one that was merged into it. */
  named: Contact
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
 * has are theirs from now on. Whoever else they lead to is noted with both as a doubt. @see facts 5.6
 */
export function meet(fold: Fold, who: Who, identifiers: readonly Identifier[]): Met {
  const owners = ownersOf(fold, identifiers)
  const found = owners[0]?.named
  const before = found && fold.standing(found)
  const named = found ?? newContact(fold)
  const isLearnt = identifiers.map((one) => learn(fold, named.id, one)).includes(true)
  const next = introduced(fold, named, who, isLearnt || found === undefined)
  if (next !== found) fold.putContact(next)
  const standing = carried(fold, fold.standing(next), named, next)
  const doubted = owners.map((owner) => doubt(fold, standing.id, owner))
  return {
    contact: fold.contact(standing.id) ?? standing,
    before,
    named: fold.contact(next.id) ?? next,
    isConflict: doubted.includes(true),
    isChanged: next !== found || isLearnt,
  }
}

type Owner = Identifier & { named: Contact }

function ownersOf(fold: Fold, identifiers: readonly Identifier[]): Owner[] {
  return identifiers.flatMap((one) => {
    const alias = fold.alias(one.kind, one.value)
    const named = alias && fold.contact(alias.contactId)
    return named === undefined ? [] : [{ ...one, named }]
  })
}

/** Notes with both contacts that they may be one person. @returns whether that is open */
function doubt(fold: Fold, contactId: ContactId, owner: Owner): boolean {
  const [one, other] = [fold.contact(contactId), fold.standing(owner.named)]
  if (one === undefined || one.id === other.id) return false
  if (one.distinctFrom?.includes(other.id) || other.distinctFrom?.includes(one.id)) return false
  const { kind, value } = owner
  const atMs = owner.atMs === 0 ? fold.receivedAtMs : owner.atMs
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    const conflicts = mine.conflicts ?? []
    const isKnown = conflicts.some(
      (known) => known.contactId === theirs.id && known.kind === kind && known.value === value,
    )
    if (isKnown) continue
    const added = { contactId: theirs.id, kind, value, atMs }
    fold.putContact({ ...mine, conflicts: [...conflicts, added] })
  }
  return true
}

/** Whoever stands for a contact that is called differently now is called so too: messages have to reach them. */
function carried(fold: Fold, standing: Contact, before: Contact, after: Contact): Contact {
  if (standing.id === after.id) return after
  const next = { ...standing }
  for (const key of ['phone', 'userId'] as const) {
    const isTheirs = standing[key] === undefined || standing[key] === before[key]
    if (isTheirs && after[key] !== undefined) next[key] = after[key]
  }
  if (next.phone === standing.phone && next.userId === standing.userId) return standing
  fold.putContact(next)
  return next
}

/** Says that these identifiers are the contact's since then, although it may have had them before. */
export function renewAll(fold: Fold, { named, contact }: Met, all: readonly Identifier[]): Contact {
  const next = all.reduce((now, one) => renew(fold, now, one), named)
  return next.id === contact.id ? next : carried(fold, contact, named, next)
}

/** Of a contact that stands for several, the answer goes to the account that wrote last. */
export function reachedAsWriting(fold: Fold, { named, contact }: Met): Contact {
  if (named.id === contact.id && contact.includes === undefined) return contact
  const own = named.id === contact.id ? introduced(fold, named, {}, true) : named
  const next = withNews(contact, { phone: own.phone, userId: own.userId })
  if (next !== contact) fold.putContact(next)
  return next
}

function newContact(fold: Fold): Contact {
  const id = fold.newId() as ContactId // a new id of the platform's becomes whatever noun it is for
  const contact = { id, createdAtMs: fold.receivedAtMs }
  fold.putContact(contact)
  return contact
}

/** Takes over what a status says of a person we know by other means, when one of the identifiers proves it is them. */
export function recognize(fold: Fold, contact: Contact, identifiers: readonly Identifier[]): void {
  const owners = ownersOf(fold, identifiers)
  if (!owners.some(({ named }) => named.id === contact.id)) return
  for (const owner of owners) doubt(fold, fold.standing(contact).id, owner)
  if (owners.length === identifiers.length) return
  const isLearnt = identifiers.map((one) => learn(fold, contact.id, one)).includes(true)
  const known = fold.contact(contact.id) ?? contact
  const next = introduced(fold, known, {}, isLearnt)
  if (next !== known) fold.putContact(next)
  carried(fold, fold.standing(next), known, next)
}

function learn(fold: Fold, contactId: ContactId, { kind, value, atMs }: Identifier): boolean {
  if (fold.alias(kind, value) !== undefined) return false
  fold.setAlias({ kind, value, contactId, atMs })
  return true
}

/** Says that the contact has this identifier since then, although they may have had it before. */
function renew(fold: Fold, contact: Contact, { kind, value, atMs }: Identifier): Contact {
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
  const own = contact.namedBy === 'colleague' ? contact.name : name
  const next = withNews(contact, { username, name: own })
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
