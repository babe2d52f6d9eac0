import type { Knex } from 'knex';

/** Streams tell what waits for a decision, reports keep to four a second and task, and a pruned task keeps its last event. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(tellTaskProgress);
  await knex.raw(tellReport);
  await knex.raw(appendEvent('clock_timestamp()'));
  await knex.raw(`
    comment on column events.created_at is 'As good as when it was committed: the event is the last statement of its transaction.';
    comment on column events.seq is 'Gapless when appended; of a task that ended long ago only the last event is left.';
    alter table event_cursors drop column pruned_seq;
  `);
}

const tellTaskProgress = `
  create or replace function tell_task_progress(p_task uuid, p_step uuid, p_message text) returns void language plpgsql as $$
  declare
    task tasks;
    step steps;
    details jsonb;
    new_progress int;
  begin
    select * into task from tasks where id = p_task;
    select * into step from steps where id = p_step;
    select jsonb_strip_nulls(jsonb_build_object(
        'stage', step.stage, 'step', step.kind,
        'done', count(*) filter (where s.stage = step.stage and s.status = 'done'),
        'total', count(*) filter (where s.stage = step.stage),
        'sceneUuid', case when step.kind in ('drawSceneImage', 'shootSceneClip') then step.subject_id end,
        'message', p_message,
        'needsReview', nullif(count(*) filter (where s.status = 'needs_review'), 0))),
        least(99, 100 * coalesce(sum(s.weight) filter (where s.status = 'done'), 0) / greatest(1, task.total_weight))
      into details, new_progress from steps s where s.task_id = p_task;
    new_progress := case when task.status = 'completed' then 100 else greatest(task.progress, new_progress) end;
    update tasks set progress = new_progress, progress_details = details, updated_at = clock_timestamp() where id = p_task;
    perform append_event(task.user_id, p_task, 'task.progress',
      jsonb_build_object('status', task.status, 'progress', new_progress, 'details', details));
  end $$;
`;

const tellReport = `
  create function tell_report(p_task uuid, p_step uuid, p_message text) returns void language plpgsql as $$
  begin
    if (select updated_at from tasks where id = p_task) <= clock_timestamp() - interval '250 milliseconds' then
      perform tell_progress(p_task, p_step, p_message);
    end if;
  end $$;
  comment on function tell_report is
    'Tells what a step says while it runs, at most four times a second and task, of whatever process; changes of state go past it. Needs the task''s lock.';
`;

const appendEvent = (createdAt: string) => `
  create or replace function append_event(p_user uuid, p_task uuid, p_type text, p_data jsonb) returns bigint language plpgsql as $$
  declare new_seq bigint;
  begin
    insert into event_cursors (user_id, last_seq) values (p_user, 1)
      on conflict (user_id) do update set last_seq = event_cursors.last_seq + 1
      returning last_seq into new_seq;
    insert into events (user_id, seq, task_id, type, data, created_at)
      values (p_user, new_seq, p_task, p_type, p_data, ${createdAt});
    perform pg_notify('directorai_events', p_user || ' ' || new_seq);
    return new_seq;
  end $$;
`;

const tellTaskProgressBefore = `
  create or replace function tell_task_progress(p_task uuid, p_step uuid, p_message text) returns void language plpgsql as $$
  declare
    task tasks;
    step steps;
    details jsonb;
    new_progress int;
  begin
    select * into task from tasks where id = p_task;
    select * into step from steps where id = p_step;
    select jsonb_strip_nulls(jsonb_build_object(
        'stage', step.stage, 'step', step.kind,
        'done', count(*) filter (where s.status = 'done'), 'total', count(*),
        'sceneUuid', case when step.kind in ('drawSceneImage', 'shootSceneClip') then step.subject_id end,
        'message', p_message))
      into details from steps s where s.task_id = p_task and s.stage = step.stage;
    select least(99, 100 * coalesce(sum(s.weight) filter (where s.status = 'done'), 0) / greatest(1, task.total_weight))
      into new_progress from steps s where s.task_id = p_task;
    new_progress := case when task.status = 'completed' then 100 else greatest(task.progress, new_progress) end;
    update tasks set progress = new_progress, progress_details = details, updated_at = now() where id = p_task;
    perform append_event(task.user_id, p_task, 'task.progress',
      jsonb_build_object('status', task.status, 'progress', new_progress, 'details', details));
  end $$;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('event_cursors', (t) => {
    t.bigInteger('pruned_seq').notNullable().defaultTo(0).comment('Events up to here may have been deleted.');
  });
  await knex.raw(`
    comment on column events.created_at is null;
    comment on column events.seq is null;
  `);
  await knex.raw(appendEvent('now()'));
  await knex.raw('drop function tell_report(uuid, uuid, text)');
  await knex.raw(tellTaskProgressBefore);
}
