import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('idempotency_keys', (t) => {
    t.comment('The first answer to a request that carried an Idempotency-Key, for 30 days.');
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    t.string('key', 255).notNullable();
    t.text('operation').notNullable().comment('operationId and path.');
    t.binary('request_hash').notNullable().comment('SHA-256 of the body.');
    t.integer('status').comment('HTTP status of the answer; null while the first request runs.');
    t.jsonb('body');
    t.jsonb('headers');
    t.timestamp('locked_until').notNullable().comment('A first request that died frees the key then.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now()).index('idempotency_keys_created_at_idx');
    t.primary(['user_id', 'key'], { constraintName: 'idempotency_keys_pkey' });
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('idempotency_keys');
}
