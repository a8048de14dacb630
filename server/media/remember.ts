import type { RememberMedia } from '../intake/ports.ts'

/** Notes files that came with messages, in the transaction of their messages. The worker fetches them after it. */
export const rememberMedia: RememberMedia = async (tx, files) => {
  if (files.length === 0) return
  const now = new Date(tx.nowMs)
  await tx.sql
    .insertInto('media')
    .values(
      files.map((file) => ({
        id: file.mediaId,
        meta_media_id: file.metaMediaId,
        number_id: file.numberId,
        claimed_sha256: hexOf(file.sha256) ?? null,
        url: file.url ?? null,
        sha256: null,
        mime: file.mime,
        size_bytes: null,
        file_name: null,
        width: null,
        height: null,
        state: 'pending' as const,
        next_try_at: now,
        last_error: null,
        created_at: now,
      })),
    )
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** WhatsApp writes a hash in hex in answers and in base64 in webhooks. What is neither says nothing. @see facts 3 */
export function hexOf(sha256: string | undefined): string | undefined {
  if (sha256 === undefined) return undefined
  if (/^[0-9a-f]{64}$/i.test(sha256)) return sha256.toLowerCase()
  const bytes = Buffer.from(sha256, 'base64')
  return bytes.length === 32 ? bytes.toString('hex') : undefined
}
