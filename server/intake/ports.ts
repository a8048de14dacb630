import type { MediaId, NumberId } from '../../core/domain/ids.ts'
import type { LogTx } from '../log/transaction.ts'

/** A file of a message that was just stored, and where WhatsApp keeps its bytes for a while. */
export type ReceivedFile = {
  mediaId: MediaId
  numberId: NumberId
  metaMediaId: string
  mime: string
  url?: string
  sha256?: string
}

/** Notes which files have to be fetched, in the transaction that stores their messages; one call for a whole batch. */
export type RememberMedia = (tx: LogTx, files: readonly ReceivedFile[]) => Promise<void>

/** Hears that WhatsApp called about a number of ours, by Meta's id, and when. */
export type OnHeard = (phoneNumberId: string, receivedAtMs: number) => void
