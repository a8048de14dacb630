import Type, { type Static } from 'typebox'
import { alertKindNames, alertKinds } from '../alerts/kinds.ts'
import { verificationSubject } from '../alerts/watch-verification.ts'
import { readAlerts, type AlertRow } from '../alerts/read-alerts.ts'
import type { App } from '../http/types.ts'
import type { Database } from '../store/database.ts'
import { pageOf } from './page.ts'
import { Time } from './shapes.ts'

const Alert = Type.Object({
  kind: Type.Enum(alertKindNames),
  about: Type.Object({
    kind: Type.Enum(['number', 'account', 'template', 'budget', 'server']),
    /** Ours of numbers and templates, Meta's of accounts; of a budget, its month and the part of it in per cent. */
    id: Type.Optional(Type.String()),
  }),
  /** Who has to do something about it. */
  for: Type.Enum(['supervisor', 'administrator']),
  message: Type.String(),
  since: Time,
  clearedAt: Type.Union([Time, Type.Null()]),
  details: Type.Record(Type.String(), Type.Unknown()),
})

/** Alarms over HTTP. One row for each kind and subject, so they are one page. A Fastify plugin. */
export async function alerts(app: App, { db }: { db: Database }): Promise<void> {
  app.get(
    '/api/v1/alerts',
    {
      config: { access: { verb: 'read-ledger' } },
      schema: {
        summary: 'What is wrong with numbers, templates, webhooks and media, and since when',
        querystring: Type.Object({ state: Type.Optional(Type.Enum(['open', 'all'])) }),
        response: { 200: pageOf(Alert) },
      },
    },
    async ({ query }) => {
      const rows = await readAlerts(db, query.state ?? 'open')
      return { items: rows.map(showAlert), nextCursor: null }
    },
  )
}

function showAlert(row: AlertRow): Static<typeof Alert> {
  const { about, for: whom, message } = alertKinds[row.kind]
  const found = row.kind === 'verification' ? verificationSubject(row.subject) : undefined
  const id = found?.id ?? row.subject
  return {
    kind: row.kind,
    about: { kind: found?.kind ?? about, ...(id === '' ? {} : { id }) },
    for: row.details.for === 'supervisor' ? 'supervisor' : whom,
    message,
    since: row.since.toISOString(),
    clearedAt: row.cleared_at?.toISOString() ?? null,
    details: row.details,
  }
}
