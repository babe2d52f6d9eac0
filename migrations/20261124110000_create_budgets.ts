import type { Knex } from 'knex';

/** Lock order everywhere: worker session, task, steps, vendor limit, budget, paid calls, spending, event cursor. */
export async function up(knex: Knex): Promise<void> {
  await createTables(knex);
  await widenCalls(knex);
  for (const definition of [reserveMoney, bookSpending, doubtEndedSteps]) await knex.raw(definition);
}

async function createTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('budgets', (t) => {
    t.comment('What a user may spend; also the lock under which money of the user is reserved.');
    t.uuid('user_id').primary().references('users.id').onDelete('CASCADE');
    t.bigInteger('day_micros').comment('Micro-USD per UTC day; null for no limit.');
    t.bigInteger('month_micros').comment('Micro-USD per UTC month; null for no limit.');
    t.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
    t.check('day_micros >= 0 and month_micros >= 0', {}, 'budgets_not_negative');
  });
  await knex.schema.createTable('spending', (t) => {
    t.comment(
      'Per user and UTC day the sums over provider_calls, kept by triggers in the transaction that changes a call.',
    );
    t.uuid('user_id').notNullable().comment('Kept when the user is deleted, like the calls.');
    t.date('day').notNullable();
    t.bigInteger('spent_micros').notNullable().comment('Accepted by the vendor, or given up as lost.');
    t.bigInteger('reserved_micros').notNullable().comment('Of calls on their way.');
    t.bigInteger('doubt_micros').notNullable().comment('Of calls whose answer was lost and nobody has decided about.');
    t.primary(['user_id', 'day'], { constraintName: 'spending_pkey' });
    t.check('spent_micros >= 0 and reserved_micros >= 0 and doubt_micros >= 0', {}, 'spending_not_negative');
  });
}

