import type { Migration } from '../store/migrate.ts'

/** Lets rows that are written again and again stay where they are. */
export const speed: Migration = {
  name: '0006-speed',
  up: `
-- PostgreSQL writes a row's new version into its page, and leaves every index alone, when there is room and no column
-- of an index has changed. A report of a message changes its data, so no index may look into data; each message brings
-- its conversation a new time, so the index knows the day only, and the few rows of one day are sorted when asked for.
drop index conversation_by_update;
alter table conversation set (fillfactor = 75);
alter table conversation
  add column updated_day integer generated always as (((data->>'updatedAtMs')::bigint / 86400000)::integer) stored;
create index conversation_by_day on conversation (updated_day desc);

drop index message_reaction;
drop index message_by_media;
alter table message set (fillfactor = 85);
alter table message
  add column reaction_wamid text generated always as (data->'reaction'->>'wamid') stored,
  add column media_id text generated always as (data->'media'->>'id') stored;
-- A reaction message is found by what it points at, known to us or not.
create index message_reaction on message (number_id, reaction_wamid) where reaction_wamid is not null;
create index message_by_media on message (media_id) where media_id is not null;
`,
}
