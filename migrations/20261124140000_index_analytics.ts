import type { Knex } from 'knex';

/** What statistics ask by time, of one user and of everybody; tasks by user and time of creation have their index already. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index tasks_created_at_idx on tasks (created_at);
    create index tasks_user_id_completed_at_idx on tasks (user_id, completed_at) where completed_at is not null;
    create index tasks_completed_at_idx on tasks (completed_at) where completed_at is not null;
    create index provider_calls_created_at_idx on provider_calls (created_at) where cost_micros is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index provider_calls_created_at_idx;
    drop index tasks_completed_at_idx;
    drop index tasks_user_id_completed_at_idx;
    drop index tasks_created_at_idx;
  `);
}
