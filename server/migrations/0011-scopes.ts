import type { Migration } from '../store/migrate.ts'

/**
 * A row may be seen under several scopes, and what hangs on a conversation is seen with it: moving one that has
 * thousands of messages writes one row.
 */
export const scopes: Migration = {
  name: '0011-scopes',
  up: `
alter table "user" alter column scope type text[] using array[scope];
alter table team alter column scope type text[] using array[scope];
alter table number alter column scope type text[] using array[scope];
alter table contact alter column scope type text[] using array[scope];
alter table template alter column scope type text[] using array[scope];
alter table read alter column scope type text[] using array[scope];
alter table conversation alter column scope type text[] using array_remove(array[
  'team:all', 'team:' || coalesce(data->>'teamId', 'none'), 'user:' || (data->>'assigneeId')], null);
alter table message drop column scope;

-- Consoles from before hold the conversations under the old word, and are told so.
alter table change drop column scope;
alter table change alter column prev_scope type text[]
  using case when prev_scope is not null then array[prev_scope] end;
`,
}
