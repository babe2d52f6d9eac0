import type { RequestListener, Server } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import type { Config } from './config.ts';
import { connect } from './db/connect.ts';
import { findStillAllowed } from './db/listeners.ts';
import { findTask } from './db/tasks.ts';
import { makeAdmins } from './db/users.ts';
import type { RemoveFile } from './engine/removals.ts';
import { createApp } from './http/app.ts';
import { mediaOrigins } from './http/mediaOrigins.ts';
import type { Log } from './log.ts';
import { type Binaries, ffmpegSettings, findBinaries } from './media/binaries.ts';
import { createMediaRoom, type MediaRoom } from './media/room.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { watchedMedia, watchedStore } from './metrics/watched.ts';
import { describeModels } from './providers/models.ts';
import { createRealtime, type Realtime } from './realtime/realtime.ts';
import { mediaKey } from './storage/keys.ts';
import type { ObjectStore } from './storage/objectStore.ts';
import { openStore } from './storage/store.ts';
import { openTracer } from './tracing/openTracer.ts';
import type { Tracer } from './tracing/tracer.ts';

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

export const cores = availableParallelism();

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
  const unregistered = await makeAdmins(db, config.adminEmails);
  if (unregistered.length > 0) {
    log.warn(
      { emails: unregistered },
      'whoever registers these of ADMIN_EMAILS first is an administrator: register them',
    );
  }
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
