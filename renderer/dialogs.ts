import type { ContactId } from '../core/domain/ids.ts'
import type { Message } from '../core/domain/message.ts'
import type { TapKind } from './composer/taps.svelte.ts'

/** What lies open over a conversation. */
export type OpenDialog =
  | { kind: 'template'; again?: Message | undefined }
  | { kind: 'taps'; first: TapKind }
  | { kind: 'merge'; otherId: ContactId }
  | { kind: 'number' }
  | { kind: 'block' }
