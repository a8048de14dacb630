import type { Migration } from '../store/migrate.ts'

/** Message templates as WhatsApp has them; a replicated noun like the others, see 0001. */
export const templates: Migration = {
  name: '0008-templates',
  up: `
create table template (
  id text primary key, scope text not null, rev bigint not null, deleted_at timestamptz, data jsonb not null,
  account_id text generated always as (data->>'accountId') stored,
  meta_id text generated always as (data->>'metaId') stored
);
create unique index template_by_meta_id on template (account_id, meta_id);
create unique index template_by_name on template ((data->>'accountId'), (data->>'name'), (data->>'language'))
  where data->>'isGone' is null;
create trigger only_through_the_log before insert or update on template
  for each row execute function only_through_the_log();
`,
}
