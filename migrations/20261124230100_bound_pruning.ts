import type { Knex } from 'knex';

/**
 * Every hour the pruning of events looked at every task that ever ended, and at every event: with tables large enough it would have run into its
 * time limit, and from then on nothing would have been deleted. Now it goes on where it stopped, by indexes.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('pruned_until', (t) => {
    t.comment('One row: how far the events of ended tasks have been pruned.');
    t.boolean('only').primary().defaultTo(true).checkIn(['true'], 'pruned_until_only_one');
    t.timestamp('completed_at').notNullable().comment('The last completed_at among tasks that have been pruned.');
  });
  await knex.raw(`
    insert into pruned_until (completed_at) values ('-infinity');
    create index events_conversations_idx on events (created_at) where task_id is null;
    create index refresh_tokens_expires_at_idx on refresh_tokens (expires_at);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index refresh_tokens_expires_at_idx; drop index events_conversations_idx');
  await knex.schema.dropTable('pruned_until');
}
