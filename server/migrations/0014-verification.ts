import type { Migration } from '../store/migrate.ts'

/** WhatsApp Business accounts, a replicated noun like the others (see 0001), and what turned on them and their numbers. */
export const verification: Migration = {
  name: '0014-verification',
  up: `
create table waba (
  id text primary key, scope text[] not null, rev bigint not null, deleted_at timestamptz, data jsonb not null,
  meta_id text generated always as (data->>'metaId') stored
);
create unique index waba_by_meta_id on waba (meta_id);
create trigger only_through_the_log before insert or update on waba
  for each row execute function only_through_the_log();

-- What a check found different or a colleague did; what WhatsApp tells unasked is in account_event.
create table verification_change (
  id bigserial primary key,
  at timestamptz not null,
  source text not null check (source in ('check', 'person')),
  kind text not null,
  number_id text,
  -- Meta's id.
  account_id text,
  fact text,
  deed text,
  what text,
  before text,
  after text,
  user_id text,
  code text
);
create index verification_change_by_number on verification_change (number_id, at desc, id desc);
create index verification_change_by_account on verification_change (account_id, at desc, id desc);
create index account_event_by_number on account_event (number_id, at desc, id desc);
create index account_event_by_account on account_event (account_id, at desc, id desc);
`,
}
