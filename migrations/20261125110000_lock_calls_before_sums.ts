import type { Knex } from 'knex';

/** Steps that die book their calls, several of one user at once: all those calls are locked before the first sum is. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(sweepAtOnce);
  await knex.raw(returnSteps);
}

/** Advisory locks: class 7301 with the slot is a worker's life, 7302 elects the sweeper of a moment. */
export const sweepWorkers = (given: { declared: string; fenced: string; swept: string }) => `
  create or replace function sweep_workers(p_silence interval, p_crash_limit int) returns setof text language plpgsql as $$
  declare
    session record;
    ${given.declared}
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
      ${given.fenced}
      return next session.pool_id;
    end loop;
    ${given.swept}
    perform graphile_worker.force_unlock_workers(array(
      select w.pool_id from worker_sessions w
      where w.fenced_at is not null and exists (select from graphile_worker.jobs j where j.locked_by = w.pool_id)));
  end $$;
`;

/** The steps of these sessions, ready again or dead. */
const giveBack = (sessions: string) => `
      with back as (
        update steps set crash_count = crash_count + 1, owner_pool = null, updated_at = now(),
            status = case when crash_count + 1 >= p_crash_limit then 'dead' else 'ready' end,
            error = case when crash_count + 1 >= p_crash_limit
              then jsonb_build_object('code', 6000, 'key', 'step_crashed', 'params', jsonb_build_object('times', crash_count + 1),
                'message', 'The step was ended by crashes ' || crash_count + 1 || ' times.')
              else error end,
            not_before = now() + least(crash_count, 8) * random() * interval '1 second'
          where owner_pool ${sessions} and status = 'running'
          returning status)
      select count(*) filter (where status = 'ready') into returned from back;
      update steps set owner_pool = null, not_before = now() where owner_pool ${sessions} and status = 'waiting';
      perform wake_workers(returned, now());
`;

export const sweepAtOnce = sweepWorkers({
  declared: "swept text[] := '{}';",
  fenced: 'swept := swept || session.pool_id;',
  swept: "if swept <> '{}' then perform return_steps(swept, p_crash_limit); end if;",
});

const sweepOneByOne = sweepWorkers({ declared: 'returned int;', fenced: giveBack('= session.pool_id'), swept: '' });

const returnSteps = `
  create function return_steps(p_pools text[], p_crash_limit int) returns void language plpgsql as $$
  declare returned int;
  begin
    perform from steps where owner_pool = any (p_pools) and status = 'running' order by id for update;
    perform from provider_calls where status = 'sending' and task_id in (
        select task_id from steps
        where owner_pool = any (p_pools) and status = 'running' and crash_count + 1 >= p_crash_limit)
      order by id for update;
    ${giveBack('= any (p_pools)')}
  end $$;
  comment on function return_steps is
    'Makes the steps of fenced workers ready again, or dead where they crash too often. Locks steps, then calls, then sums; never tasks.';
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(sweepOneByOne);
  await knex.raw('drop function return_steps(text[], int)');
}
