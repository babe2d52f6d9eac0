import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { migrate } from './db/migrate.ts';
import { untilMigrated } from './db/untilMigrated.ts';
import { type Housekeeping, startHousekeeping } from './engine/housekeeping.ts';
import { openReplacedWorker } from './engine/replacedWorker.ts';
import type { OnLost, Worker } from './engine/worker.ts';
import { SetupError } from './errors.ts';
import { homeSecret } from './homeSecret.ts';
import { closeFront, type Front, openFront } from './http/front.ts';
import { serveMetrics } from './http/metricsPage.ts';
import { localUrl } from './localUrl.ts';
import type { Log } from './log.ts';
import { startEmbeddedPostgres } from './postgres/embedded.ts';
import { type Api, type Foundation, fileRemover, findFfmpeg, openApi, openFoundation } from './services.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

export { isDatabaseAway } from './db/databaseAway.ts';
export type { OnLost } from './engine/worker.ts';

export const roles = ['all', 'api', 'worker', 'migrate'] as const;
export type Role = (typeof roles)[number];

export interface Program {
  /** Where the API listens; undefined for a worker alone. */
  url: string | undefined;
  /** Where METRICS_PORT shows the figures; undefined where it is not set. */
  metricsUrl: string | undefined;
  databaseUrl: string;
  /** True where Postgres runs inside, under DATA_DIR. */
  embedded: boolean;
  /** Providers that the sandbox stands in for. */
  sandboxed: string[];
  /** Has its worker, where there is one, end as if its lease were lost; false where there is none. */
  lose(reason: string): boolean;
  /** Lets running work end for `graceMs`, hands the rest back, and leaves nothing running. */
  stop(graceMs: number): Promise<void>;
}

export interface ProgramOptions {
  config: Config;
  role: Role;
  log: Log;
  /** This process was taken for dead and should end, once the answers it paid for are kept. */
  onLost: OnLost;
  /** Ends a start that still waits for its database; it rejects then. */
  signal?: AbortSignal | undefined;
}

/** Starts the program in one of its roles. What was opened is closed again where a later part cannot start. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const closers: (() => Promise<unknown>)[] = [];
  const closeAll = async () => {
    for (let close = closers.pop(); close; close = closers.pop()) await close();
  };
  try {
    return await open(options, closers, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

interface State {
  grace: number;
  metricsUrl?: string | undefined;
  worker?: Worker;
}

async function open(
  { config, role, log, onLost, signal }: ProgramOptions,
  closers: (() => Promise<unknown>)[],
  closeAll: () => Promise<void>,
): Promise<Program> {
  const state: State = { grace: 20_000 };
  await makeDataDir(config);
  const front = role === 'all' || role === 'api' ? await openFront(config) : undefined;
  if (front) closers.push(() => closeFront(front));
  // Before Postgres, so that what is missing is said before anything has to be stopped again.
  const binaries = role === 'migrate' ? undefined : await findFfmpeg(config);
  const postgres = config.databaseUrl ? undefined : await startEmbeddedPostgres({ dataDir: config.dataDir, log });
  if (postgres) closers.push(() => postgres.stop());
  const databaseUrl = config.databaseUrl ?? postgres?.url ?? '';
  if (role === 'all' || role === 'migrate') await reachable(migrate(databaseUrl), new Set([...refusals, ...absences]));
  if (binaries) {
    const secret = config.jwtSecret ?? (await homeSecret(config.dataDir));
    const { formerSecrets } = config;
    const base = await openFoundation({ config, databaseUrl, secret, formerSecrets, log, role, binaries });
    closers.push(() => base.db.destroy());
    if (base.tracer) closers.push(base.tracer.close);
    state.metricsUrl = await openFigures(base, closers);
    if (role !== 'all') await waitForDatabase(base, { role, signal });
    await openParts({ base, role, front, onLost, closers, state });
  }
  return {
    url: front && urlOf(config, front.server),
    metricsUrl: state.metricsUrl,
    databaseUrl,
    embedded: postgres !== undefined,
    sandboxed: Object.entries(config.vendors).flatMap(([name, { sandbox }]) => (sandbox ? [name] : [])),
    lose(reason) {
      state.worker?.lose(reason);
      return state.worker !== undefined;
    },
    async stop(graceMs) {
      state.grace = graceMs;
      await closeAll();
    },
  };
}

/** Before anything that waits: its `/live` is what a supervisor asks. */
async function openFigures(
  { config, metrics }: Foundation,
  closers: (() => Promise<unknown>)[],
): Promise<string | undefined> {
  const { own } = config.metrics;
  if (!own) return undefined;
  const figures = await serveMetrics(metrics, own);
  closers.push(() => figures.close());
  return figures.url;
}

