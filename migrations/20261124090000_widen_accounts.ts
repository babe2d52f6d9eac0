import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('users', (t) => {
    t.timestamp('closed_at').comment(
      'Deleted by its owner: nobody gets in any more, and what is left of it goes soon.',
    );
  });
  await knex.raw('create index users_closed_at_idx on users (closed_at) where closed_at is not null');

  await knex.schema.createTable('api_keys', (t) => {
    t.comment('Keys for programs, which stand for their user.');
    t.uuid('id').primary();
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    t.string('name', 100).notNullable();
    t.string('prefix', 12).notNullable().comment('How the key begins: all that is shown of it after its first moment.');
    t.binary('key_hash').notNullable().comment('SHA-256 of the key.').unique('api_keys_key_hash_key');
    t.timestamp('expires_at').comment('Null: never.');
    t.timestamp('last_used_at').comment('Renewed at most once a minute.');
    t.timestamp('revoked_at');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.raw('create index api_keys_user_id_idx on api_keys (user_id, created_at desc, id desc)');

  await knex.schema.alterTable('stream_tickets', (t) => {
    t.text('granted_by').comment('`session:` or `key:` and the id of what it was got with; a stream ends with that.');
  });

  await knex.schema.createTable('object_removals', (t) => {
    t.comment('Files whose rows are gone and whose bytes have to go, written in the transaction that deletes the row.');
    t.text('storage_path').primary().comment('Key in the object store.');
    t.uuid('user_id')
      .notNullable()
      .comment('With media_id the key of the thumbnail; no reference, as both may be gone.');
    t.uuid('media_id').notNullable();
    t.integer('failures').notNullable().defaultTo(0);
    t.timestamp('not_before').notNullable().defaultTo(knex.fn.now()).index('object_removals_not_before_idx');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });

  await knex.raw('create index provider_calls_user_id_created_at_idx on provider_calls (user_id, created_at)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index provider_calls_user_id_created_at_idx');
  await knex.schema.dropTable('object_removals');
  await knex.schema.alterTable('stream_tickets', (t) => t.dropColumn('granted_by'));
  await knex.schema.dropTable('api_keys');
  await knex.schema.alterTable('users', (t) => t.dropColumn('closed_at'));
}
