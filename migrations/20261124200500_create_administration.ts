import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await createTables(knex);
  await widenAccounts(knex);
  await knex.raw(claimStep(pausedFor));
  await knex.raw(reserveMoney('least(budget.day_micros, budget.max_day_micros)', monthLimit));
}

async function createTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('spending_pauses', (t) => {
    t.comment('While a row is here nothing is bought of the vendor, or of any: steps that would buy wait as ready.');
    t.text('scope').primary().comment('A vendor, or all.');
    t.text('reason').notNullable();
    t.uuid('paused_by').notNullable().comment('No reference: the pause outlives the account.');
    t.timestamp('paused_at').notNullable().defaultTo(knex.fn.now());
  });
  await knex.schema.createTable('audit_log', (t) => {
    t.comment('What administrators did, written in the transaction that does it. Rows are only ever added.');
    t.bigInteger('id').primary().comment('In the order of writing.');
    t.timestamp('at').notNullable().defaultTo(knex.fn.now());
    t.uuid('actor_id').notNullable().comment('No reference: the log outlives the accounts.');
    t.text('action').notNullable();
    t.text('subject').notNullable().comment('The id of the user or step, or the scope of the pause.');
    t.uuid('user_id').comment('Whose account or work it was about.');
    t.text('reason').notNullable();
    t.jsonb('changes').notNullable().defaultTo('[]').comment('[{field, before, after}]');
    t.text('address').notNullable().comment('Where the request came from.');
    t.text('request_id').notNullable();
    t.index(['actor_id', 'id'], 'audit_log_actor_id_idx');
    t.index(['user_id', 'id'], 'audit_log_user_id_idx');
    t.index(['action', 'id'], 'audit_log_action_idx');
  });
  await knex.raw(`
    create sequence audit_log_id as bigint owned by audit_log.id;
    alter table audit_log alter column id set default nextval('audit_log_id');
    create function refuse_rewriting() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit log is only ever added to' using errcode = 'DA002';
    end $$;
    create trigger audit_log_append_only before update or delete or truncate on audit_log
      for each statement execute function refuse_rewriting();
  `);
}

async function widenAccounts(knex: Knex): Promise<void> {
  await knex.schema.alterTable('users', (t) => {
    t.timestamp('disabled_at').comment('Locked by an administrator; not active meanwhile.');
    t.integer('tasks_at_once').comment('Set by an administrator in place of MAX_TASKS_PER_USER.');
  });
  await knex.raw(`
    create index users_created_at_idx on users (created_at desc, id desc) where closed_at is null;
    create index users_email_prefix_idx on users (email text_pattern_ops);
    create index users_username_prefix_idx on users (lower(username) text_pattern_ops);
  `);
  await knex.schema.alterTable('budgets', (t) => {
    t.bigInteger('max_day_micros').comment('Set by an administrator: the lower of both holds.');
    t.bigInteger('max_month_micros').comment('Set by an administrator: the lower of both holds.');
    t.check('max_day_micros >= 0 and max_month_micros >= 0', {}, 'budgets_most_not_negative');
  });
}

const monthLimit = 'least(budget.month_micros, budget.max_month_micros)';

/** What was paid for already is fetched during a pause too; a step that has paid and would pay again is turned away by the ledger. */
const pausedFor = `
  and (s.vendor is null or not exists (select from spending_pauses p where p.scope in (s.vendor, 'all'))
    or exists (select from provider_calls c where c.step_id = s.id and c.status in ('accepted', 'succeeded')))`;

/** As create_engine_functions has it, with one condition more. */
const claimStep = (condition: string) => `
  create or replace function claim_step(p_pool text, p_kinds text[], p_caps jsonb)
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
            and (s.vendor is null or not exists (select from closed c where c.vendor = s.vendor))${condition}),
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
`;

/** As create_budgets has it, with the limits given. */
const reserveMoney = (day: string, month: string) => `
  create or replace function reserve_money(p_user uuid, p_task uuid, p_micros bigint) returns text language plpgsql as $$
  declare
    budget budgets;
    most bigint;
    most_of_day bigint;
    most_of_month bigint;
    today date := (now() at time zone 'utc')::date;
    of_day bigint;
    of_month bigint;
  begin
    insert into budgets (user_id) values (p_user)
      on conflict (user_id) do update set user_id = excluded.user_id returning * into budget;
    most_of_day := ${day};
    most_of_month := ${month};
    select (params ->> 'maxCost')::bigint into most from tasks where id = p_task;
    if most < p_micros + (
        select coalesce(sum(spent_micros + reserved_micros + doubt_micros), 0) from provider_calls where task_id = p_task) then
      return 'task';
    end if;
    if most_of_day is null and most_of_month is null then return null; end if;
    select coalesce(sum(s.spent_micros + s.reserved_micros + s.doubt_micros) filter (where s.day = today), 0),
        coalesce(sum(s.spent_micros + s.reserved_micros + s.doubt_micros), 0)
      into of_day, of_month from spending s
      where s.user_id = p_user and s.day between date_trunc('month', today)::date and today;
    return case when most_of_day < of_day + p_micros then 'day'
                when most_of_month < of_month + p_micros then 'month' end;
  end $$;
`;

export async function down(knex: Knex): Promise<void> {
  await knex.raw(claimStep(''));
  await knex.raw(reserveMoney('budget.day_micros', 'budget.month_micros'));
  await knex.schema.alterTable('budgets', (t) => {
    t.dropColumn('max_month_micros');
    t.dropColumn('max_day_micros');
  });
  await knex.raw(
    'drop index users_username_prefix_idx; drop index users_email_prefix_idx; drop index users_created_at_idx',
  );
  await knex.schema.alterTable('users', (t) => {
    t.dropColumn('tasks_at_once');
    t.dropColumn('disabled_at');
  });
  await knex.schema.dropTable('audit_log');
  await knex.raw('drop function refuse_rewriting()');
  await knex.schema.dropTable('spending_pauses');
}
