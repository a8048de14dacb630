import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { TemplateId } from '../../core/domain/ids.ts'
import type { Template } from '../../core/domain/template.ts'
import { present } from '../../core/lib/present.ts'
import type { Log } from '../log/log.ts'
import type { LogTx } from '../log/transaction.ts'
import type { Database } from '../store/database.ts'
import type { SeenTemplate } from '../whatsapp/template-node.ts'

/** What WhatsApp answered to one question, and since when that may have been so. */
export type Seen = {
  accountId: string
  templates: readonly SeenTemplate[]
  /** Only templates of this name were asked for. */
  name?: string
  /** Before the question: what a webhook told after it is newer than the answer. */
  askedAtMs: number
}

/** Writing takes turns with everything else, so many changes are written in several goes. */
const atOnce = 200

type Store = { db: Database; log: Log; newId: () => string }

/** Writes down what is new, different or gone. A template nobody changed costs no write. */
export async function storeTemplates({ db, log, newId }: Store, seen: Seen): Promise<void> {
  const { accountId, templates, name, askedAtMs } = seen
  const known = await readKnown(db, accountId, name)
  const metaIds = new Set(templates.map(({ metaId }) => metaId))
  const gone = [...known.values()].filter((row) => row.isGone !== true && !metaIds.has(row.metaId))
  // Before the new ones: one of them may have the name of one that is gone.
  for (const part of parts(gone.map(({ metaId }) => metaId))) {
    await log.write(async (tx) => {
      for (const row of await readAgain(tx, accountId, part)) {
        if (row.updatedAtMs > askedAtMs) continue
        tx.put({ entity: 'template', row: { ...row, isGone: true, updatedAtMs: tx.nowMs } })
      }
    })
  }
  const changed = templates.filter((one) => isChange(known.get(one.metaId), one))
  for (const part of parts(changed)) {
    await log.write(async (tx) => {
      const ids = part.map(({ metaId }) => metaId)
      const rows = await readAgain(tx, accountId, ids)
      for (const one of part) {
        const before = rows.find(({ metaId }) => metaId === one.metaId)
        if (before !== undefined && before.updatedAtMs > askedAtMs) continue
        const id = before?.id ?? (newId() as TemplateId) // made here for this template
        const row = { ...merged(before, one), id, accountId, updatedAtMs: tx.nowMs }
        tx.put({ entity: 'template', row })
      }
    })
  }
}

async function readKnown(
  db: Database,
  accountId: string,
  name: string | undefined,
): Promise<Map<string, Template>> {
  const rows = await db
    .selectFrom('template')
    .select('data')
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .$if(name !== undefined, (found) => found.where(sql`data->>'name'`, '=', name ?? ''))
    .execute()
  return new Map(rows.map(({ data }) => [data.metaId, data]))
}

/** At their newest, for writing. */
async function readAgain(
  tx: LogTx,
  accountId: string,
  metaIds: readonly string[],
): Promise<Template[]> {
  const rows = await tx.sql
    .selectFrom('template')
    .select('data')
    .where('account_id', '=', accountId)
    .where('meta_id', 'in', metaIds)
    .where('deleted_at', 'is', null)
    .execute()
  tx.hold('template', rows)
  return rows.map(({ data }) => data)
}

type Fresh = Omit<Template, 'id' | 'accountId' | 'updatedAtMs'>

/** What only webhooks tell stays for as long as it is true: the end of a pause, the day of a new category. */
function merged(before: Template | undefined, seen: SeenTemplate): Fresh {
  const isStillPaused = seen.status === 'PAUSED' && before?.status === 'PAUSED'
  const isStillComing = before?.coming !== undefined && before.coming.category !== seen.category
  return {
    ...seen,
    ...present({
      pausedUntilMs: isStillPaused ? before.pausedUntilMs : undefined,
      coming: isStillComing ? before.coming : seen.coming,
    }),
  }
}

function isChange(before: Template | undefined, seen: SeenTemplate): boolean {
  if (before === undefined) return true
  const { id: _id, accountId: _account, updatedAtMs: _at, ...rest } = before
  return !isDeepStrictEqual(rest, merged(before, seen))
}

function* parts<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += atOnce) yield items.slice(at, at + atOnce)
}
