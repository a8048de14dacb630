import type { Migration } from '../store/migrate.ts'

/** What WhatsApp said of the account, its numbers and templates: the timeline of their verification. */
export const accountEvents: Migration = {
  name: '0009-account-events',
  up: `
create table account_event (
  id bigserial primary key,
  call_id bigint not null,
  part_index integer not null,
  -- WhatsApp's time of the entry; where it gave none, when the call came.
  at timestamptz not null,
  is_at_told boolean not null,
  field text not null,
  event text,
  subject_kind text not null check (subject_kind in ('number', 'account', 'business', 'template', 'flow')),
  subject_id text not null,
  account_id text,
  -- Our number it is about, where it is about one we know.
  number_id text,
  before text,
  after text,
  value jsonb not null,
  digest text not null,
  unique (call_id, part_index)
);
create index account_event_by_digest on account_event (digest);
create index account_event_by_subject on account_event (subject_kind, subject_id, field, at desc);
create index account_event_by_time on account_event (at desc, id desc);
`,
}
