/** Webhook calls as they came, what became of each part of them, who people are, and what waits for its message. */
export const intake = {
  name: '0003-intake',
  up: `
-- One row for each signed call, repeats included. Bodies are personal data: purge_after says until when.
create table webhook_call (
  id bigserial primary key,
  sha256 text not null,
  received_at timestamptz not null,
  body bytea,
  state text not null default 'received' check (state in ('received', 'done', 'failed')),
  attempts integer not null default 0,
  error text,
  not_before timestamptz,
  purge_after timestamptz not null default now() + interval '30 days'
);
create index webhook_call_waiting on webhook_call (id) where state = 'received';

-- No foreign key: a part is written with its call in one transaction, a thousand at a time.
create table webhook_part (
  call_id bigint not null,
  index integer not null,
  path text not null,
  kind text not null,
  outcome text not null check (outcome in ('stored', 'duplicate', 'ignored', 'parked', 'failed')),
  reason text,
  message_id text,
  conversation_id text,
  primary key (call_id, index)
);
create index webhook_part_failed on webhook_part (call_id) where outcome = 'failed';

-- A person is found by any of these. A user name is never one of them: it can be given away.
create table contact_alias (
  kind text not null check (kind in ('user-id', 'phone', 'parent-user-id')),
  value text not null,
  contact_id text not null,
  at_ms bigint not null,
  primary key (kind, value)
);
create index contact_alias_by_contact on contact_alias (contact_id);

-- What speaks of a message that is not stored yet, or whose wamid the sender does not know yet.
create table parked (
  id bigserial primary key,
  number_id text not null,
  wamid text not null,
  kind text not null check (kind in ('status', 'reaction', 'edit', 'revoke')),
  happening jsonb not null,
  call_id bigint not null,
  part_index integer not null,
  at timestamptz not null default now()
);
create index parked_by_message on parked (number_id, wamid);
create unique index parked_once on parked (number_id, wamid, kind, md5(happening::text));

-- A reaction message is found by what it points at, known to us or not.
create index message_reaction on message (number_id, (data->'reaction'->>'wamid'))
  where data->>'type' = 'reaction';
`,
}
