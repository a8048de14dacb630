import type { Migration } from '../store/migrate.ts'

/** How the firm's numbers look to contacts, whom they blocked, and what the firm decided about costs and texts. */
export const presence: Migration = {
  name: '0015-presence',
  up: `
-- What WhatsApp last said of a number, shown with its age while WhatsApp cannot be asked.
create table number_reading (
  number_id text not null,
  kind text not null check (kind in ('profile', 'components', 'links', 'blocked')),
  value jsonb not null,
  read_at timestamptz not null,
  primary key (number_id, kind)
);

create table number_picture (
  number_id text primary key,
  -- Where WhatsApp has it.
  url text not null,
  mime text not null,
  bytes bytea not null
);

-- The block lists as WhatsApp has them. The key is what a user is named by there.
create table blocked_user (
  number_id text not null,
  key text not null,
  phone text,
  user_id text,
  -- By whom and when, where it was done here.
  blocked_by text,
  blocked_at timestamptz,
  primary key (number_id, key)
);

create table firm_setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null
);

-- What reached contacts, in the order it is charged.
create index message_delivered on message (((data->'statusAt'->>'delivered')::bigint), id)
  where direction = 'out' and data->'statusAt'->>'delivered' is not null;
`,
}
