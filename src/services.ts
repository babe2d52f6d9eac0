import type { RequestListener, Server } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import pg from 'pg';
import type { Config } from './config.ts';
import { connect } from './db/connect.ts';
import { findStillAllowed } from './db/listeners.ts';
import { findTask } from './db/tasks.ts';
import { makeAdmins } from './db/users.ts';
import { storeIsBack } from './engine/absence.ts';
import type { RemoveFile } from './engine/removals.ts';
import type { VendorPolicy } from './engine/step.ts';
import { type OnLost, startWorker, type Worker } from './engine/worker.ts';
import { createApp } from './http/app.ts';
import { mediaOrigins } from './http/mediaOrigins.ts';
import type { Log } from './log.ts';
import { type Binaries, ffmpegSettings, findBinaries } from './media/binaries.ts';
import { createMediaRoom, type MediaRoom } from './media/room.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { watchedMedia, watchedProviders, watchedSteps, watchedStore } from './metrics/watched.ts';
import type { Providers } from './providers/abilities.ts';
import { describeModels } from './providers/models.ts';
import { createProviders } from './providers/providers.ts';
import { type Sandbox, startSandbox } from './providers/sandbox/server.ts';
import { createRealtime, type Realtime } from './realtime/realtime.ts';
import { createSteps } from './steps/index.ts';
import { noticedStore } from './steps/noticedStore.ts';
import { rememberedStore } from './steps/rememberedStore.ts';
import { mediaKey } from './storage/keys.ts';
import type { ObjectStore } from './storage/objectStore.ts';
import { openStore } from './storage/store.ts';
import { openTracer } from './tracing/openTracer.ts';
import type { Tracer } from './tracing/tracer.ts';
import { type Deliveries, startDeliveries } from './webhooks/deliveries.ts';

/** What both the API and the worker stand on. */
export interface Foundation {
  config: Config;
  databaseUrl: string;
  /** Signs tokens, tickets and media addresses. */
  secret: string;
  /** Those that it replaces, while it is rotated. */
  formerSecrets: readonly string[];
  log: Log;
  db: Knex;
  store: ObjectStore;
  media: MediaRoom;
  metrics: Metrics;
  /** Undefined while tracing is off. */
  tracer: Tracer | undefined;
  ffmpegPath: string;
}

const cores = availableParallelism();

export const findFfmpeg = (config: Config): Promise<Binaries> => findBinaries(ffmpegSettings(config));

export async function openFoundation(
  given: Pick<Foundation, 'config' | 'databaseUrl' | 'secret' | 'formerSecrets' | 'log'> & {
    role: string;
    binaries: Binaries;
  },
): Promise<Foundation> {
  const { config, role, binaries, log } = given;
  const [store, tracer] = await Promise.all([
    openStore(config.storage),
    openTracer(config.tracing, role, (trouble) => log.warn({ source: 'opentelemetry' }, trouble)),
  ]);
  const media = await createMediaRoom({ binaries, cores, jobsDir: join(config.tempDir, 'jobs') });
  const onTrouble = (trouble: string) => log.warn({ source: 'knex' }, trouble);
  const db = connect(given.databaseUrl, { max: 20, applicationName: 'directorai', onTrouble });
  const metrics = createMetrics(db, log);
  metrics.watchPool(db);
  return {
    ...given,
    db,
    store: watchedStore(store, metrics),
    media: watchedMedia(media, metrics),
    metrics,
    tracer,
    ffmpegPath: binaries.ffmpeg,
  };
}

/** Deletes a file's bytes from the store, and its thumbnail's. */
export const fileRemover =
  ({ store }: Pick<Foundation, 'store'>): RemoveFile =>
  async ({ storagePath, userId, mediaId }) => {
    await store.remove(storagePath);
    await store.remove(mediaKey({ userId, mediaId, variant: 'thumbnail', extension: 'webp' }));
  };

function openRealtime({ config, db, databaseUrl, log, metrics }: Foundation): Realtime {
  return createRealtime({
    databaseUrl,
    db,
    log,
    maxStreamsPerUser: config.maxStreamsPerUser,
    stillAllowed: (listeners) => findStillAllowed(db, listeners),
    onTold: metrics.eventTold,
  });
}

export interface Api {
  handle: RequestListener;
  /** Readiness says no from here on; streams and sockets end, and their clients know when to come back. */
  close(): Promise<void>;
}

