import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.raw(sweepWorkers);
  await knex.raw(topUpWakeUps);
}

/** Advisory locks: class 7301 with the slot is a worker's life, 7302 elects the sweeper of a moment. */
const sweepWorkers = `
  create function sweep_workers(p_silence interval, p_crash_limit int) returns setof text language plpgsql as $$
  declare
    session record;
    returned int;
  begin
    if not pg_try_advisory_xact_lock(7302, 1) then return; end if;
    for session in
      select w.*, b.beat_at from worker_sessions w join worker_beats b using (pool_id)
      where w.fenced_at is null for update of w skip locked
    loop
      if not pg_try_advisory_xact_lock(7301, session.slot) then
        continue when session.beat_at > clock_timestamp() - p_silence;
        perform pg_terminate_backend(pid) from pg_stat_activity
          where pid = session.backend_pid and backend_start = session.backend_start;
        continue when not pg_try_advisory_xact_lock(7301, session.slot);
      end if;
      update worker_sessions set fenced_at = clock_timestamp() where pool_id = session.pool_id;
      with back as (
        update steps set crash_count = crash_count + 1, owner_pool = null, updated_at = now(),
            status = case when crash_count + 1 >= p_crash_limit then 'dead' else 'ready' end,
            error = case when crash_count + 1 >= p_crash_limit
              then jsonb_build_object('code', 6000, 'key', 'step_crashed', 'params', jsonb_build_object('times', crash_count + 1),
                'message', 'The step was ended by crashes ' || crash_count + 1 || ' times.')
              else error end,
            not_before = now() + least(crash_count, 8) * random() * interval '1 second'
          where owner_pool = session.pool_id and status = 'running'
          returning status)
      select count(*) filter (where status = 'ready') into returned from back;
      update steps set owner_pool = null, not_before = now() where owner_pool = session.pool_id and status = 'waiting';
      perform wake_workers(returned, now());
      return next session.pool_id;
    end loop;
    perform graphile_worker.force_unlock_workers(array(
      select w.pool_id from worker_sessions w
      where w.fenced_at is not null and exists (select from graphile_worker.jobs j where j.locked_by = w.pool_id)));
  end $$;
  comment on function sweep_workers is
    'Fences workers that died or fell silent, then returns their steps; also locks that a fenced worker took later. Never locks tasks.';
`;

const topUpWakeUps = `
  create function top_up_wake_ups() returns int language plpgsql as $$
  declare missing int;
  begin
    if not pg_try_advisory_xact_lock(7302, 2) then return 0; end if;
    select least(1000, (select count(*) from steps where status = 'ready' and not_before <= now())
        - (select count(*) from graphile_worker.jobs where task_identifier = 'wake' and locked_at is null and run_at <= now()))
      into missing;
    perform wake_workers(missing, now());
    return greatest(missing, 0);
  end $$;
  comment on function top_up_wake_ups is 'Adds the wake-up calls that ready steps lack, so that losing one is harmless.';
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function top_up_wake_ups(); drop function sweep_workers(interval, int)');
}
