import type { Knex } from 'knex';

/** A call in doubt is taken up again by a retry where the vendor can still tell it from a new one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table provider_calls add column recognised_by text not null default 'none'
      constraint provider_calls_recognised_by_check check (recognised_by in ('key', 'lookup', 'none'));
    comment on column provider_calls.recognised_by is
      'How the vendor can tell this call from a new one: by its key, by looking it up, or not (any more).';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table provider_calls drop column recognised_by');
}
