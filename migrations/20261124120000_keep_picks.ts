import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('scenes', (t) => {
    const why = 'A person chose this take: it stays, whatever it was made from, until what it is made from is edited.';
    t.boolean('image_picked').notNullable().defaultTo(false).comment(why);
    t.boolean('video_picked').notNullable().defaultTo(false).comment(why);
  });
  await knex.schema.alterTable('screenplays', (t) => {
    t.text('aspect_ratio')
      .notNullable()
      .defaultTo('16:9')
      .comment('Of the latest film asked for: pictures are drawn in it.')
      .checkIn(['16:9', '9:16', '1:1'], 'screenplays_aspect_ratio_check');
  });
  await knex.schema.alterTable('takes', (t) => {
    t.jsonb('parts')
      .notNullable()
      .defaultTo('{}')
      .comment('Media ids of what belongs to it: poster, srt, vtt of a film; combined, front, side, back of a sheet.');
  });
  await knex.raw(partsOfFilms);
  await knex.raw(partsOfSheets);
  await knex.raw(aspectRatios);
}

const partsOfFilms = `
  update takes k set parts = jsonb_build_object('poster', t.result ->> 'posterMediaId',
      'srt', t.result #>> '{subtitleMediaIds,srt}', 'vtt', t.result #>> '{subtitleMediaIds,vtt}')
    from steps s join tasks t on t.id = s.task_id
    where s.id = k.step_id and k.kind = 'film' and t.result ->> 'mediaId' = k.media_id::text`;

const idOf = (column: string) => `split_part(c.${column}, '/', 5)`;
const partsOfSheets = `
  update takes k set parts = jsonb_build_object('combined', ${idOf('combined_view_url')}, 'front', ${idOf('front_view_url')},
      'side', ${idOf('side_view_url')}, 'back', ${idOf('back_view_url')})
    from character_sheets c where c.take_id = k.id and c.back_view_url is not null`;

const aspectRatios = `
  update screenplays p set aspect_ratio = t.params #>> '{render,aspectRatio}'
    from (select distinct on (s.subject_id) s.subject_id, t.params from steps s join tasks t on t.id = s.task_id
          where s.kind = 'assembleFilm' order by s.subject_id, s.id desc) t
    where t.subject_id = p.id and t.params #>> '{render,aspectRatio}' is not null`;

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('takes', (t) => t.dropColumn('parts'));
  await knex.schema.alterTable('screenplays', (t) => t.dropColumn('aspect_ratio'));
  await knex.schema.alterTable('scenes', (t) => t.dropColumns('image_picked', 'video_picked'));
}
