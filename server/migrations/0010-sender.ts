import type { Migration } from '../store/migrate.ts'

/**
 * What waits for its own time or for its template stands outside the order, so that neither a hundred thousand
 * messages to many nor a reply for tomorrow is in the way of what may leave now.
 */
export const pacedSender: Migration = {
  name: '0010-sender',
  up: `
alter table outbox
  add column template_id text,
  add column moved_at timestamptz not null default date_trunc('milliseconds', now());

-- Each number's rows in the order they leave.
drop index outbox_to_claim;
create index outbox_to_claim on outbox (number_id, lane, kind, created_at, ord) where state = 'queued';
create index outbox_scheduled on outbox (not_before) where state = 'scheduled';
create index outbox_held on outbox (template_id) where state = 'held';
create index outbox_expiring on outbox (expires_at) where state in ('queued', 'held');
-- What needs a person's eye, newest first.
create index outbox_troubled on outbox (moved_at desc, id desc)
  where kind = 'message' and state in ('failed', 'uncertain', 'held');

-- Every row is written several times within seconds; what that leaves behind is in the way of the next claim.
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
  autovacuum_analyze_scale_factor = 0.2, autovacuum_vacuum_cost_delay = 0);
`,
}
