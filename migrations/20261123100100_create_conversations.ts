import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('conversations', (t) => {
    t.comment('A thread between a person and the agent.');
    t.uuid('id').primary();
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index('conversations_user_id_idx');
    t.string('title', 255).notNullable();
    t.text('preview_text').comment('The beginning of the latest message.');
    t.integer('message_count').notNullable().defaultTo(0);
    t.boolean('is_pinned').notNullable().defaultTo(false);
    t.timestamp('last_accessed_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.raw(
    'create index conversations_user_id_updated_at_idx on conversations (user_id, updated_at desc, id desc)',
  );

  await knex.schema.createTable('messages', (t) => {
    t.comment('One message of a conversation.');
    t.uuid('id').primary();
    t.uuid('conversation_id').notNullable().references('conversations.id').onDelete('CASCADE');
    t.text('role').notNullable().checkIn(['user', 'assistant'], 'messages_role_check');
    t.text('content').notNullable();
    t.text('type')
      .notNullable()
      .defaultTo('text')
      .checkIn(['text', 'image', 'video', 'screenplay'], 'messages_type_check');
    t.jsonb('metadata').notNullable().defaultTo('{}');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.index(['conversation_id', 'created_at', 'id'], 'messages_conversation_id_idx');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('messages');
  await knex.schema.dropTable('conversations');
}