/** The API, warmed up: the first request is as fast as the next. `url` is its public origin. */
export async function openApi(base: Foundation, server: Server, url: string): Promise<Api> {
  const { config, db, log, secret, formerSecrets, store, media, metrics, tracer } = base;
  const state = { draining: false };
  await makeAdmins(db, config.adminEmails);
  const realtime = openRealtime(base);
  const services = {
    db,
    config,
    log,
    secret,
    formerSecrets,
    store,
    removeFile: fileRemover(base),
    media,
    realtime,
    models: describeModels(config),
    publicUrl: () => url,
    isDraining: () => state.draining,
  };
  metrics.watchStreams(() => ({ ...realtime.open(), listening: realtime.hub.listening }));
  const app = createApp(services, {
    trustProxy: config.trustProxy,
    mediaOrigins: mediaOrigins(config),
    onAnswered: metrics.answered,
    tracer,
    metrics: config.metrics.beside ? metrics : undefined,
  });
  await app.warmUp();
  realtime.attachSockets(server, {
    path: '/ws',
    authenticate: app.authenticateSocket,
    ownsTask: async (userId, taskId) => (await findTask(db, taskId, userId)) !== undefined,
    allowedOrigins: [
      ...config.corsOrigins,
      new URL(url).origin,
      new URL(url.replace('//localhost', '//127.0.0.1')).origin,
    ],
  });
  return {
    handle: app.express,
    async close() {
      state.draining = true;
      await realtime.close();
    },
  };
}

export interface RunningWorker {
  worker: Worker;
  sandbox: Sandbox | undefined;
  stop(graceMs: number): Promise<void>;
}

/** The worker with its vendors; the sandbox stands in for those without credentials. */
export async function openWorker(base: Foundation, onLost: OnLost): Promise<RunningWorker> {
  const { config, db, store, media, metrics, tracer, log } = base;
  const sandbox = await openSandbox(base);
  const providers = watchedProviders(createProviders(config, sandbox?.url), metrics);
  const pgPool = new pg.Pool({ connectionString: base.databaseUrl, max: 6, application_name: 'directorai wake-ups' });
  pgPool.on('error', (error) => log.warn({ err: error.message }, 'a wake-up connection broke'));
  pgPool.on('connect', (client) => client.on('error', () => log.debug('a wake-up connection ended')));
  const { video } = providers;
  const worker = await startWorker({
    db,
    pgPool,
    databaseUrl: base.databaseUrl,
    steps: watchedSteps(
      createSteps({
        providers,
        store: rememberedStore(
          noticedStore(store, () => storeIsBack(db, log)),
          db,
        ),
        media,
        prices: config.prices,
        maxTasksPerUser: config.maxTasksPerUser,
      }),
      metrics,
    ),
    upstream: { pollMs: video.capabilities.pollMs, poll: video.poll, cancel: video.cancel },
    policies: policiesOf(config, providers),
    concurrency: config.workerConcurrency,
    filmsAtOnce: cores,
    kept: config.kept,
    lists: [{ vendor: 'tuzi', list: video.list }],
    crashAt: config.crashAt,
    tracer,
    log,
    onLost,
  });
  const deliveries = await openDeliveries(base);
  return {
    worker,
    sandbox,
    async stop(graceMs) {
      await Promise.all([worker.stop(graceMs), deliveries.stop(graceMs)]);
      await pgPool.end();
      await sandbox?.close();
    },
  };
}

/** Sends what webhook endpoints are to be told. */
const openDeliveries = ({ config, databaseUrl, db, secret, formerSecrets, log }: Foundation): Promise<Deliveries> =>
  startDeliveries({ databaseUrl, db, secret, formerSecrets, log, ...config.webhooks });

async function openSandbox({ config, ffmpegPath, log }: Foundation): Promise<Sandbox | undefined> {
  if (!Object.values(config.vendors).some(({ sandbox }) => sandbox)) return undefined;
  return startSandbox({
    dir: join(config.dataDir, 'sandbox'),
    latencyScale: config.sandboxLatencyScale,
    ffmpegPath,
    log: (line) => log.debug({ source: 'sandbox' }, line),
  });
}

function policiesOf({ vendors }: Config, { text, image, video }: Providers): Record<string, VendorPolicy> {
  const answersWithin: Record<string, number> = {
    glm: text.capabilities.timeoutMs,
    gemini: image.capabilities.timeoutMs,
    tuzi: video.capabilities.timeoutMs,
  };
  return Object.fromEntries(
    Object.entries(vendors).map(([name, { idempotency, onDoubt, maxInFlight, sandbox }]) => {
      const shownWithinMs = sandbox ? sandboxShowsWithinMs : vendorShowsWithinMs;
      return [name, { idempotency, onDoubt, maxInFlight, answersWithinMs: answersWithin[name] ?? 0, shownWithinMs }];
    }),
  );
}

/** The sandbox shows a call as soon as it has it. */
const sandboxShowsWithinMs = 5_000;
const vendorShowsWithinMs = 120_000;
