/** The change log, the replicas that follow it, and one table for each replicated noun. */
export const log = {
  name: '0001-log',
  up: `
create table lane (
  lane smallint primary key,
  epoch text not null,
  head bigint not null default 0,
  floor bigint not null default 0
) with (fillfactor = 50);

-- Pointers, not bodies: what changed, in one order without gaps. The body is the row as it is now.
create table change (
  lane smallint not null,
  seq bigint not null,
  entity text not null,
  id text not null,
  scope text not null,
  prev_scope text,
  at timestamptz not null default clock_timestamp(),
  primary key (lane, seq)
);

create table replica (
  id text primary key,
  user_id text not null,
  lmid bigint not null default 0,
  lmuid text,
  fence bigint not null default 0,
  seen_at timestamptz not null default now()
);

create table mutation (
  muid text primary key,
  replica text not null,
  mid bigint not null,
  name text not null,
  args_hash text not null,
  result jsonb not null,
  at timestamptz not null default now()
);
create index mutation_by_replica on mutation (replica, mid);

-- Every replicated table: the row itself is data, the rest is how it is found. Columns other than the first five
-- are generated, so nothing can be said twice.
create table "user" (
  id text primary key, scope text not null, rev bigint not null, deleted_at timestamptz, data jsonb not null,
  email text generated always as (lower(data->>'email')) stored
);
create unique index user_email on "user" (email) where deleted_at is null;

create table team (
  id text primary key, scope text not null, rev bigint not null, deleted_at timestamptz, data jsonb not null
);

create table number (
  id text primary key, scope text not null, rev bigint not null, deleted_at timestamptz, data jsonb not null,
  phone_number_id text generated always as (data->>'phoneNumberId') stored
);
create unique index number_by_meta_id on number (phone_number_id);

create table contact (
  id text primary key, scope text not null, rev bigint not null, deleted_at timestamptz, data jsonb not null
);

create table conversation (
  id text primary key, scope text not null, rev bigint not null, deleted_at timestamptz, data jsonb not null,
  number_id text generated always as (data->>'numberId') stored,
  contact_id text generated always as (data->>'contactId') stored,
  status text generated always as (data->>'status') stored,
  assignee_id text generated always as (data->>'assigneeId') stored,
  team_id text generated always as (data->>'teamId') stored,
  updated_at_ms bigint generated always as ((data->>'updatedAtMs')::bigint) stored
);
create unique index one_conversation on conversation (number_id, contact_id);
create index conversation_by_update on conversation (updated_at_ms desc, id);

create table message (
  id text primary key, scope text not null, rev bigint not null, deleted_at timestamptz, data jsonb not null,
  conversation_id text generated always as (data->>'conversationId') stored,
  number_id text generated always as (data->>'numberId') stored,
  ord bigint generated always as ((data->>'ord')::bigint) stored,
  wamid text generated always as (data->>'wamid') stored,
  direction text generated always as (data->>'direction') stored,
  status text generated always as (data->>'status') stored
);
-- Decides what is a duplicate; no lock or earlier look can replace it.
create unique index message_wamid on message (number_id, wamid) where wamid is not null;
create unique index message_ord on message (conversation_id, ord);

create table read (
  id text primary key, scope text not null, rev bigint not null, deleted_at timestamptz, data jsonb not null,
  user_id text generated always as (data->>'userId') stored
);

-- A row written past the log would never reach a console. The log says which revs are its own.
create function only_through_the_log() returns trigger language plpgsql as $$
begin
  if new.rev <= coalesce(nullif(current_setting('kontor.after', true), '')::bigint, 9223372036854775807) then
    raise exception 'row % of % was not written through the change log', new.id, tg_table_name;
  end if;
  return new;
end $$;

do $$
declare name text;
begin
  foreach name in array array['user', 'team', 'number', 'contact', 'conversation', 'message', 'read'] loop
    execute format('create trigger only_through_the_log before insert or update on %I
      for each row execute function only_through_the_log()', name);
  end loop;
end $$;

-- Each opening of a conversation, from the first message to the resolve, for the figures.
create table opening (
  conversation_id text not null,
  opened_at_ms bigint not null,
  resolved_at_ms bigint,
  primary key (conversation_id, opened_at_ms)
);
`,
}
