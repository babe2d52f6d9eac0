import { mkdir, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { usableBinaries } from './binaries.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { clusterHome } from './clusterHome.ts';
import { databaseUrl } from './database.ts';
import { lockDataDir } from './dataLock.ts';
import { guardDisposable, removeHome } from './disposable.ts';
import { stopServer } from './server.ts';
import { setupFailure } from './setupFailure.ts';
import { startServer } from './startServer.ts';
import type { PostgresLog } from './supervise.ts';

export interface EmbeddedPostgresOptions {
  dataDir: string;
  log: PostgresLog;
  /** For tests: nothing is synced to disk, and the server and its files go when it stops or this process dies, however it dies. */
  disposable?: boolean;
}

export interface EmbeddedPostgres {
  /** Connects as the owner of the cluster, who may create databases. */
  url: string;
  /** Stops the server; the data directory is free for the next owner afterwards. */
  stop(): Promise<void>;
  /** True where a server that outlived its former owner was found and taken over. */
  adopted: boolean;
}

async function prepare({ dataDir, disposable }: EmbeddedPostgresOptions): Promise<Cluster> {
  const home = await clusterHome(dataDir);
  return openCluster(home, await usableBinaries(home.dir, home.identity), !disposable);
}

async function start(options: EmbeddedPostgresOptions, release: () => void): Promise<EmbeddedPostgres> {
  const cluster = await prepare(options);
  const { home, password, durable } = cluster;
  const server = await startServer(cluster, options.log);
  const callOffGuard = durable ? () => undefined : guardDisposable(home);
  const end = async () => {
    await server.expectEnd();
    callOffGuard();
    await stopServer(cluster, durable ? 'fast' : 'immediate');
    if (!durable) await removeHome(home);
    release();
  };
  let ended: Promise<void> | undefined;
  const stop = () => {
    ended ??= end();
    return ended;
  };
  const { port, adopted } = server;
  options.log.info({ home: home.dir, port, adopted }, 'embedded PostgreSQL is ready');
  return { url: databaseUrl(port, password), adopted, stop };
}

/**
 * Runs PostgreSQL under `dataDir`: makes the cluster on the first start, takes over a server that outlived its owner, recovers one that
 * did not. Rejects with a `SetupError` of one sentence where that can't be done, or where another process owns the data directory.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const wanted = resolve(options.dataDir);
  let release: (() => void) | undefined;
  try {
    await mkdir(wanted, { recursive: true });
    const dataDir = await realpath(wanted);
    release = lockDataDir(dataDir);
    return await start({ ...options, dataDir }, release);
  } catch (error) {
    release?.();
    throw setupFailure(`The data directory ${wanted} can't be used`, error);
  }
}
