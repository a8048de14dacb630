import type { Migration } from '../store/migrate.ts'

/** Finds the conversations whose time to come back has come. */
export const snooze: Migration = {
  name: '0018-snooze',
  up: `
alter table conversation
  add column snoozed_until_ms bigint generated always as ((data->>'snoozedUntilMs')::bigint) stored;
-- It looks at columns that seldom change, so that a row written again leaves it alone.
create index conversation_snoozed on conversation (snoozed_until_ms)
  where snoozed_until_ms is not null and deleted_at is null;
`,
}
