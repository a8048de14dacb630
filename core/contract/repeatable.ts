import type { MethodName, SignalName } from './contract.ts'

/** Methods that may be done twice without anybody noticing: they read, or leave the same behind. */
const repeatable: ReadonlySet<string> = new Set<MethodName>([
  'app.state',
  'session.check',
  'session.unfinished',
  'link.state',
  'link.retry',
  'settings.get',
  'settings.set',
  'directory.all',
  'inbox.views',
  'inbox.page',
  'thread.page',
  'search.find',
  'conversation.start',
  'template.list',
  'contact.compare',
  'contact.merged',
  'draft.get',
  'draft.put',
  'draft.share',
  'draft.discard',
  'outbox.refusals',
  'media.read',
  'media.remove',
  'verification.overview',
  'verification.history',
  'verification.csv',
  'label.list',
])

/** Whether a request that nobody answered may simply be asked again. */
export function isRepeatable(method: string): boolean {
  return repeatable.has(method)
}

/** Those that name nothing. */
export type GeneralSignal = Exclude<SignalName, 'thread.changed' | 'draft.changed'>

const general: Record<GeneralSignal, true> = {
  'app.changed': true,
  'link.changed': true,
  'settings.changed': true,
  'directory.changed': true,
  'inbox.changed': true,
  'outbox.changed': true,
  'template.changed': true,
  'verification.changed': true,
}

/** The signals that name nothing in particular: together they say that anything may have changed. */
export const generalSignals: readonly string[] = Object.keys(general)
