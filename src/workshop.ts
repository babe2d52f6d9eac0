import { join } from 'node:path';
import type { Config } from './config.ts';
import { openWakeUpPool } from './db/wakeUpPool.ts';
import { storeIsBack } from './engine/absence.ts';
import type { VendorPolicy } from './engine/step.ts';
import { type OnLost, startWorker, type Worker, type WorkerOptions } from './engine/worker.ts';
import { watchedProviders, watchedSteps } from './metrics/watched.ts';
import type { Providers } from './providers/abilities.ts';
import { createProviders } from './providers/providers.ts';
import { type Sandbox, startSandbox } from './providers/sandbox/server.ts';
import { cores, type Foundation } from './services.ts';
import { createSteps } from './steps/index.ts';
import { noticedStore } from './steps/noticedStore.ts';
import { rememberedStore } from './steps/rememberedStore.ts';
import { type Deliveries, startDeliveries } from './webhooks/deliveries.ts';

/** What a worker works with: its vendors, where the sandbox stands in for those without credentials, and its kinds of steps. */
export interface Workshop {
  /** One worker at a time. */
  openWorker(onLost: OnLost): Promise<Worker>;
  close(): Promise<void>;
}

export async function openWorkshop(base: Foundation): Promise<Workshop> {
  const sandbox = await openSandbox(base);
  const equipment = equipmentOf(base, sandbox);
  return {
    openWorker: (onLost) => openWorker(base, { ...equipment, onLost }),
    close: async () => sandbox?.close(),
  };
}

type Equipment = Omit<WorkerOptions, 'pgPool' | 'onLost'>;

function equipmentOf(base: Foundation, sandbox: Sandbox | undefined): Equipment {
  const { config, db, databaseUrl, store, media, metrics, tracer, log } = base;
  const providers = watchedProviders(createProviders(config, sandbox?.url), metrics);
  const noticed = noticedStore(store, () => storeIsBack(db, log));
  const { prices, maxTasksPerUser } = config;
  const steps = createSteps({ providers, store: rememberedStore(noticed, db), media, prices, maxTasksPerUser });
  const { video } = providers;
  return {
    db,
    databaseUrl,
    steps: watchedSteps(steps, metrics),
    upstream: { pollMs: video.capabilities.pollMs, poll: video.poll, cancel: video.cancel },
    policies: policiesOf(config, providers),
    concurrency: config.workerConcurrency,
    filmsAtOnce: cores,
    kept: config.kept,
    lists: [{ vendor: 'tuzi', list: video.list }],
    crashAt: config.crashAt,
    tracer,
    log,
  };
}

async function openWorker(base: Foundation, options: Omit<WorkerOptions, 'pgPool'>): Promise<Worker> {
  const onTrouble = (err: string) => base.log.warn({ err }, 'a wake-up connection broke');
  const wakeUps = openWakeUpPool(base.databaseUrl, { max: 6, what: 'wake-ups', onTrouble });
  const worker = await startWorker({ ...options, pgPool: wakeUps.pool });
  const deliveries = await openDeliveries(base);
  return {
    ...worker,
    async stop(graceMs) {
      if (worker.isLost()) for (const { cut } of [wakeUps, deliveries]) cut();
      await Promise.all([worker.stop(graceMs), deliveries.stop(graceMs)]);
      await wakeUps.end();
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
