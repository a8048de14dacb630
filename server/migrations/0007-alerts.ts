import type { Migration } from '../store/migrate.ts'

/** Alarms, when each number was last heard, and what media and ledger need so that somebody notices in time. */
export const alerts: Migration = {
  name: '0007-alerts',
  up: `
-- One row for each alarm and what it is about. cleared_at: since then it is well again.
create table alert (
  kind text not null,
  subject text not null,
  since timestamptz not null,
  cleared_at timestamptz,
  details jsonb not null,
  primary key (kind, subject)
);

-- When WhatsApp last called about a number, and how often in each hour: what is usual is learned from it.
create table number_heard (
  phone_number_id text primary key,
  heard_at timestamptz not null
);
create table number_hour (
  phone_number_id text not null,
  hour timestamptz not null,
  calls int not null,
  primary key (phone_number_id, hour)
);

alter table media
  add column url text,
  add column duration_ms int,
  add column ended_at timestamptz;
create index media_ended on media (ended_at) where state = 'failed';

-- Which number of ours a part is about, and the way from a message to what was said of it.
alter table webhook_part add column phone_number_id text;
create index webhook_part_by_message on webhook_part (message_id) where message_id is not null;
create index webhook_part_by_conversation on webhook_part (conversation_id)
  where message_id is null and conversation_id is not null;
create index webhook_call_by_time on webhook_call (received_at);
create index webhook_call_failed on webhook_call (id) where state = 'failed';
create index webhook_call_to_purge on webhook_call (purge_after) where body is not null;
create index parked_by_age on parked (at);
create index outbox_ended on outbox (created_at) where state in ('accepted', 'failed');
`,
}
