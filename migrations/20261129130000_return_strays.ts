import type { Knex } from 'knex';
import { sweepAtOnce, sweepWorkers } from './20261125110000_lock_calls_before_sums.ts';

/**
 * A worker that stops by itself fences itself, and nobody looked at it any more: a step whose end it could not write, or whose claim it never
 * heard of, was running for ever. Every sweep returns such steps now.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(
    sweepWorkers({
      declared: "swept text[] := '{}';",
      fenced: '',
      swept: `
    swept := array(
      select distinct w.pool_id from steps s join worker_sessions w on w.pool_id = s.owner_pool
      where s.status in ('running', 'waiting') and w.fenced_at is not null);
    if swept <> '{}' then perform return_steps(swept, p_crash_limit); end if;`,
    }),
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(sweepAtOnce);
}
