import type { Migration } from '../store/migrate.ts'

/** Files of messages: where their bytes are, or where they are to be fetched. */
export const media: Migration = {
  name: '0005-media',
  up: `
-- The bytes lie under their hash, so a file that came a hundred times lies there once.
create table media (
  id text primary key,
  meta_media_id text,
  number_id text,
  claimed_sha256 text,
  sha256 text,
  mime text not null,
  size_bytes bigint,
  file_name text,
  width int,
  height int,
  has_thumbnail boolean not null default false,
  state text not null,
  attempts int not null default 0,
  next_try_at timestamptz,
  last_error text,
  created_at timestamptz not null
);
create index media_to_fetch on media (next_try_at) where state = 'pending';

-- What WhatsApp calls a file of ours; its ids belong to one number and live 30 days.
create table media_upload (
  media_id text not null,
  number_id text not null,
  meta_media_id text not null,
  uploaded_at timestamptz not null,
  primary key (media_id, number_id)
);

create index message_by_media on message ((data->'media'->>'id')) where data->'media' is not null;
`,
}
