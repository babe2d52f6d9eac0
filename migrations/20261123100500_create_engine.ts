import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await createSteps(knex);
  await createLedger(knex);
  await createWorkers(knex);
}

async function createSteps(knex: Knex): Promise<void> {
  await knex.schema.createTable('steps', (t) => {
    t.comment('One row per unit of generation work; the only truth about it.');
    t.uuid('id').primary();
    t.uuid('task_id').notNullable().references('tasks.id').onDelete('CASCADE');
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    t.text('kind').notNullable();
    t.text('stage').notNullable().comment('The part of the film it belongs to, as shown in progress.');
    t.text('vendor').comment('Whom it calls; null for work done here.');
    t.uuid('subject_id').comment('The scene, character sheet or screenplay it works on.');
    t.integer('position').notNullable().defaultTo(0).comment('Order among the steps of one kind, as shown.');
    t.integer('weight').notNullable().defaultTo(1).comment('Share of the task’s progress.');
    t.text('status').notNullable();
    t.integer('waits_for').notNullable().defaultTo(0).comment('Predecessors not yet done.');
    t.bigInteger('fence')
      .notNullable()
      .defaultTo(0)
      .comment('Rises with every claim; writes must show the present one.');
    t.text('owner_pool').comment('The worker session that runs it, or that asks the vendor about it right now.');
    t.integer('attempts').notNullable().defaultTo(0).comment('Claims.');
    t.integer('failures').notNullable().defaultTo(0).comment('Transient failures since the last fresh start.');
    t.integer('crash_count').notNullable().defaultTo(0).comment('How often its own worker died under it.');
    t.integer('generation').notNullable().defaultTo(0).comment('Rises when a paid call is deliberately made anew.');
    t.timestamp('not_before').notNullable().defaultTo(knex.fn.now());
    t.timestamp('deadline_at').comment('While waiting: when to give up.');
    t.jsonb('result');
    t.jsonb('error').comment('{code, key, params} of the latest failure.');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
    t.check(
      "status in ('blocked','ready','running','waiting','done','failed','cancelled','dead','needs_review')",
      {},
      'steps_status_check',
    );
    t.check("(status = 'done') = (result is not null)", {}, 'steps_result_when_done');
    t.index(['task_id'], 'steps_task_id_idx');
  });
  await knex.raw(`
    create index steps_ready_idx on steps (not_before) where status = 'ready';
    create index steps_waiting_idx on steps (not_before) where status = 'waiting';
    create index steps_active_idx on steps (user_id, vendor) where status in ('running', 'waiting');
    create index steps_owner_pool_idx on steps (owner_pool) where status in ('running', 'waiting');
    create index steps_dead_idx on steps (task_id) where status = 'dead';
  `);

  await knex.schema.createTable('step_edges', (t) => {
    t.comment('A successor waits for its predecessors.');
    t.uuid('predecessor_id').notNullable().references('steps.id').onDelete('CASCADE');
    t.uuid('successor_id')
      .notNullable()
      .references('steps.id')
      .onDelete('CASCADE')
      .index('step_edges_successor_id_idx');
    t.primary(['predecessor_id', 'successor_id'], { constraintName: 'step_edges_pkey' });
  });
}

