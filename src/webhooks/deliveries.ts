import { Logger, run } from 'graphile-worker';
import pg from 'pg';
import type { Log } from '../log.ts';
import { createDeliver, type DeliverJob, type DeliverOptions } from './deliver.ts';

export interface DeliveriesOptions extends Omit<DeliverOptions, 'signal'> {
  databaseUrl: string;
  /** Attempts at once. */
  concurrency?: number;
  /** How often attempts that fall due are looked for. */
  pollMs?: number;
}

export interface Deliveries {
  /** Takes no more, lets attempts end for `graceMs` and leaves the rest to other processes. */
  stop(graceMs: number): Promise<void>;
}

/** Sends what is due. Its own runner and connections, so that slow receivers take nothing from the making of films. */
export async function startDeliveries(options: DeliveriesOptions): Promise<Deliveries> {
  const { databaseUrl, concurrency = 20, pollMs = 1_000, log } = options;
  const ending = new AbortController();
  const deliver = createDeliver({ ...options, signal: ending.signal });
  const pgPool = new pg.Pool({ connectionString: databaseUrl, max: 3, application_name: 'directorai webhooks' });
  pgPool.on('error', (error) => log.warn({ err: error.message }, 'a webhook connection broke'));
  pgPool.on('connect', (client) => client.on('error', () => log.debug('a webhook connection ended')));
  const runner = await run({
    pgPool,
    taskList: { deliverWebhook: (payload) => deliver(payload as DeliverJob) },
    concurrency,
    noHandleSignals: true,
    pollInterval: pollMs,
    logger: quietLogger(log),
  });
  return {
    async stop(graceMs) {
      const cut = setTimeout(() => ending.abort(new Error('the process ends')), graceMs);
      await runner.stop();
      clearTimeout(cut);
      await pgPool.end();
    },
  };
}

const quietLogger = (log: Log): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error({ source: 'graphile-worker' }, message);
    else if (level === 'warning' && !message.includes('maxPoolSize')) log.warn({ source: 'graphile-worker' }, message);
  });
