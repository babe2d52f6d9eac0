import { mkdir } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { newId } from './db/ids.ts';
import { migrate } from './db/migrate.ts';
import { type Housekeeping, startHousekeeping } from './engine/housekeeping.ts';
import type { OnLost, Worker } from './engine/worker.ts';
import { errors, SetupError } from './errors.ts';
import { homeSecret } from './homeSecret.ts';
import { serveMetrics } from './http/metricsPage.ts';
import { createHttpServer } from './http/server.ts';
import type { Log } from './log.ts';
import { startEmbeddedPostgres } from './postgres/embedded.ts';
import {
  type Api,
  type Foundation,
  fileRemover,
  openApi,
  openFoundation,
  openWorker,
  type RunningWorker,
} from './services.ts';

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
  metricsUrl?: string;
  worker?: Worker;
}

async function open(
  { config, role, log, onLost }: ProgramOptions,
  closers: (() => Promise<unknown>)[],
  closeAll: () => Promise<void>,
): Promise<Program> {
  const state: State = { grace: 20_000 };
  await makeDataDir(config);
  const front = role === 'all' || role === 'api' ? await listen(config) : undefined;
  if (front) closers.push(() => closeServer(front.server));
  const postgres = config.databaseUrl ? undefined : await startEmbeddedPostgres({ dataDir: config.dataDir, log });
  if (postgres) closers.push(() => postgres.stop());
  const databaseUrl = config.databaseUrl ?? postgres?.url ?? '';
  if (role === 'all' || role === 'migrate') await migrateReachable(databaseUrl);
  if (role !== 'migrate') {
    const secret = config.jwtSecret ?? (await homeSecret(config.dataDir));
    const base = await openFoundation({ config, databaseUrl, secret, log, role });
    closers.push(() => base.db.destroy());
    if (base.tracer) closers.push(base.tracer.close);
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

/** Housekeeping runs in every process; worker and API as the role says. Closed in the reverse order: the API first. */
async function openParts(parts: {
  base: Foundation;
  role: Role;
  front: Front | undefined;
  onLost: OnLost;
  closers: (() => Promise<unknown>)[];
  state: State;
}): Promise<void> {
  const { base, role, front, closers, state } = parts;
  const { own } = base.config.metrics;
  if (own) {
    const figures = await serveMetrics(base.metrics, own);
    state.metricsUrl = figures.url;
    closers.push(() => figures.close());
  }
  const housekeeping: Housekeeping = startHousekeeping(base.db, {
    crashLimit: base.config.stepCrashLimit,
    removeFile: fileRemover(base),
    log: base.log,
  });
  closers.push(() => housekeeping.stop());
  if (role === 'all' || role === 'worker') {
    const worker: RunningWorker = await openWorker(base, parts.onLost);
    state.worker = worker.worker;
    closers.push(() => worker.stop(state.grace));
  }
  if (front) {
    const api: Api = await openApi(base, front.server, urlOf(base.config, front.server));
    front.handle = api.handle;
    closers.push(() => api.close());
  }
}

async function makeDataDir({ dataDir, tempDir }: Config): Promise<void> {
  try {
    await mkdir(tempDir, { recursive: true });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(`DATA_DIR ${dataDir} cannot be used: ${why}. / 无法使用 DATA_DIR。`, { cause });
  }
}

/** The listening server, and who answers. */
interface Front {
  server: Server;
  handle: RequestListener;
}

/** Takes the port first of all, so that a port in use is said at once; until the API is open it answers 503. */
async function listen({ port, host }: Config): Promise<Front> {
  const handler: RequestListener = (req, res) => front.handle(req, res);
  const front: Front = { handle: answerStarting, server: createHttpServer(handler) };
  const { server } = front;
  const opened = Promise.withResolvers<void>();
  server.once('error', opened.reject);
  server.listen(port, host, () => opened.resolve());
  try {
    await opened.promise;
  } catch (error) {
    throw listenFailure(error as NodeJS.ErrnoException, port, host);
  }
  return front;
}

function listenFailure(error: NodeJS.ErrnoException, port: number, host: string): SetupError {
  if (error.code === 'EADDRINUSE') {
    return new SetupError(
      `Port ${port} is in use; stop what uses it or set PORT. / 端口 ${port} 已被占用，请设置 PORT。`,
    );
  }
  return new SetupError(`Cannot listen on ${host}:${port}: ${error.message}. / 无法监听 ${host}:${port}。`);
}

function answerStarting(_: IncomingMessage, res: ServerResponse): void {
  const problem = errors.unavailable(1);
  const { status, code, key, message: detail } = problem;
  const requestId = newId();
  const body = {
    type: `urn:directorai:problem:${key}`,
    title: detail,
    status,
    detail,
    code,
    requestId,
    errors: [],
  };
  const headers = { ...problem.headers, 'x-request-id': requestId, 'content-type': 'application/problem+json' };
  res.writeHead(status, headers).end(JSON.stringify(body));
}

function urlOf(config: Config, server: Server): string {
  const { port } = server.address() as AddressInfo;
  const host =
    config.host === '0.0.0.0' || config.host === '::' || config.host === '127.0.0.1' ? 'localhost' : config.host;
  return config.publicUrl ?? `http://${host}:${port}`;
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), 500);
  const cut = setTimeout(() => server.closeAllConnections(), 10_000);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}

async function migrateReachable(databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (!/^(ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|28P01|28000|3D000)$/.test(code)) throw cause;
    const why = cause instanceof Error && cause.message ? cause.message : code;
    throw new SetupError(`DATABASE_URL cannot be used: ${why}. / 无法使用 DATABASE_URL。`, { cause });
  }
}
