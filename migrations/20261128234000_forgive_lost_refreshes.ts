import type { Knex } from 'knex';

/** Which token a token was given for: one whose answer was lost may be shown again for a moment. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table refresh_tokens add column predecessor_id uuid;
    comment on column refresh_tokens.predecessor_id is 'The token this one was given for; null for the first of a family, and for what older releases wrote.';
    comment on column refresh_tokens.used_at is 'When it was exchanged for its successor, or replaced unused by another successor of its predecessor.';
    comment on table refresh_tokens is 'Refresh tokens, hashed, single use. A second use revokes the whole family, but for the first seconds after an exchange.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table refresh_tokens drop column predecessor_id;
    comment on column refresh_tokens.used_at is 'When it was exchanged for its successor.';
    comment on table refresh_tokens is 'Refresh tokens, hashed, single use. A second use revokes the whole family.';
  `);
}
