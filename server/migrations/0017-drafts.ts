import type { Migration } from '../store/migrate.ts'

/**
 * What people have begun to write, so that it follows them from machine to machine; a replicated noun like the others,
 * see 0001. Of an emptied one the row stays, without words and seen by nobody.
 */
export const drafts: Migration = {
  name: '0017-drafts',
  up: `
create table draft (
  id text primary key, scope text[] not null, rev bigint not null, deleted_at timestamptz, data jsonb not null,
  user_id text generated always as (data->>'userId') stored,
  conversation_id text generated always as (data->>'conversationId') stored
) with (fillfactor = 70);
create index draft_by_user on draft (user_id);
create index draft_by_conversation on draft (conversation_id);
create trigger only_through_the_log before insert or update on draft
  for each row execute function only_through_the_log();
`,
}
