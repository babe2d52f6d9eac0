import type { Knex } from 'knex';

/**
 * Deleting goes on through foreign keys, row by row: without these, each deleted take had all scenes and characters read, and each erased
 * account all steps and tickets, within one statement.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index scenes_image_take_id_idx on scenes (image_take_id) where image_take_id is not null;
    create index scenes_video_take_id_idx on scenes (video_take_id) where video_take_id is not null;
    create index character_sheets_take_id_idx on character_sheets (take_id) where take_id is not null;
    create index steps_user_id_idx on steps (user_id);
    create index stream_tickets_user_id_idx on stream_tickets (user_id);
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop index stream_tickets_user_id_idx;
    drop index steps_user_id_idx;
    drop index character_sheets_take_id_idx;
    drop index scenes_video_take_id_idx;
    drop index scenes_image_take_id_idx;
  `);
}