async function createLedger(knex: Knex): Promise<void> {
  await knex.schema.createTable('provider_calls', (t) => {
    t.comment('The ledger: every paid call, written down before it is made.');
    t.uuid('id').primary();
    t.text('op_key').notNullable().comment('step:purpose:generation').unique('provider_calls_op_key_key');
    t.uuid('step_id')
      .comment('Kept when the step is deleted: money spent stays on the books.')
      .index('provider_calls_step_id_idx');
    t.uuid('task_id').index('provider_calls_task_id_idx');
    t.uuid('user_id').notNullable().index('provider_calls_user_id_idx');
    t.text('vendor').notNullable();
    t.text('model').notNullable();
    t.text('purpose')
      .notNullable()
      .checkIn(['screenplay', 'image', 'video', 'message'], 'provider_calls_purpose_check');
    t.text('status').notNullable();
    t.binary('request_hash').notNullable();
    t.jsonb('request').notNullable().comment('Canonical, without secrets and without picture bytes.');
    t.bigInteger('fence').notNullable();
    t.integer('send_count').notNullable().defaultTo(0);
    t.integer('doubt_count')
      .notNullable()
      .defaultTo(0)
      .comment('Sends whose answer was lost and could not be looked up.');
    t.bigInteger('max_cost_micros').notNullable();
    t.bigInteger('cost_micros').comment('Charged, once the vendor accepted.');
    t.timestamp('sending_at');
    t.timestamp('accepted_at');
    t.text('upstream_id');
    t.jsonb('answer').comment('The vendor’s answer as it came, kept before anything is made of it.');
    t.jsonb('error');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('updated_at').notNullable().defaultTo(knex.fn.now());
    t.unique(['vendor', 'upstream_id'], { indexName: 'provider_calls_vendor_upstream_id_key' });
    t.check(
      "status in ('reserved','sending','accepted','succeeded','failed','cancelled','ambiguous','abandoned')",
      {},
      'provider_calls_status_check',
    );
  });
  await knex.raw(
    "create index provider_calls_in_flight_idx on provider_calls (vendor) where status in ('sending', 'accepted')",
  );

  await knex.schema.createTable('provider_call_events', (t) => {
    t.comment('Append-only history of the ledger.');
    t.bigIncrements('id');
    t.text('op_key').notNullable().index('provider_call_events_op_key_idx');
    t.timestamp('at').notNullable().defaultTo(knex.raw('clock_timestamp()'));
    t.bigInteger('fence').notNullable();
    t.text('from_status');
    t.text('to_status').notNullable();
    t.text('note');
  });

  await knex.schema.createTable('provider_orphans', (t) => {
    t.comment('Answers that reached a fenced worker: the one unfenced write, so that no paid id is forgotten.');
    t.bigIncrements('id');
    t.text('op_key').notNullable();
    t.text('upstream_id');
    t.jsonb('answer');
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
  });

  await knex.schema.createTable('vendor_limits', (t) => {
    t.comment('Per vendor credential: the lock under which calls are admitted, and the shared cool-down.');
    t.text('vendor').primary();
    t.timestamp('cool_until').notNullable().defaultTo('epoch');
  });
}

async function createWorkers(knex: Knex): Promise<void> {
  await knex.schema.createTable('worker_sessions', (t) => {
    t.comment('One row per run of a worker process; fenced once it is taken for dead.');
    t.text('pool_id').primary().comment('graphile-worker’s id of the pool.');
    t.integer('slot').notNullable().comment('The advisory lock this process holds while it lives.');
    t.text('host').notNullable();
    t.integer('backend_pid').notNullable();
    t.timestamp('backend_start').notNullable().comment('With backend_pid, because pids are used again.');
    t.timestamp('started_at').notNullable().defaultTo(knex.fn.now());
    t.timestamp('draining_at');
    t.timestamp('fenced_at').index('worker_sessions_fenced_at_idx');
  });

  await knex.schema.createTable('worker_beats', (t) => {
    t.comment('The heartbeat, on a row of its own so that beating never waits for claims.');
    t.text('pool_id').primary().references('worker_sessions.pool_id').onDelete('CASCADE');
    t.timestamp('beat_at').notNullable().defaultTo(knex.raw('clock_timestamp()'));
  });
  await knex.raw('create sequence worker_slots as int cycle');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop sequence worker_slots');
  const tables = ['worker_beats', 'worker_sessions', 'vendor_limits', 'provider_orphans', 'provider_call_events'];
  for (const table of [...tables, 'provider_calls', 'step_edges', 'steps']) await knex.schema.dropTable(table);
}
