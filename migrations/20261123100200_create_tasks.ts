import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('tasks', (t) => {
    t.comment('What a user asked for and watches; the work itself is in steps.');
    t.uuid('id').primary();
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    t.uuid('conversation_id').references('conversations.id').onDelete('SET NULL').index('tasks_conversation_id_idx');
    t.text('type').notNullable().checkIn(['screenplay', 'image', 'video', 'film'], 'tasks_type_check');
    t.text('status')
      .notNullable()
      .defaultTo('pending')
      .checkIn(['pending', 'processing', 'completed', 'failed', 'cancelled'], 'tasks_status_check')
      .index('tasks_status_idx');
    t.integer('progress').notNullable().defaultTo(0);
    t.jsonb('progress_details').comment('The details of the latest progress event.');
    t.integer('total_weight')
      .notNullable()
      .defaultTo(1)
      .comment('Sum of the weights of all steps this task will have.');
    t.jsonb('params').notNullable().defaultTo('{}');
    t.jsonb('result').comment('Ids only; addresses are signed when the task is read.');
    t.text('error_message').comment('English; readers get `error` in their language.');
    t.jsonb('error').comment('{code, key, params} out of the error catalogue.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('completed_at');
    t.check('progress between 0 and 100', {}, 'tasks_progress_check');
  });
  await knex.raw('create index tasks_user_id_idx on tasks (user_id, created_at desc, id desc)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('tasks');
}
