import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await createEndpoints(knex);
  await createDeliveries(knex);
  for (const definition of [queueDelivery, tellWebhooks, tellOfTasks, tellOfReviews, topUp]) await knex.raw(definition);
}

async function createEndpoints(knex: Knex): Promise<void> {
  await knex.schema.createTable('webhook_endpoints', (t) => {
    t.comment('Addresses that users have events sent to.');
    t.uuid('id').primary();
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index('webhook_endpoints_user_id_idx');
    t.text('url').notNullable();
    t.text('description').notNullable().defaultTo('');
    t.specificType('events', 'text[]').notNullable().comment('Types of the events it gets.');
    t.boolean('enabled').notNullable().defaultTo(true);
    t.text('disabled_reason')
      .checkIn(['gone', 'failing'], 'webhook_endpoints_disabled_reason_check')
      .comment('Why the service itself disabled it: it answered 410, or nothing reached it for days.');
    t.binary('secret')
      .notNullable()
      .comment('Sealed with a key out of the secret setting: it signs, so it must be readable.');
    t.binary('previous_secret').comment('Sealed; signs beside the present one until previous_secret_until.');
    t.timestamp('previous_secret_until');
    t.timestamp('failing_since').comment('The first failed attempt since the last successful one.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
  });
}

async function createDeliveries(knex: Knex): Promise<void> {
  await knex.schema.createTable('webhook_deliveries', (t) => {
    t.comment('One event for one endpoint, inserted in the transaction that makes the event true.');
    t.uuid('id').primary().comment('The webhook-id header: the same at every attempt.');
    t.uuid('endpoint_id').notNullable().references('webhook_endpoints.id').onDelete('CASCADE');
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index('webhook_deliveries_user_id_idx');
    t.text('event_type').notNullable();
    t.uuid('task_id').comment('What the event is about, without a reference: the log outlives the task.');
    t.text('payload').notNullable().comment('The JSON that is sent, byte for byte.');
    t.text('status')
      .notNullable()
      .defaultTo('pending')
      .checkIn(['pending', 'delivered', 'failed'], 'webhook_deliveries_status_check');
    t.integer('attempts')
      .notNullable()
      .defaultTo(0)
      .comment('Rises with every claim; a write must show the present one.');
    t.integer('tries')
      .notNullable()
      .defaultTo(0)
      .comment('Failed attempts since it was last (re)started: the place in the back-off.');
    t.timestamp('next_attempt_at')
      .notNullable()
      .defaultTo(knex.fn.now())
      .comment('While an attempt runs: the end of its lease.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('ended_at');
    t.index(['endpoint_id', 'created_at'], 'webhook_deliveries_endpoint_id_idx');
    t.index(['created_at'], 'webhook_deliveries_created_at_idx');
  });
  await knex.raw(
    "create index webhook_deliveries_due_idx on webhook_deliveries (next_attempt_at) where status = 'pending'",
  );

  await knex.schema.createTable('webhook_attempts', (t) => {
    t.comment('The log: every time a delivery was tried.');
    t.uuid('delivery_id').notNullable().references('webhook_deliveries.id').onDelete('CASCADE');
    t.integer('number').notNullable();
    t.timestamp('at').notNullable().defaultTo(knex.fn.now());
    t.integer('http_status');
    t.integer('duration_ms').notNullable();
    t.text('error').comment('Why it failed, in one of the words of the contract; null when it was taken.');
    t.text('response').comment('The beginning of the answer, at most 1 KiB.');
    t.primary(['delivery_id', 'number'], { constraintName: 'webhook_attempts_pkey' });
  });
}

const queueDelivery = `
  create function queue_delivery(p_delivery uuid, p_user uuid, p_at timestamptz) returns void language sql as $$
    select graphile_worker.add_job('deliverWebhook', json_build_object('deliveryId', p_delivery, 'userId', p_user),
      run_at => p_at, max_attempts => 25, job_key => 'webhook:' || p_delivery);
  $$;
  comment on function queue_delivery is 'Has a delivery looked at then; one job per delivery, whatever it was before.';
`;

const tellWebhooks = `
  create function tell_webhooks(p_user uuid, p_type text, p_task uuid, p_data jsonb) returns void language sql as $$
    with wanted as materialized (
      select id from webhook_endpoints where user_id = p_user and enabled and p_type = any (events) order by id for key share),
    told as (
      insert into webhook_deliveries (id, endpoint_id, user_id, event_type, task_id, payload)
        select gen_random_uuid(), wanted.id, p_user, p_type, p_task, jsonb_build_object('type', p_type,
          'timestamp', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', p_data)::text
        from wanted returning id)
    select queue_delivery(id, p_user, now()) from told;
  $$;
  comment on function tell_webhooks is 'Leaves an event with every endpoint of the user that wants it; nothing is sent before the commit.';
`;

const tellOfTasks = `
  create function tell_webhooks_of_task() returns trigger language plpgsql as $$
  begin
    perform tell_webhooks(new.user_id, 'task.' || new.status, new.id, jsonb_build_object(
      'taskId', new.id, 'taskType', new.type, 'conversationId', new.conversation_id,
      'errorCode', case when new.status = 'failed' then coalesce((new.error ->> 'code')::int, 6000) end));
    return null;
  end $$;
  create trigger tasks_tell_webhooks after update of status on tasks for each row
    when (new.status is distinct from old.status and new.status in ('completed', 'failed', 'cancelled') and new.type <> 'message')
    execute function tell_webhooks_of_task();
`;

const tellOfReviews = `
  create function tell_webhooks_of_review() returns trigger language plpgsql as $$
  declare task tasks;
  begin
    select * into task from tasks where id = new.task_id and type <> 'message';
    if found then
      perform tell_webhooks(new.user_id, 'task.needs_review', task.id, jsonb_build_object(
        'taskId', task.id, 'taskType', task.type, 'conversationId', task.conversation_id,
        'stepId', new.id, 'stepKind', new.kind));
    end if;
    return null;
  end $$;
  create trigger steps_tell_webhooks after update of status on steps for each row
    when (new.status = 'needs_review' and old.status <> 'needs_review')
    execute function tell_webhooks_of_review();
`;

const topUp = `
  create function top_up_deliveries() returns int language plpgsql as $$
  declare late int;
  begin
    if not pg_try_advisory_xact_lock(7302, 3) then return 0; end if;
    with overdue as (
      select id from webhook_deliveries where status = 'pending' and next_attempt_at < now() - interval '30 seconds'
      order by next_attempt_at limit 1000 for update skip locked),
    moved as (
      update webhook_deliveries d set next_attempt_at = now() from overdue where d.id = overdue.id returning d.id, d.user_id)
    select count(queue_delivery(id, user_id, now())) into late from moved;
    return late;
  end $$;
  comment on function top_up_deliveries is 'Queues deliveries anew that nobody looked at when they were due: their job or its worker was lost.';
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop function top_up_deliveries();
    drop trigger steps_tell_webhooks on steps;
    drop function tell_webhooks_of_review();
    drop trigger tasks_tell_webhooks on tasks;
    drop function tell_webhooks_of_task();
    drop function tell_webhooks(uuid, text, uuid, jsonb);
    drop function queue_delivery(uuid, uuid, timestamptz);
  `);
  for (const table of ['webhook_attempts', 'webhook_deliveries', 'webhook_endpoints'])
    await knex.schema.dropTable(table);
}
