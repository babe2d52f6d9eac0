import { Logger, run } from 'graphile-worker';
import { openWakeUpPool } from '../db/wakeUpPool.ts';
import { listSealedSecrets, replaceSealedSecrets } from '../db/webhookEndpoints.ts';
import type { Log } from '../log.ts';
import { createDeliver, type DeliverJob, type DeliverOptions } from './deliver.ts';
import { resealWebhookSecret } from './secrets.ts';

export interface DeliveriesOptions extends Omit<DeliverOptions, 'signal'> {
  databaseUrl: string;
  /** Attempts at once. */
  concurrency?: number;
  /** How often attempts that fall due are looked for. */
  pollMs?: number;
}

export interface Deliveries {
  /** Ends its connections, so that nothing waits for a database that does not answer. */
  cut(): void;
  /** Takes no more, lets attempts end for `graceMs` and leaves the rest to other processes. */
  stop(graceMs: number): Promise<void>;
}

/** Sends what is due. Its own runner and connections, so that slow receivers take nothing from the making of films. */
export async function startDeliveries(options: DeliveriesOptions): Promise<Deliveries> {
  const { databaseUrl, concurrency = 20, pollMs = 1_000, log } = options;
  await resealEndpoints(options);
  const ending = new AbortController();
  const deliver = createDeliver({ ...options, signal: ending.signal });
  const onTrouble = (err: string) => log.warn({ err }, 'a webhook connection broke');
  const connections = openWakeUpPool(databaseUrl, { max: 3, what: 'webhooks', onTrouble });
  const runner = await run({
    pgPool: connections.pool,
    taskList: { deliverWebhook: (payload) => deliver(payload as DeliverJob) },
    concurrency,
    noHandleSignals: true,
    pollInterval: pollMs,
    logger: quietLogger(log),
  });
  return {
    cut: connections.cut,
    async stop(graceMs) {
      const cut = setTimeout(() => ending.abort(new Error('the process ends')), graceMs);
      await runner.stop();
      clearTimeout(cut);
      await connections.end();
    },
  };
}

/** During a rotation of the installation's secret: what a former one sealed is sealed with the present one, so that the former can go. */
async function resealEndpoints({ db, secret, formerSecrets = [], log }: DeliveriesOptions): Promise<void> {
  if (formerSecrets.length === 0) return;
  let resealed = 0;
  for (let after: string | undefined; ; ) {
    const endpoints = await listSealedSecrets(db, after, 500);
    for (const { id, ...kept } of endpoints) {
      const fresh = {
        secret: resealWebhookSecret(secret, id, kept.secret, formerSecrets),
        previousSecret: resealWebhookSecret(secret, id, kept.previousSecret, formerSecrets),
      };
      if (fresh.secret ?? fresh.previousSecret) resealed += await replaceSealedSecrets(db, id, kept.secret, fresh);
    }
    after = endpoints.at(-1)?.id;
    if (after === undefined) break;
  }
  log.info({ resealed }, 'webhook secrets are sealed with the present secret');
}

const quietLogger = (log: Log): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error({ source: 'graphile-worker' }, message);
    else if (level === 'warning' && !message.includes('maxPoolSize')) log.warn({ source: 'graphile-worker' }, message);
  });
