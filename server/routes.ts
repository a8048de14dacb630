import { join } from 'node:path'
import { alerts } from './api/alerts.ts'
import { blocked } from './api/blocked.ts'
import { components } from './api/components.ts'
import { blobs } from './api/blobs.ts'
import { contactDeeds } from './api/contact-deeds.ts'
import { contacts } from './api/contacts.ts'
import { conversations } from './api/conversations.ts'
import { cost } from './api/cost.ts'
import { deliveries } from './api/deliveries.ts'
import { explanation } from './api/explanation.ts'
import { labels } from './api/labels.ts'
import { links } from './api/links.ts'
import { media } from './api/media.ts'
import { messages } from './api/messages.ts'
import { numberDeeds } from './api/number-deeds.ts'
import { numberHistory } from './api/number-history.ts'
import { numbers } from './api/numbers.ts'
import { newChats } from './api/new-chats.ts'
import { outbox } from './api/outbox.ts'
import { peopleRoutes } from './api/people-routes.ts'
import { profile } from './api/profile.ts'
import { templates } from './api/templates.ts'
import { typing } from './api/typing.ts'
import type { App } from './app.ts'
import type { Auth } from './auth/auth.ts'
import { clock } from './clock.ts'
import type { Config } from './config.ts'
import type { ReadRates } from './cost/rates-file.ts'
import { serveConsole } from './http/console.ts'
import type { Metrics } from './http/metrics.ts'
import type { Log } from './log/log.ts'
import { createDeeds } from './numbers/deeds.ts'
import { fetchAgain } from './media/fetch-again.ts'
import { createKeepChange } from './presence/change.ts'
import { root } from './root.ts'
import type { Database } from './store/database.ts'
import { syncRoutes } from './sync/routes.ts'
import { webhook } from './whatsapp/webhook.ts'
import type { Workers } from './workers.ts'

export type RouteParts = {
  db: Database
  log: Log
  nowMs: () => number
  newId: () => string
  config: Config
  auth: Auth
  metrics: Metrics
  publicUrl: string
  workers: Workers
  readRates: ReadRates
}

/** Every address the server answers at, but for health and errors, which app.ts brings along. */
export async function addRoutes(app: App, parts: RouteParts): Promise<void> {
  const { config, db, metrics, publicUrl, workers } = parts
  const count = metrics.counter('kontor_webhooks_total', 'Webhook calls by answer.')
  await app.register(webhook, {
    keep: workers.keep,
    secrets: () => (config.whatsappAppSecret === null ? [] : [config.whatsappAppSecret]),
    verifyToken: () => config.whatsappVerifyToken,
    count: (answer) => count({ answer }),
  })
  await app.register(peopleRoutes(parts))
  await app.register(conversations, parts)
  await app.register(labels, parts)
  await app.register(messages, { ...parts, files: workers.files })
  await app.register(contacts, { db })
  await app.register(newChats, parts)
  await app.register(typing, { db, client: workers.client })
  await app.register(contactDeeds, parts)
  await app.register(numbers, parts)
  await app.register(numberHistory, { db })
  await app.register(numberDeeds, {
    db,
    numbers: workers.numbers,
    deeds: createDeeds({
      db,
      nowMs: parts.nowMs,
      client: workers.client,
      look: () => workers.numbers.check(),
    }),
  })
  await app.register(templates, {
    db,
    templates: workers.templates,
    client: workers.client,
    accountId: () => config.whatsappBusinessAccountId ?? undefined,
  })
  await app.register(cost, parts)
  const keepChange = createKeepChange(db, parts.nowMs)
  const presence = { db, nowMs: parts.nowMs, client: workers.client, keepChange }
  for (const plugin of [profile, components, links, blocked, explanation]) {
    await app.register(plugin, presence)
  }
  await app.register(outbox, { db })
  await app.register(media, { db, files: workers.files, clock })
  await app.register(blobs, { uploads: workers.uploads, clock })
  await app.register(alerts, { db })
  await app.register(syncRoutes, { db, nowMs: parts.nowMs })
  await app.register(deliveries, {
    db,
    intake: workers.intake,
    async onReplayed(messageIds) {
      const files = await fetchAgain(db, parts.nowMs(), messageIds)
      if (files > 0) workers.media.wake()
    },
  })
  await serveConsole(app, join(root, 'out/renderer'), publicUrl)
}
