import type { Knex } from 'knex';
import { Gauge, type Registry } from 'prom-client';
import { type Figures, readFigures } from '../db/figures.ts';
import { workKinds } from '../film/glossary.ts';
import type { Log } from '../log.ts';

const freshMs = 1_000;
const usd = (micros: number): number => micros / 1e6;

/**
 * Gauges of what is true of the whole service and not of one process: every process reports the same figures, so take their `max`,
 * never their sum. The returned function reads them anew, unless that is being done or has just been.
 */
export function createDatabaseGauges(given: { db: Knex; log: Log; registers: Registry[] }): () => Promise<void> {
  const { db, log, registers } = given;
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name: `directorai_${name}`, help, labelNames, registers });
  const up = gauge(
    'database_up',
    '1 where the database answered this scrape; without it the figures below are missing.',
  );
  const gauges = {
    steps: gauge('steps', 'Steps that are not at rest, of the whole service.', 'kind', 'status'),
    age: gauge('queue_age_seconds', 'How long the oldest step that could run has waited for a worker.', 'kind'),
    ambiguous: gauge('ambiguous_calls', 'Paid calls whose answer was lost.', 'vendor'),
    ambiguousUsd: gauge('ambiguous_cost_usd', 'What they may have cost at most.', 'vendor'),
    open: gauge(
      'vendor_calls_open',
      'Calls in the ledger that a vendor is working on, of the whole service.',
      'vendor',
    ),
    coolDown: gauge('vendor_cool_down_seconds', 'For how long a vendor is not called any more.', 'vendor'),
    paused: gauge(
      'spending_paused',
      '1 while an administrator keeps this vendor from being paid for anything.',
      'vendor',
    ),
    workers: gauge('workers', 'Worker processes that are not fenced.', 'state'),
    beat: gauge('worker_beat_age_seconds', 'Age of the oldest beat of a worker; at 15 it is taken for dead.'),
    fellSilent: gauge(
      'workers_fell_silent',
      'Workers taken for dead in the last five minutes because they did not beat.',
    ),
    deliveries: gauge('webhook_deliveries_pending', 'Webhook deliveries that have not arrived yet.'),
    deliveryAge: gauge('webhook_delivery_overdue_seconds', 'How long the most overdue webhook delivery is overdue.'),
  };
  const read = async (): Promise<void> => {
    const figures = await readFigures(db).catch((error: unknown) => {
      log.warn(
        { err: error instanceof Error ? error.message : error },
        'the figures of the database could not be read',
      );
    });
    for (const each of Object.values(gauges)) clear(each);
    if (figures) show(gauges, figures);
    up.set(figures ? 1 : 0);
  };
  let askedAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;
  return async () => {
    if (!reading && performance.now() - askedAt >= freshMs) {
      askedAt = performance.now();
      reading = read().finally(() => {
        reading = undefined;
      });
    }
    await reading;
  };
}

/** Without labels a gauge that is reset shows 0, and not nothing. */
function clear(gauge: Gauge): void {
  gauge.reset();
  gauge.remove({});
}

type Gauges = Record<
  | 'steps'
  | 'age'
  | 'ambiguous'
  | 'ambiguousUsd'
  | 'open'
  | 'coolDown'
  | 'paused'
  | 'workers'
  | 'beat'
  | 'fellSilent'
  | 'deliveries'
  | 'deliveryAge',
  Gauge
>;

function show(gauges: Gauges, { steps, vendors, pauses, workers, deliveries }: Figures): void {
  // An autoscaler takes a figure that is missing for a fault, and stays where it is.
  for (const kind of workKinds) gauges.age.set({ kind }, 0);
  for (const { kind, status, count, waited } of steps) {
    gauges.steps.set({ kind, status }, count);
    if (status === 'ready') gauges.age.set({ kind }, waited);
  }
  for (const { vendor, ambiguous, ambiguousMicros, open, coolDown } of vendors) {
    gauges.ambiguous.set({ vendor }, ambiguous);
    gauges.ambiguousUsd.set({ vendor }, usd(ambiguousMicros));
    gauges.open.set({ vendor }, open);
    gauges.coolDown.set({ vendor }, coolDown);
  }
  for (const { vendor, paused } of pauses) gauges.paused.set({ vendor }, paused ? 1 : 0);
  gauges.workers.set({ state: 'live' }, workers.live);
  gauges.workers.set({ state: 'draining' }, workers.draining);
  gauges.beat.set(workers.oldestBeat);
  gauges.fellSilent.set(workers.fellSilent);
  gauges.deliveries.set(deliveries.pending);
  gauges.deliveryAge.set(deliveries.overdue);
}
