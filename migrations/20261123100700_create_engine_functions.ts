import type { Knex } from 'knex';

/** Lock order everywhere: worker session, task, steps, event cursor. */
export async function up(knex: Knex): Promise<void> {
  for (const definition of [wakeWorkers, claimStep, lockStep, stageProgress, settleTask, finishStep, releaseStep]) {
    await knex.raw(definition);
  }
}

const wakeWorkers = `
  create function wake_workers(p_count int, p_at timestamptz) returns void language sql as $$
    select graphile_worker.add_jobs(array(
      select row('wake', '{}', null, p_at, 100, null, null, null)::graphile_worker.job_spec
      from generate_series(1, p_count))) where p_count > 0;
  $$;
  comment on function wake_workers is 'Adds anonymous wake-up calls; surplus ones are harmless.';
`;

const claimStep = `
  create function claim_step(p_pool text, p_kinds text[], p_caps jsonb)
  returns table (id uuid, task_id uuid, user_id uuid, kind text, subject_id uuid, fence bigint, failures int, generation int, task jsonb)
  language plpgsql as $$
  #variable_conflict use_column
  begin
    for try in 1..4 loop
      return query
        with alive as materialized (
          select 1 from worker_sessions
          where pool_id = p_pool and fenced_at is null and draining_at is null for share),
        active as materialized (
          select user_id, vendor, status from steps where status in ('running', 'waiting')),
        closed as materialized (
          select vendor from vendor_limits where cool_until > now()
          union all
          select vendor from active where vendor is not null group by vendor
          having count(*) >= coalesce((p_caps ->> vendor)::int, 2147483647)),
        ready as materialized (
          select s.id, s.user_id, s.not_before, row_number() over (partition by s.user_id order by s.id) as rank
          from steps s
          where s.status = 'ready' and s.not_before <= now() and s.kind = any (p_kinds)
            and (s.vendor is null or not exists (select from closed c where c.vendor = s.vendor))),
        busy as materialized (
          select user_id, count(*) as running from active where status = 'running' group by user_id),
        fair as materialized (
          select r.id, coalesce(b.running, 0) + r.rank as turn
          from ready r left join busy b using (user_id) order by 2, 1 limit 32),
        pick as materialized (
          select s.id from fair join steps s using (id)
          where s.status = 'ready' and exists (select from alive)
          order by fair.turn, fair.id limit 1 for update of s skip locked)
        update steps s
          set status = 'running', fence = s.fence + 1, attempts = s.attempts + 1, owner_pool = p_pool, updated_at = now()
          from pick, tasks t where s.id = pick.id and t.id = s.task_id
          returning s.id, s.task_id, s.user_id, s.kind, s.subject_id, s.fence, s.failures, s.generation, to_jsonb(t);
      exit when found;
      exit when not exists (
        select from steps s where s.status = 'ready' and s.not_before <= now() and s.kind = any (p_kinds));
    end loop;
  end $$;
  comment on function claim_step is
    'Gives the fairest ready step of these kinds, with its task, to a live worker: fewest running plus own rank per user, then oldest.';
`;

const lockStep = `
  create function lock_step(p_step uuid, p_fence bigint, p_status text) returns tasks language plpgsql as $$
  declare locked tasks;
  begin
    select t.* into locked from tasks t where t.id = (select task_id from steps where id = p_step) for update;
    perform from steps where id = p_step and fence = p_fence and status = p_status for update;
    if not found then
      raise exception 'step % is not % under fence %', p_step, p_status, p_fence using errcode = 'DA001';
    end if;
    return locked;
  end $$;
  comment on function lock_step is 'Locks the task, then the step; raises DA001 for a fenced owner.';
`;

const stageProgress = `
  create function tell_progress(p_task uuid, p_step uuid, p_message text) returns void language plpgsql as $$
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
  comment on function tell_progress is 'Writes the task''s progress, never backwards, and tells its user. Needs the task''s lock.';
`;

