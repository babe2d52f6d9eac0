import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { isPassing, type Launch, type Launched, launchServer } from './server.ts';

/** The part of a logger this needs. */
export interface PostgresLog {
  info(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

const restartsPerMinute = 5;
const attempts = 25;

/** The dead server's other processes need a moment to end; until then a new one refuses to start. */
async function relaunch(cluster: Cluster, port: number): Promise<Launch> {
  for (let attempt = 1; ; attempt += 1) {
    const launch = await launchServer(cluster, port);
    if (!('failure' in launch) || attempt === attempts || !isPassing(launch.failure)) return launch;
    await delay(200);
  }
}

/**
 * Starts the server again, on the same port, whenever it dies while it is wanted, but not without end.
 * The returned function ends that; await it before stopping the server.
 */
export function supervise(cluster: Cluster, first: Launched, log: PostgresLog): () => Promise<void> {
  let wanted = true;
  let restarting: Promise<void> = Promise.resolve();
  let deaths: number[] = [];
  const restart = async () => {
    const again = await relaunch(cluster, first.port).catch((error: unknown) => ({ failure: String(error) }));
    if ('failure' in again) log.error({ failure: again.failure }, 'the embedded PostgreSQL could not be started again');
    else watch(again);
  };
  const onDeath = (code: number | null, signal: NodeJS.Signals | null) => {
    if (!wanted) return;
    deaths = [...deaths.filter((at) => at > Date.now() - 60_000), Date.now()];
    log.error({ code, signal, home: cluster.home.dir }, 'the embedded PostgreSQL ended unexpectedly');
    if (deaths.length <= restartsPerMinute) restarting = restart();
  };
  const watch = ({ child }: Launched) => {
    child.once('exit', onDeath);
  };
  watch(first);
  return () => {
    wanted = false;
    return restarting;
  };
}
