import type { Knex } from 'knex';

/**
 * A claim looked at every ready step to find the fairest, so it took the longer the longer the queue was. Now it goes from user to user
 * by an index and looks at the first few ready steps of each. Everything else of it is as create_administration has it.
 */
const claimStep = `
  create function claim_step(p_pool text, p_kinds text[], p_caps jsonb)
  returns table (id uuid, task_id uuid, user_id uuid, kind text, subject_id uuid, fence bigint, failures int, generation int, task jsonb)
  language plpgsql as $$
  #variable_conflict use_column
  begin
    for try in 1..4 loop
      return query
        with recursive users_in_line as (
          (select user_id from steps where status = 'ready' order by user_id limit 1)
          union all
          select (select s.user_id from steps s where s.status = 'ready' and s.user_id > u.user_id order by s.user_id limit 1)
          from users_in_line u where u.user_id is not null),
        alive as materialized (
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
          select first.* from users_in_line u, lateral (
            select s.id, s.user_id, row_number() over (order by s.id) as rank
            from steps s
            where s.user_id = u.user_id and s.status = 'ready' and s.not_before <= now() and s.kind = any (p_kinds)
              and (s.vendor is null or not exists (select from closed c where c.vendor = s.vendor))
              and (s.vendor is null or not exists (select from spending_pauses p where p.scope in (s.vendor, 'all'))
                or exists (select from provider_calls c where c.step_id = s.id and c.status in ('accepted', 'succeeded')))
            order by s.id limit (select greatest(8, 64 / count(*)) from users_in_line)) first
          where u.user_id is not null),
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
    'Gives a live worker the fairest ready step: fewest running plus own rank per user, then the oldest.';
`;

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create index steps_ready_user_idx on steps (user_id, id) where status = 'ready';
    alter function claim_step(text, text[], jsonb) rename to claim_step_unbounded;
  `);
  await knex.raw(claimStep);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function claim_step(text, text[], jsonb);
    alter function claim_step_unbounded(text, text[], jsonb) rename to claim_step;
    drop index steps_ready_user_idx;
  `);
}
