import type { Knex } from 'knex';

/** What `/metrics` counts at every scrape: read out of small indexes, however many rows are at rest. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index steps_not_at_rest_idx on steps (kind, status, not_before)
      where status in ('ready', 'running', 'waiting', 'needs_review', 'dead');
    create index provider_calls_not_at_rest_idx on provider_calls (vendor, status)
      where status in ('sending', 'accepted', 'ambiguous');
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index steps_not_at_rest_idx; drop index provider_calls_not_at_rest_idx');
}