/** The money of a call follows from its state, so no code path can forget to book it. */
async function widenCalls(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table provider_calls
      add column booked_on date,
      add column lost_micros bigint not null default 0;
    update provider_calls set booked_on = (coalesce(sending_at, created_at) at time zone 'utc')::date;
    alter table provider_calls
      alter column booked_on set default (now() at time zone 'utc')::date,
      alter column booked_on set not null,
      add column spent_micros bigint generated always as (coalesce(cost_micros, 0) + lost_micros) stored,
      add column reserved_micros bigint generated always as (case when status = 'sending' then max_cost_micros else 0 end) stored,
      add column doubt_micros bigint generated always as (greatest(doubt_count * max_cost_micros - lost_micros, 0)) stored;
    comment on column provider_calls.booked_on is 'The UTC day whose budget it counts against.';
    comment on column provider_calls.lost_micros is 'Of sends in doubt: what the user decided to count as spent.';
    create index provider_calls_booked_on_idx on provider_calls (user_id, booked_on);
    insert into spending (user_id, day, spent_micros, reserved_micros, doubt_micros)
      select user_id, booked_on, sum(spent_micros), sum(reserved_micros), sum(doubt_micros)
      from provider_calls group by user_id, booked_on;
  `);
}

const reserveMoney = `
  create function reserve_money(p_user uuid, p_task uuid, p_micros bigint) returns text language plpgsql as $$
  declare
    budget budgets;
    most bigint;
    today date := (now() at time zone 'utc')::date;
    of_day bigint;
    of_month bigint;
  begin
    insert into budgets (user_id) values (p_user)
      on conflict (user_id) do update set user_id = excluded.user_id returning * into budget;
    select (params ->> 'maxCost')::bigint into most from tasks where id = p_task;
    if most < p_micros + (
        select coalesce(sum(spent_micros + reserved_micros + doubt_micros), 0) from provider_calls where task_id = p_task) then
      return 'task';
    end if;
    if budget.day_micros is null and budget.month_micros is null then return null; end if;
    select coalesce(sum(s.spent_micros + s.reserved_micros + s.doubt_micros) filter (where s.day = today), 0),
        coalesce(sum(s.spent_micros + s.reserved_micros + s.doubt_micros), 0)
      into of_day, of_month from spending s
      where s.user_id = p_user and s.day between date_trunc('month', today)::date and today;
    return case when budget.day_micros < of_day + p_micros then 'day'
                when budget.month_micros < of_month + p_micros then 'month' end;
  end $$;
  comment on function reserve_money is
    'Locks the user''s budget until the intent commits, and names the limit (task, day, month) that this much more would exceed.';
`;

const bookSpending = `
  create function date_call() returns trigger language plpgsql as $$
  begin
    new.booked_on := (now() at time zone 'utc')::date;
    return new;
  end $$;
  comment on function date_call is 'A call counts against the day on which it is on its way for the first time, or again after it surely was not taken.';
  create trigger provider_calls_date before update on provider_calls for each row
    when (old.status = 'reserved' and new.status = 'sending') execute function date_call();

  create function book_spending() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      insert into spending as s (user_id, day, spent_micros, reserved_micros, doubt_micros)
        select user_id, booked_on, sum(spent_micros), sum(reserved_micros), sum(doubt_micros)
        from new_calls group by 1, 2 order by 1, 2
        on conflict (user_id, day) do update set spent_micros = s.spent_micros + excluded.spent_micros,
          reserved_micros = s.reserved_micros + excluded.reserved_micros, doubt_micros = s.doubt_micros + excluded.doubt_micros;
      return null;
    end if;
    insert into spending (user_id, day, spent_micros, reserved_micros, doubt_micros)
      select distinct user_id, booked_on, 0, 0, 0 from new_calls order by 1, 2 on conflict (user_id, day) do nothing;
    update spending s set spent_micros = s.spent_micros + d.spent, reserved_micros = s.reserved_micros + d.reserved,
        doubt_micros = s.doubt_micros + d.doubt
      from (
        select user_id, booked_on, sum(spent_micros)::bigint as spent, sum(reserved_micros)::bigint as reserved, sum(doubt_micros)::bigint as doubt
        from (
          select user_id, booked_on, spent_micros, reserved_micros, doubt_micros from new_calls
          union all
          select user_id, booked_on, -spent_micros, -reserved_micros, -doubt_micros from old_calls) as change
        group by user_id, booked_on) as d
      where s.user_id = d.user_id and s.day = d.booked_on and (d.spent <> 0 or d.reserved <> 0 or d.doubt <> 0);
    return null;
  end $$;
  comment on function book_spending is 'Per statement, so that all its calls are locked before any day''s sums are.';
  create trigger provider_calls_book_insert after insert on provider_calls
    referencing new table as new_calls for each statement execute function book_spending();
  create trigger provider_calls_book_update after update on provider_calls
    referencing old table as old_calls new table as new_calls for each statement execute function book_spending();
`;

const doubtEndedSteps = `
  create function doubt_ended_step() returns trigger language plpgsql as $$
  begin
    perform from provider_calls where task_id = new.task_id and status = 'sending' order by id for update;
    with doubted as (
      update provider_calls set status = 'ambiguous', doubt_count = doubt_count + 1, updated_at = now()
        where step_id = new.id and status = 'sending' returning op_key, fence)
    insert into provider_call_events (op_key, fence, from_status, to_status, note)
      select op_key, fence, 'sending', 'ambiguous', 'its step ended' from doubted;
    return null;
  end $$;
  comment on function doubt_ended_step is
    'A call still on its way when its step ends is in doubt: nobody waits for its answer any more. Locks all calls of the task before any money.';
  create trigger steps_doubt after update on steps for each row
    when (new.status in ('failed', 'cancelled', 'dead') and old.status <> new.status) execute function doubt_ended_step();
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop trigger steps_doubt on steps;
    drop trigger provider_calls_book_update on provider_calls;
    drop trigger provider_calls_book_insert on provider_calls;
    drop trigger provider_calls_date on provider_calls;
    drop function doubt_ended_step();
    drop function book_spending();
    drop function date_call();
    drop function reserve_money(uuid, uuid, bigint);
    drop index provider_calls_booked_on_idx;
    alter table provider_calls drop column doubt_micros, drop column reserved_micros, drop column spent_micros,
      drop column lost_micros, drop column booked_on;
  `);
  await knex.schema.dropTable('spending');
  await knex.schema.dropTable('budgets');
}
