import type { Migration } from '../store/migrate.ts'

/** What waits to leave for WhatsApp, and how far each try came. */
export const sender: Migration = {
  name: '0004-sender',
  up: `
-- A row is written in the transaction of its message. It is 'sending', committed, before WhatsApp is called: a crash
-- leaves that as evidence, and nothing that was 'sending' is ever 'queued' again unless WhatsApp proved its refusal.
create table outbox (
  id text primary key,
  kind text not null,
  number_id text not null,
  conversation_id text not null,
  lane smallint not null,
  ord bigint not null,
  state text not null,
  not_before timestamptz not null,
  expires_at timestamptz not null,
  attempt int not null default 0,
  fence int not null default 0,
  lease_until timestamptz,
  last_error jsonb,
  wamid text,
  created_epoch text not null,
  created_at timestamptz not null
);
create index outbox_to_claim on outbox (lane, kind, created_at, ord) where state = 'queued';
create index outbox_under_way on outbox (lease_until) where state in ('sending', 'unknown');
create index outbox_by_conversation on outbox (conversation_id, ord) where state in ('queued', 'sending', 'unknown');
`,
}
