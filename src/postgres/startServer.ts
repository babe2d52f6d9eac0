import { setTimeout as delay } from 'node:timers/promises';
import { SetupError } from '../errors.ts';
import type { Cluster } from './cluster.ts';
import { openDatabase } from './database.ts';
import { findPostmaster } from './postmaster.ts';
import { isPassing, launchServer, stopServer } from './server.ts';
import { adviceFor } from './setupFailure.ts';
import { type PostgresLog, supervise, watchedChild, watchedStranger } from './supervise.ts';

export interface RunningServer {
  port: number;
  adopted: boolean;
  /** Call it before the server is stopped: its end is no accident from then on. */
  expectEnd(): Promise<void>;
}

const adoptWithinMs = 20_000;
const attempts = 15;

/** Waits for the server found running to answer as ours; undefined when it is gone, or was stopped because it does not answer. */
async function adopt(cluster: Cluster, log: PostgresLog): Promise<RunningServer | undefined> {
  const { data } = cluster.home;
  const deadline = performance.now() + adoptWithinMs;
  while (performance.now() < deadline) {
    const found = await findPostmaster(data);
    if (!found) return undefined;
    const answer = found.ready ? await openDatabase(found.port, cluster.password).catch(() => undefined) : undefined;
    if (answer === data)
      return { port: found.port, adopted: true, expectEnd: supervise(cluster, watchedStranger(data, found), log) };
    await delay(50);
  }
  await stopServer(cluster, 'immediate');
  return undefined;
}

async function launch(cluster: Cluster, log: PostgresLog): Promise<RunningServer | { failure: string }> {
  const launched = await launchServer(cluster);
  if ('failure' in launched) return launched;
  try {
    await openDatabase(launched.port, cluster.password);
  } catch (error) {
    await stopServer(cluster, 'immediate');
    return { failure: `FATAL: ${error instanceof Error ? error.message : error}` };
  }
  return { port: launched.port, adopted: false, expectEnd: supervise(cluster, watchedChild(launched), log) };
}

function cannotStart(home: string, failure: string): SetupError {
  const fatal = [...failure.matchAll(/(?:FATAL|PANIC): +(.*)/g)].at(-1)?.[1];
  const words = fatal ?? failure.split('\n').at(-1);
  const advice = `${words}; restore it from a backup, or move it away to start with an empty database`;
  return new SetupError(
    `PostgreSQL does not start on ${home}: ${adviceFor(failure, advice)}. / PostgreSQL 无法启动：请从备份恢复数据，或将其移走以新建空数据库。`,
  );
}

/** Takes over the server that already runs on this cluster, or starts one. */
export async function startServer(cluster: Cluster, log: PostgresLog): Promise<RunningServer> {
  let failure = '';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const outcome = (await adopt(cluster, log)) ?? (await launch(cluster, log));
    if (!('failure' in outcome)) return outcome;
    failure = outcome.failure;
    if (!isPassing(failure)) break;
    await delay(200);
  }
  throw cannotStart(cluster.home.data, failure);
}
