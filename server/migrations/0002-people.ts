/** Passwords, sessions and keys of people. Their names and roles are replicated rows (0001); nothing here ever is. */
export const people = {
  name: '0002-people',
  up: `
create table account (
  user_id text primary key,
  password_hash text not null,
  created_at timestamptz not null,
  password_changed_at timestamptz not null
);

-- One signed-in device. Tokens are kept as hashes. The token before the newest is good for a while, because the
-- answer that carried the newest may have been lost.
create table session (
  id text primary key,
  user_id text not null,
  device text not null,
  token_hash text not null unique,
  expires_at timestamptz not null,
  previous_token_hash text unique,
  previous_expires_at timestamptz,
  refresh_hash text not null unique,
  refresh_expires_at timestamptz not null,
  previous_refresh_hash text unique,
  rotation_salt text,
  rotated_at timestamptz,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  revoked_at timestamptz,
  revoked_why text
);
create index session_by_user on session (user_id) where revoked_at is null;

-- Every refresh token a session had, so that one used a second time tells of a thief, however old it is.
create table spent_refresh (
  hash text primary key,
  session_id text not null references session on delete cascade
);
create index spent_refresh_by_session on spent_refresh (session_id);

create table api_key (
  id text primary key,
  name text not null,
  prefix text not null,
  key_hash text not null unique,
  scopes text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- user_id is who sets a password with it; null: whoever opens it becomes the first administrator.
create table setup_link (
  token_hash text primary key,
  user_id text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table sync_ticket (
  hash text primary key,
  user_id text not null,
  session_id text not null references session on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- Answers of writes that carried an Idempotency-Key; sealed, for some hold secrets.
create table idempotency (
  actor text not null,
  key text not null,
  request_hash text not null,
  fresh_id text not null,
  created_at timestamptz not null,
  claimed_at timestamptz not null,
  status integer,
  response text,
  primary key (actor, key)
);
create index idempotency_by_age on idempotency (created_at);
`,
}
