import type { Migration } from '../store/migrate.ts'

/** Uploads that go on where they were cut, and messages that wait for them. */
export const uploads: Migration = {
  name: '0013-uploads',
  up: `
-- Its bytes so far lie in the media folder's uploads/<id>; how many there are, the file says.
create table upload (
  id text primary key,
  owner_id text not null,
  size_bytes bigint not null,
  claimed_sha256 text,
  mime text not null,
  file_name text,
  created_at timestamptz not null,
  touched_at timestamptz not null,
  ended_at timestamptz
);
create index upload_by_touch on upload (touched_at);

-- Who uploaded it; null for what came from WhatsApp.
alter table media add column owner_id text;
create index media_owned on media (owner_id, sha256) where owner_id is not null;

-- Which files a message waits for, and whose it is: it holds up what the same person wrote after it.
alter table outbox add column waits_for text[], add column author_id text;
drop index outbox_by_conversation;
create index outbox_by_conversation on outbox (conversation_id, ord)
  where state in ('queued', 'sending', 'unknown', 'waiting_upload');
drop index outbox_expiring;
create index outbox_expiring on outbox (expires_at) where state in ('queued', 'held', 'waiting_upload');
create index outbox_waiting on outbox (id) where state = 'waiting_upload';
`,
}