const settleTask = `
  create function settle_task(p_task uuid, p_step uuid, p_message text) returns void language plpgsql as $$
  declare
    failed_step steps;
    open_steps int;
    undone_steps int;
  begin
    select count(*) filter (where status in ('ready', 'running', 'waiting', 'needs_review')),
           count(*) filter (where status <> 'done')
      into open_steps, undone_steps from steps where task_id = p_task;
    if undone_steps = 0 then
      update tasks set status = 'completed', completed_at = now(), error = null, error_message = null
        where id = p_task and status in ('pending', 'processing');
    elsif open_steps = 0 then
      select * into failed_step from steps
        where task_id = p_task and status in ('failed', 'dead') order by updated_at limit 1;
      update tasks set status = 'failed', completed_at = now(), error = failed_step.error,
          error_message = failed_step.error ->> 'message'
        where id = p_task and status in ('pending', 'processing');
      update screenplays set status = 'failed', updated_at = now()
        where status = 'generating' and id in (select subject_id from steps where task_id = p_task and kind = 'assembleFilm');
    end if;
    if exists (select from tasks where id = p_task and status <> 'cancelled') then
      perform tell_progress(p_task, p_step, p_message);
    end if;
  end $$;
  comment on function settle_task is
    'Ends a task whose work has ended: completed when all is done, failed once nothing more can move. Needs the task''s lock.';
`;

const finishStep = `
  create function finish_step(p_step uuid, p_fence bigint, p_result jsonb, p_task_result jsonb) returns void language plpgsql as $$
  declare
    task tasks;
    woken int;
  begin
    task := lock_step(p_step, p_fence, 'running');
    update steps set status = 'done', result = p_result, error = null, owner_pool = null, updated_at = now() where id = p_step;
    if task.status <> 'cancelled' then
      with freed as (
        update steps s
          set waits_for = s.waits_for - 1, not_before = now(), updated_at = now(),
              status = case when s.waits_for = 1 and s.status = 'blocked' then 'ready' else s.status end
          from step_edges e
          where e.predecessor_id = p_step and s.id = e.successor_id
          returning s.status)
      select count(*) filter (where status = 'ready') into woken from freed;
      perform wake_workers(woken, now());
      if p_task_result is not null then
        update tasks set result = p_task_result where id = task.id;
      end if;
      perform settle_task(task.id, p_step, null);
    else
      update steps s set waits_for = s.waits_for - 1
        from step_edges e where e.predecessor_id = p_step and s.id = e.successor_id;
    end if;
  end $$;
  comment on function finish_step is
    'Records a result once, frees the successors, wakes workers for them and tells the user, in one commit.';

  create function fail_step(p_step uuid, p_fence bigint, p_from text, p_status text, p_error jsonb) returns void language plpgsql as $$
  declare task tasks;
  begin
    task := lock_step(p_step, p_fence, p_from);
    update steps set status = p_status, error = p_error, owner_pool = null, updated_at = now() where id = p_step;
    update scenes set status = 'failed', updated_at = now()
      where id = (select subject_id from steps where id = p_step and kind in ('drawSceneImage', 'shootSceneClip'))
        and p_status = 'failed';
    perform settle_task(task.id, p_step, p_error ->> 'message');
  end $$;
  comment on function fail_step is 'Ends a step as failed or needs_review; its siblings go on.';
`;

const releaseStep = `
  create function release_step(p_step uuid, p_fence bigint, p_from text, p_delay interval, p_failures int, p_attempts int, p_error jsonb)
  returns void language plpgsql as $$
  declare task tasks;
  begin
    task := lock_step(p_step, p_fence, p_from);
    if task.status = 'cancelled' then
      update steps set status = 'cancelled', owner_pool = null, updated_at = now() where id = p_step;
      return;
    end if;
    update steps
      set status = 'ready', owner_pool = null, not_before = now() + p_delay, failures = failures + p_failures,
          attempts = attempts - p_attempts, error = coalesce(p_error, error), updated_at = now()
      where id = p_step;
    perform wake_workers(1, now() + p_delay);
  end $$;
  comment on function release_step is 'Makes a running or waiting step ready again after the delay; cancelled if its task was.';

  create function wait_step(p_step uuid, p_fence bigint, p_delay interval, p_give_up interval) returns void language plpgsql as $$
  begin
    perform lock_step(p_step, p_fence, 'running');
    update steps
      set status = 'waiting', owner_pool = null, not_before = now() + p_delay, deadline_at = now() + p_give_up, updated_at = now()
      where id = p_step;
  end $$;
  comment on function wait_step is 'Leaves a step to the poll loop until the vendor is done.';
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function wait_step(uuid, bigint, interval, interval);
    drop function release_step(uuid, bigint, text, interval, int, int, jsonb);
    drop function fail_step(uuid, bigint, text, text, jsonb);
    drop function finish_step(uuid, bigint, jsonb, jsonb);
    drop function settle_task(uuid, uuid, text);
    drop function tell_progress(uuid, uuid, text);
    drop function lock_step(uuid, bigint, text);
    drop function claim_step(text, text[], jsonb);
    drop function wake_workers(int, timestamptz);
  `);
}
