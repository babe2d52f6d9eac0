import type { Knex } from 'knex';

const reasons = (words: string) => `
  alter table webhook_endpoints drop constraint webhook_endpoints_disabled_reason_check;
  alter table webhook_endpoints add constraint webhook_endpoints_disabled_reason_check check (disabled_reason in (${words}));
`;

/** Whoever revokes a lost API key is rid of what it set up to hear of the account, too. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table webhook_endpoints add column api_key_id uuid references api_keys (id) on delete set null;
    create index webhook_endpoints_api_key_id_idx on webhook_endpoints (api_key_id) where api_key_id is not null;
    comment on column webhook_endpoints.api_key_id is
      'The API key that made it, or gave it its address or enabled it since; revoking that key disables it. Null: its owner did.';
    comment on column webhook_endpoints.disabled_reason is
      'Why the service itself disabled it: it answered 410, nothing reached it for days, or its API key was revoked.';
  `);
  await knex.raw(reasons("'gone', 'failing', 'key_revoked'"));
}

export async function down(knex: Knex): Promise<void> {
  await knex('webhook_endpoints').where({ disabled_reason: 'key_revoked' }).update({ disabled_reason: null });
  await knex.raw(reasons("'gone', 'failing'"));
  await knex.raw(`
    alter table webhook_endpoints drop column api_key_id;
    comment on column webhook_endpoints.disabled_reason is
      'Why the service itself disabled it: it answered 410, or nothing reached it for days.';
  `);
}
