import type { Knex } from 'knex';

/** Each filter of the list of tasks finds its rows in the order in which they are shown. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index tasks_user_status_idx on tasks (user_id, status, created_at desc, id desc);
    create index tasks_user_type_idx on tasks (user_id, type, created_at desc, id desc);
    drop index tasks_conversation_id_idx;
    create index tasks_conversation_id_idx on tasks (conversation_id, created_at desc, id desc);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index tasks_user_type_idx;
    drop index tasks_user_status_idx;
    drop index tasks_conversation_id_idx;
    create index tasks_conversation_id_idx on tasks (conversation_id);
  `);
}
