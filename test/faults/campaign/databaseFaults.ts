import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseAway } from '../../../src/db/databaseAway.ts';
import type { Random } from '../random.ts';
import type { Cluster } from './cluster.ts';
import { type Pace, spread } from './spread.ts';

type Strike = (cluster: Cluster, random: Random) => Promise<void>;

const crash: Strike = async (cluster) => process.kill(await cluster.serverPid(), 'SIGQUIT') && undefined;

const cutAll: Strike = async ({ proxy }) => proxy.cut();

const refuse: Strike = async ({ proxy }, random) => {
  proxy.refuse(true);
  await delay(random.between(200, 4_000));
  proxy.refuse(false);
};

const goSilent: Strike = async ({ proxy }) => proxy.goSilent();

const endLeases: Strike = async ({ db }) => {
  await db.raw(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'directorai lease'`);
};

const endSome: Strike = async ({ db }) => {
  await db.raw(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name like 'directorai%' and application_name <> 'directorai lease' and random() < 0.5`,
  );
};

/** Takes every connection the server has left, and keeps them for a moment; on a slow machine it has to be content with fewer. */
const exhaust: Strike = async ({ serverUrl }, random) => {
  const clients = Array.from({ length: connectionsAtMost }, () => {
    const client = new pg.Client({ connectionString: serverUrl, application_name: 'hoarder' });
    return client.on('error', () => undefined);
  });
  const taken = Promise.allSettled(clients.map((client) => client.connect()));
  await Promise.race([taken, delay(takenWithinMs)]);
  await delay(random.between(500, 3_000));
  for (const client of clients) void client.end().catch(() => undefined);
};
const connectionsAtMost = 280;
const takenWithinMs = 2_000;

/** graphile-worker's rows are only wake-ups: losing half of them, and having each twice, is harmless. */
const loseWakeUps: Strike = async ({ db }) => {
  await db.raw(
    `select graphile_worker.complete_jobs(array(
       select id from graphile_worker.jobs where task_identifier = 'wake' and locked_at is null and random() < 0.5))`,
  );
};
const doubleWakeUps: Strike = async ({ db }) => {
  await db.raw(
    `select wake_workers((select count(*)::int from graphile_worker.jobs where task_identifier = 'wake'), now())`,
  );
};

/**
 * The migration of a next release, under all of it, in one transaction as Knex has it: a column more in the busiest tables, an index, and
 * every function of ours made anew.
 */
const migrateNext: Strike = async ({ db }, random) => {
  const name = `of_release_${random.integer(0, 999_999)}`;
  const { rows: functions } = await db.raw<{ rows: { source: string }[] }>(
    `select pg_get_functiondef(p.oid) as source from pg_proc p join pg_language l on l.oid = p.prolang
     where p.pronamespace = 'public'::regnamespace and l.lanname in ('plpgsql', 'sql')`,
  );
  await db.transaction(async (trx) => {
    for (const table of ['tasks', 'steps', 'provider_calls', 'events', 'vendor_limits'])
      await trx.raw(`alter table ${table} add column ${name} text`);
    await trx.raw(`create index ${name}_idx on steps (${name}) where ${name} is not null`);
    for (const { source } of functions) await trx.raw(source.replaceAll('?', '\\?'));
  });
};

const strikes = {
  ...{ crash, cutAll, refuse, goSilent, endLeases, endSome },
  ...{ exhaust, loseWakeUps, doubleWakeUps, migrateNext },
};

/** PostgreSQL restarted at once (SIGQUIT, its immediate shutdown), and its connections ended in every way there is. */
export function strikeDatabase(cluster: Cluster, random: Random, pace: Pace): Promise<void> {
  const names = Object.keys(strikes) as (keyof typeof strikes)[];
  return spread(random, pace, async (n) => {
    const kind = names[n % names.length] ?? 'crash';
    cluster.history.record({ type: 'fault', kind: `postgres ${kind}`, target: 'postgres' });
    await strikes[kind](cluster, random).catch(unlessStruckItself);
  });
}

/** Another fault may have it first: the server that is to be ended is down, the connection it is told by is cut. */
function unlessStruckItself(error: NodeJS.ErrnoException): void {
  if (!isDatabaseAway(error) && error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
}
