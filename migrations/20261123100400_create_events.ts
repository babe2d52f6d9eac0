import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('event_cursors', (t) => {
    t.comment('The counter of each user. Its row lock makes seq gapless in commit order: take it last.');
    t.uuid('user_id').primary().references('users.id').onDelete('CASCADE');
    t.bigInteger('last_seq').notNullable().defaultTo(0);
    t.bigInteger('pruned_seq').notNullable().defaultTo(0).comment('Events up to here may have been deleted.');
  });

  await knex.schema.createTable('events', (t) => {
    t.comment('What users are told, in order; the source of every stream.');
    t.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE');
    t.bigInteger('seq').notNullable();
    t.uuid('task_id').references('tasks.id').onDelete('CASCADE');
    t.text('type').notNullable();
    t.jsonb('data').notNullable();
    t.timestamp('created_at').notNullable().defaultTo(knex.fn.now());
    t.primary(['user_id', 'seq'], { constraintName: 'events_pkey' });
    t.index(['task_id', 'seq'], 'events_task_id_seq_idx');
  });

  await knex.raw(`
    create function append_event(p_user uuid, p_task uuid, p_type text, p_data jsonb) returns bigint language plpgsql as $$
    declare new_seq bigint;
    begin
      insert into event_cursors (user_id, last_seq) values (p_user, 1)
        on conflict (user_id) do update set last_seq = event_cursors.last_seq + 1
        returning last_seq into new_seq;
      insert into events (user_id, seq, task_id, type, data) values (p_user, new_seq, p_task, p_type, p_data);
      perform pg_notify('directorai_events', p_user || ' ' || new_seq);
      return new_seq;
    end $$;
    comment on function append_event is 'Appends to the user''s log and wakes the listeners. The last statement of a transaction.';
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function append_event');
  await knex.schema.dropTable('events');
  await knex.schema.dropTable('event_cursors');
}
