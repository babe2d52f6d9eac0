import type { Knex } from 'knex';

/** Analytics of the whole system read what was spent by time: accepted calls, and lost ones that were given up. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index provider_calls_created_at_idx;
    create index provider_calls_created_at_idx on provider_calls (created_at) where cost_micros is not null or lost_micros > 0;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index provider_calls_created_at_idx;
    create index provider_calls_created_at_idx on provider_calls (created_at) where cost_micros is not null;
  `);
}
