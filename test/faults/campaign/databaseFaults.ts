import { setTimeout as delay } from 'node:timers/promises';
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

const strikes = { crash, cutAll, refuse, goSilent, endLeases, endSome };

/** PostgreSQL restarted at once (SIGQUIT, its immediate shutdown), and its connections ended in every way there is. */
export function strikeDatabase(cluster: Cluster, random: Random, pace: Pace): Promise<void> {
  const names = Object.keys(strikes) as (keyof typeof strikes)[];
  return spread(random, pace, async (n) => {
    const kind = names[n % names.length] ?? 'crash';
    cluster.history.record({ type: 'fault', kind: `postgres ${kind}`, target: 'postgres' });
    await strikes[kind](cluster, random).catch(() => undefined);
  });
}
