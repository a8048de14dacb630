import type { ColumnType, Generated } from 'kysely'

export type MediaTables = {
  media: {
    id: string
    /** Where WhatsApp has it; null for what we upload. */
    meta_media_id: string | null
    number_id: string | null
    /** As WhatsApp claims, hex. */
    claimed_sha256: string | null
    /** Where the webhook said it lies; good for five minutes. */
    url: ColumnType<string | null, string | null | undefined, string | null>
    /** Of the bytes we hold, hex; also the name they lie under. */
    sha256: string | null
    mime: string
    size_bytes: number | null
    file_name: string | null
    width: number | null
    height: number | null
    duration_ms: ColumnType<number | null, number | null | undefined, number | null>
    has_thumbnail: Generated<boolean>
    state: 'pending' | 'ready' | 'failed'
    attempts: Generated<number>
    next_try_at: Date | null
    /** Code of the last failure. */
    last_error: string | null
    created_at: Date
    /** When it was here at last, or given up. */
    ended_at: ColumnType<Date | null, Date | null | undefined, Date | null>
    /** Who uploaded it; null for what came from WhatsApp. */
    owner_id: ColumnType<string | null, string | null | undefined, never>
  }
  /** A file on its way here, or one that came this way not long ago. */
  upload: {
    /** The media's id to be. */
    id: string
    owner_id: string
    size_bytes: number
    /** Hex, of the whole file. */
    claimed_sha256: string | null
    mime: string
    file_name: string | null
    created_at: Date
    /** When something of it last came. */
    touched_at: Date
    ended_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  }
  media_upload: { media_id: string; number_id: string; meta_media_id: string; uploaded_at: Date }
}
