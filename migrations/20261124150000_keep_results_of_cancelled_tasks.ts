import type { Knex } from 'knex';

/** A step that ends while its task is being cancelled keeps the task's result too: a retry may find nothing left to do. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(finishStep('update tasks set result = coalesce(p_task_result, result) where id = task.id;'));
}

const finishStep = (whenCancelled: string) => `
  create or replace function finish_step(p_step uuid, p_fence bigint, p_result jsonb, p_task_result jsonb) returns void language plpgsql as $$
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
      ${whenCancelled}
    end if;
  end $$;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(finishStep(''));
}
