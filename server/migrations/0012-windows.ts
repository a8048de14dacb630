import type { Migration } from '../store/migrate.ts'

/** Finds the newest messages of a conversation by their own time. */
export const windows: Migration = {
  name: '0012-windows',
  up: `
-- In the order shown. A message's time stays what it is, so reports of it still leave the index alone.
alter table message
  add column sent_at_ms bigint generated always as ((data->>'sentAtMs')::bigint) stored;
create index message_by_time on message (conversation_id, sent_at_ms desc);
`,
}
