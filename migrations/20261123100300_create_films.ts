import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('media_files', (t) => {
    t.comment('Every uploaded or generated file.');
    t.uuid('id').primary();
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    t.uuid('task_id')
      .references('tasks.id')
      .onDelete('SET NULL')
      .index('media_files_task_id_idx')
      .comment('Null for uploads.');
    t.text('type').notNullable().checkIn(['image', 'video', 'audio', 'subtitle', 'archive'], 'media_files_type_check');
    t.string('original_filename', 255);
    t.text('storage_path').notNullable().comment('Key in the object store.').unique('media_files_storage_path_key');
    t.text('url').notNullable().comment('Canonical path of the content operation, unsigned.');
    t.string('mime_type', 100).notNullable();
    t.bigInteger('size').notNullable().comment('Bytes.');
    t.integer('width').comment('Pixels.');
    t.integer('height').comment('Pixels.');
    t.double('duration').comment('Seconds.');
    t.binary('sha256').notNullable();
    t.jsonb('metadata').notNullable().defaultTo('{}');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.raw('create index media_files_user_id_idx on media_files (user_id, created_at desc, id desc)');

  await knex.schema.createTable('screenplays', (t) => {
    t.comment('A written film.');
    t.uuid('id').primary();
    t.uuid('task_id').notNullable().references('tasks.id').onDelete('CASCADE').index('screenplays_task_id_idx');
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    t.string('title', 255).notNullable();
    t.text('status')
      .notNullable()
      .defaultTo('draft')
      .checkIn(['draft', 'confirmed', 'generating', 'completed', 'failed'], 'screenplays_status_check');
    t.text('language').notNullable().defaultTo('zh').comment('Of the narration: zh or en.');
    t.integer('scene_seconds').notNullable().defaultTo(10).comment('Length asked of each clip.');
    t.specificType('reference_media_ids', 'uuid[]')
      .notNullable()
      .defaultTo('{}')
      .comment('Pictures the user gave with the idea.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.raw('create index screenplays_user_id_idx on screenplays (user_id, created_at desc, id desc)');

  await knex.schema.createTable('takes', (t) => {
    t.comment('One generated picture, clip or film, with what it was made from; never overwritten.');
    t.uuid('id').primary();
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index('takes_user_id_idx');
    t.uuid('step_id').comment('The step that made it.').index('takes_step_id_idx');
    t.text('kind').notNullable().checkIn(['character_sheet', 'image', 'clip', 'film'], 'takes_kind_check');
    t.uuid('subject_id').comment(
      'The scene, character sheet or screenplay it shows; null for free pictures and clips.',
    );
    t.uuid('media_id').notNullable().references('media_files.id').onDelete('CASCADE').index('takes_media_id_idx');
    t.text('prompt').notNullable().defaultTo('');
    t.text('vendor');
    t.text('model');
    t.jsonb('references_sent').notNullable().defaultTo('[]').comment('Media really attached to the call.');
    t.jsonb('references_dropped').notNullable().defaultTo('[]').comment('Media left out, each with the reason.');
    t.bigInteger('cost_micros').notNullable().defaultTo(0).comment('Micro-USD.');
    t.text('input_hash').notNullable().comment('SHA-256 over everything that shaped it; equal input reuses the take.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.index(['subject_id', 'kind', 'input_hash'], 'takes_subject_id_idx');
  });

  await knex.schema.createTable('scenes', (t) => {
    t.comment('One shot of a screenplay.');
    t.uuid('id').primary();
    t.uuid('screenplay_id').notNullable().references('screenplays.id').onDelete('CASCADE');
    t.integer('scene_id').notNullable().comment('1-based position, as shown.');
    t.text('narration').notNullable();
    t.text('image_prompt').notNullable();
    t.text('video_prompt').notNullable();
    t.text('character_description').notNullable().defaultTo('');
    t.specificType('character_sheet_ids', 'uuid[]').notNullable().defaultTo('{}').comment('Who is in it, in order.');
    t.text('image_url').comment('Canonical path of the selected picture.');
    t.text('video_url').comment('Canonical path of the selected clip.');
    t.uuid('image_take_id').references('takes.id').onDelete('SET NULL');
    t.uuid('video_take_id').references('takes.id').onDelete('SET NULL');
    t.text('status')
      .notNullable()
      .defaultTo('pending')
      .checkIn(['pending', 'generating', 'completed', 'failed'], 'scenes_status_check');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
    t.unique(['screenplay_id', 'scene_id'], { indexName: 'scenes_screenplay_id_scene_id_key', deferrable: 'deferred' });
    t.index(['screenplay_id'], 'scenes_screenplay_id_idx');
  });

  await knex.schema.createTable('character_sheets', (t) => {
    t.comment('One character of a screenplay, seen from three sides.');
    t.uuid('id').primary();
    t.uuid('screenplay_id')
      .notNullable()
      .references('screenplays.id')
      .onDelete('CASCADE')
      .index('character_sheets_screenplay_id_idx');
    t.integer('position').notNullable().comment('0-based order in the screenplay.');
    t.string('name', 100).notNullable();
    t.text('description').notNullable();
    t.text('combined_view_url').comment('Canonical path, like the three below.');
    t.text('front_view_url');
    t.text('side_view_url');
    t.text('back_view_url');
    t.uuid('take_id').references('takes.id').onDelete('SET NULL');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['character_sheets', 'scenes', 'takes', 'screenplays', 'media_files']) {
    await knex.schema.dropTable(table);
  }
}