/**
 * `api` and `worker` may be started together with `migrate`. The API also outwaits a database that is away; a worker has no one to answer
 * meanwhile and ends, to be started anew.
 */
async function waitForDatabase(
  { databaseUrl, log }: Foundation,
  { role, signal }: Pick<ProgramOptions, 'role' | 'signal'>,
): Promise<void> {
  const onWaiting = (why: string) => log.warn({ why }, 'waiting for the database; this goes on by itself');
  const waited = untilMigrated(databaseUrl, { alsoWhileAway: role === 'api', onWaiting, signal });
  await reachable(waited, refusals);
}

/**
 * Housekeeping runs in every process; worker and API as the role says. Closed in the reverse order: the API lets nobody in any more and
 * answers whom it owes an answer, while the worker drains beside it; the database goes after both.
 */
async function openParts(parts: {
  base: Foundation;
  role: Role;
  front: Front | undefined;
  onLost: OnLost;
  closers: (() => Promise<unknown>)[];
  state: State;
}): Promise<void> {
  const { base, role, front, closers, state } = parts;
  const housekeeping: Housekeeping = startHousekeeping(base.db, {
    crashLimit: base.config.stepCrashLimit,
    removeFile: fileRemover(base),
    log: base.log,
  });
  closers.push(() => housekeeping.stop());
  if (front) closers.push(() => closeFront(front));
  if (role === 'all' || role === 'worker') {
    const workshop = await openWorkshop(base);
    closers.push(workshop.close);
    const worker =
      role === 'all' ? await openBesideApi(base, workshop, parts.onLost) : await workshop.openWorker(parts.onLost);
    state.worker = worker;
    closers.push(() => worker.stop(state.grace));
  }
  if (front) {
    const api: Api = await openApi(base, front.server, urlOf(base.config, front.server));
    front.handle = api.handle;
    closers.push(async () => {
      await api.close();
      void closeFront(front);
    });
  }
}

/** Whoever runs everything in one process has nobody to start it anew: its API outwaits a database that is away, and so does its worker. */
const openBesideApi = ({ db, log }: Foundation, { openWorker }: Workshop, onStuck: OnLost): Promise<Worker> =>
  openReplacedWorker({ open: openWorker, askDatabase: async () => db.raw('select 1'), onStuck, log });

async function makeDataDir({ dataDir, tempDir }: Config): Promise<void> {
  try {
    await mkdir(tempDir, { recursive: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(`DATA_DIR ${dataDir} cannot be used: ${why}. / 无法使用 DATA_DIR。`, { cause });
  }
}

function urlOf(config: Config, server: Server): string {
  const { port } = server.address() as AddressInfo;
  return config.publicUrl ?? localUrl(config.host, port);
}

/** No such database, not with this password; and nobody there, which is an error in the set-up where nobody waits. */
const refusals = new Set(['28P01', '28000', '3D000']);
const absences = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN'];

async function reachable(work: Promise<void>, faults: ReadonlySet<string>): Promise<void> {
  try {
    await work;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (!faults.has(code)) throw cause;
    const why = cause instanceof Error && cause.message ? cause.message : code;
    throw new SetupError(`DATABASE_URL cannot be used: ${why}. / 无法使用 DATABASE_URL。`, { cause });
  }
}
