import Type, { type TUnsafe } from 'typebox'

/** Makes ids of different nouns different types, at no cost while running. */
type Brand<Name extends string> = string & { readonly __brand: Name }

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

// A bundle that checks nothing may leave the schemas out.
/* @__NO_SIDE_EFFECTS__ */
function id<Name extends string>(end = ''): TUnsafe<Brand<Name>> {
  return Type.Unsafe<Brand<Name>>(Type.String({ pattern: `^${uuid}${end}$` }))
}

/** All ids are UUIDv7, made by whoever writes the row first, and never used for ordering: client clocks lie. */
export const MessageId = id<'MessageId'>()
export type MessageId = Brand<'MessageId'>
export const ConversationId = id<'ConversationId'>()
export type ConversationId = Brand<'ConversationId'>
export const ContactId = id<'ContactId'>()
export type ContactId = Brand<'ContactId'>
export const NumberId = id<'NumberId'>()
export type NumberId = Brand<'NumberId'>
export const UserId = id<'UserId'>()
export type UserId = Brand<'UserId'>
export const TeamId = id<'TeamId'>()
export type TeamId = Brand<'TeamId'>
export const MediaId = id<'MediaId'>()
export type MediaId = Brand<'MediaId'>
export const TemplateId = id<'TemplateId'>()
export type TemplateId = Brand<'TemplateId'>
export const AccountId = id<'AccountId'>()
export type AccountId = Brand<'AccountId'>
export const LabelId = id<'LabelId'>()
export type LabelId = Brand<'LabelId'>
export const ReplicaId = id<'ReplicaId'>()
export type ReplicaId = Brand<'ReplicaId'>
export const MutationId = id<'MutationId'>()
export type MutationId = Brand<'MutationId'>

/**
 * One wording of a draft. What two older ones were put together into, beside a third, is named after that one, with a
 * plus.
 */
export const DraftVersionId = id<'DraftVersionId'>('\\+?')
export type DraftVersionId = Brand<'DraftVersionId'>
