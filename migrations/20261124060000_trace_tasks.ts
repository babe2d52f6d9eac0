import type { Knex } from 'knex';

/** Both are null for what was ordered before; an older program leaves them so. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('tasks', (t) => {
    t.text('request_id').comment('The X-Request-Id that ordered it; the lines of its steps carry it.');
    t.text('traceparent').comment('W3C trace context of that request, where tracing was on: the parent of its steps.');
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.alterTable('tasks', (t) => {
    t.dropColumn('request_id');
    t.dropColumn('traceparent');
  });
}
