import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('users', (t) => {
    t.comment('One row per account.');
    t.uuid('id').primary();
    t.string('username', 50).notNullable().unique('users_username_key');
    t.string('email', 255).notNullable().comment('Kept in lower case.').unique('users_email_key');
    t.text('password_hash').notNullable().comment('argon2id in PHC format.');
    t.text('avatar_url');
    t.boolean('is_active').notNullable().defaultTo(true);
    t.boolean('is_admin').notNullable().defaultTo(false).comment('May use the administration operations.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
  });

  await knex.schema.createTable('refresh_tokens', (t) => {
    t.comment('Refresh tokens, hashed, single use. A second use revokes the whole family.');
    t.uuid('id').primary();
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index('refresh_tokens_user_id_idx');
    t.uuid('family_id')
      .notNullable()
      .comment('All tokens that descend from one login.')
      .index('refresh_tokens_family_id_idx');
    t.binary('token_hash').notNullable().comment('SHA-256 of the token.').unique('refresh_tokens_token_hash_key');
    t.timestamp('expires_at').notNullable();
    t.timestamp('used_at').comment('When it was exchanged for its successor.');
    t.timestamp('revoked_at').comment('Logout, or reuse of a member of the family.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });

  await knex.schema.createTable('stream_tickets', (t) => {
    t.comment('Single-use tickets for streams and sockets, which cannot send an Authorization header.');
    t.binary('ticket_hash').primary().comment('SHA-256 of the ticket.');
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    t.timestamp('expires_at').notNullable().index('stream_tickets_expires_at_idx');
  });

  await knex.schema.createTable('rate_limits', (t) => {
    t.comment('Counters of rate-limiter-flexible, shared by all nodes.');
    t.string('key', 255).primary();
    t.integer('points').notNullable().defaultTo(0);
    t.bigInteger('expire').comment('Unix time in milliseconds; null: never.').index('rate_limits_expire_idx');
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['rate_limits', 'stream_tickets', 'refresh_tokens', 'users']) await knex.schema.dropTable(table);
}
