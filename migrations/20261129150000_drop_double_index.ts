import type { Knex } from 'knex';

/** Two migrations made the same index of the busiest table; every event was written to both. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('drop index events_without_task_idx');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('create index events_without_task_idx on events (created_at) where task_id is null');
}
