import type { Knex } from 'knex';

/** Starting a task took six round trips, three of them under the lock on its user; now it takes one. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function start_task(
      p_id uuid, p_user uuid, p_conversation uuid, p_type text, p_params jsonb, p_weight int, p_request text, p_traceparent text,
      p_steps jsonb, p_edges jsonb, p_at_once int
    ) returns table (exceeded int, started_at timestamptz) language plpgsql as $$
    declare most int;
    begin
      if p_at_once is not null then
        select case when is_active then coalesce(tasks_at_once, p_at_once) else 0 end into most
          from users where id = p_user for no key update;
        exceeded := coalesce(most, 0);
        if (select count(*) from tasks
            where user_id = p_user and status in ('pending', 'processing') and type <> 'message') >= exceeded then
          return next;
          return;
        end if;
        exceeded := null;
      end if;
      insert into tasks (id, user_id, conversation_id, type, params, total_weight, request_id, traceparent)
        values (p_id, p_user, p_conversation, p_type, p_params, p_weight, p_request, p_traceparent)
        returning created_at into started_at;
      insert into steps (id, task_id, user_id, kind, stage, vendor, subject_id, position, weight, status, waits_for)
        select s.id, p_id, p_user, s.kind, s.stage, s.vendor, s.subject_id, s.position, s.weight,
          case when s.waits_for = 0 then 'ready' else 'blocked' end, s.waits_for
        from jsonb_to_recordset(p_steps) as s (
          id uuid, kind text, stage text, vendor text, subject_id uuid, position int, weight int, waits_for int);
      if jsonb_array_length(p_edges) > 0 then
        insert into step_edges (predecessor_id, successor_id)
          select e.predecessor_id, e.successor_id
          from jsonb_to_recordset(p_edges) as e (predecessor_id uuid, successor_id uuid);
      end if;
      perform wake_workers(
        (select count(*)::int from jsonb_array_elements(p_steps) s where (s ->> 'waits_for')::int = 0), now());
      return next;
    end $$;
    comment on function start_task is
      'A task with its first steps, their order and their wake-ups; or, with p_at_once, the number of unfinished tasks that it would exceed. '
      'Counted under a lock on the user, by a later snapshot than the lock''s: tasks asked for together do not slip past it.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function start_task');
}
