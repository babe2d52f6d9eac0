import type { Knex } from 'knex';

/** Uploads that go to the bucket by a signed address and become media when their user says that they are complete. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('media_uploads', (t) => {
    t.comment('Uploads straight to the bucket. A row goes a day after it was made, and the raw object with it.');
    t.uuid('id').primary();
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index('media_uploads_user_id_idx');
    t.text('name').notNullable().comment('What the user calls the file; never a path.');
    t.text('mime_type').notNullable();
    t.integer('byte_size').notNullable().comment('As announced; the address was signed for it.');
    t.binary('sha256').comment('As announced; null where the client said nothing.');
    t.text('storage_path')
      .notNullable()
      .comment('Key of the raw object, which is removed when the upload is complete.');
    t.uuid('media_id').comment(
      'What became of it. No reference: whoever deletes that file does not start the upload anew.',
    );
    t.timestamp('expires_at').notNullable().comment('Until then the bucket takes the bytes.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now()).index('media_uploads_created_at_idx');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('media_uploads');
}
