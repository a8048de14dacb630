import type { Migration } from '../store/migrate.ts'

/** Labels, a replicated noun like the others (see 0001), and the conversations that have them. */
export const labels: Migration = {
  name: '0016-labels',
  up: `
create table label (
  id text primary key, scope text[] not null, rev bigint not null, deleted_at timestamptz, data jsonb not null
);
create trigger only_through_the_log before insert or update on label
  for each row execute function only_through_the_log();

-- A column of its own, so that a row written again for another reason stays in its index (see 0006).
alter table conversation add column labels jsonb generated always as (data->'labels') stored;
create index conversation_by_label on conversation using gin (labels);
`,
}
