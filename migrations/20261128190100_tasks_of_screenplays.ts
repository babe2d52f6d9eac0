import type { Knex } from 'knex';

/**
 * Which screenplay a task works on, kept when it is ordered: a scene that is deleted later does not take along what was spent on it. The
 * task that wrote the screenplay is named by the screenplay. A trigger, so that tasks of programs that do not know the column have it too.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table tasks add column screenplay_id uuid;
    comment on column tasks.screenplay_id is
      'The screenplay it films or draws anew; null where it names none. It may be gone, so this is no reference.';
    create function note_screenplay_of_task() returns trigger language plpgsql as $$
    begin
      new.screenplay_id := coalesce(
        (new.params ->> 'screenplayId')::uuid,
        (select screenplay_id from scenes where id = (new.params ->> 'sceneUuid')::uuid),
        (select screenplay_id from character_sheets where id = (new.params ->> 'characterSheetId')::uuid));
      return new;
    end $$;
    comment on function note_screenplay_of_task is 'Whatever the order names: the screenplay, a scene or a character of it.';
    create trigger tasks_note_screenplay before insert on tasks for each row
      when (new.type <> 'message' and new.params \\?| array['screenplayId', 'sceneUuid', 'characterSheetId'])
      execute function note_screenplay_of_task();
    update tasks t set screenplay_id = coalesce(
        (t.params ->> 'screenplayId')::uuid,
        (select screenplay_id from scenes where id::text = t.params ->> 'sceneUuid'),
        (select screenplay_id from character_sheets where id::text = t.params ->> 'characterSheetId'))
      where t.type <> 'message' and t.params \\?| array['screenplayId', 'sceneUuid', 'characterSheetId'];
    create index tasks_screenplay_id_idx on tasks (screenplay_id, created_at desc, id desc) where screenplay_id is not null;
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger tasks_note_screenplay on tasks;
    drop function note_screenplay_of_task;
    alter table tasks drop column screenplay_id;
  `);
}
