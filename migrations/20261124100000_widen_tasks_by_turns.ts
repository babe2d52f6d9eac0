import type { Knex } from 'knex';

const types = (names: string) => `
  alter table tasks drop constraint tasks_type_check;
  alter table tasks add constraint tasks_type_check check (type in (${names}));
`;

/** A turn of the agent is a task that no list shows: it gets steps, ledger, lease and cancel from the engine as they are. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(types("'screenplay', 'image', 'video', 'film', 'message'"));
  await knex.raw(`
    comment on column tasks.type is 'message is a turn of the agent in a conversation: hidden from lists, quotas and statistics of tasks.';
    create unique index tasks_one_turn_idx on tasks (conversation_id)
      where type = 'message' and status in ('pending', 'processing');
    comment on index tasks_one_turn_idx is 'One turn at a time per conversation.';
    create index tasks_turns_idx on tasks (conversation_id) where type = 'message';
    create index events_without_task_idx on events (created_at) where task_id is null;
  `);
  await knex.raw(tellTurn);
  await knex.raw('alter function tell_progress(uuid, uuid, text) rename to tell_task_progress');
  await knex.raw(tellProgress);
}

const tellTurn = `
  create function tell_turn(p_turn uuid) returns void language plpgsql as $$
  declare turn tasks;
  begin
    update tasks set updated_at = now(), progress = case when status = 'completed' then 100 else progress end
      where id = p_turn returning * into turn;
    if turn.status in ('failed', 'cancelled') and turn.conversation_id is not null then
      perform append_event(turn.user_id, null, 'message.' || turn.status, jsonb_build_object(
        'conversationId', turn.conversation_id, 'turnId', turn.id, 'messageId', turn.params ->> 'answerId',
        'error', case when turn.status = 'failed' then jsonb_build_object(
          'code', coalesce((turn.error ->> 'code')::int, 6000), 'detail', left(coalesce(turn.error_message, ''), 2000)) end));
    end if;
  end $$;
  comment on function tell_turn is
    'Tells the user that the agent''s turn ended without an answer; an answer is told by the step that wrote it. Needs the task''s lock.';
`;

const tellProgress = `
  create function tell_progress(p_task uuid, p_step uuid, p_message text) returns void language plpgsql as $$
  begin
    if (select type from tasks where id = p_task) = 'message' then
      perform tell_turn(p_task);
    else
      perform tell_task_progress(p_task, p_step, p_message);
    end if;
  end $$;
  comment on function tell_progress is 'Tells the user how a task, or a turn of the agent, stands. Needs the task''s lock.';
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function tell_progress(uuid, uuid, text)');
  await knex.raw('alter function tell_task_progress(uuid, uuid, text) rename to tell_progress');
  await knex.raw(`
    drop function tell_turn(uuid);
    drop index events_without_task_idx;
    drop index tasks_turns_idx;
    drop index tasks_one_turn_idx;
    comment on column tasks.type is null;
    delete from tasks where type = 'message';
  `);
  await knex.raw(types("'screenplay', 'image', 'video', 'film'"));
}
