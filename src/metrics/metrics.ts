import type { Knex } from 'knex';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from '../log.ts';
import { createDatabaseGauges } from './databaseGauges.ts';

export interface Answered {
  /** The operationId, or `none` for what the contract does not have. */
  operation: string;
  method: string;
  status: number;
  seconds: number;
}

/** How one kind of work is watched: how long each took and how it ended, and how much of it is under way. */
export interface Watch {
  seconds: Histogram;
  underWay: Gauge;
}

/** What this process and the database tell a Prometheus server. One registry per program, so that several fit into one process. */
export interface Metrics {
  readonly contentType: string;
  readonly steps: Watch;
  readonly vendors: Watch;
  readonly media: Watch;
  readonly storage: Watch;
  answered(answer: Answered): void;
  /** Asked at every scrape: connections of this process that are open now. */
  watchStreams(open: () => { sse: number; websocket: number; listening: boolean }): void;
  watchPool(db: Knex): void;
  /** An event was passed on to those who follow it live, so long after its commit. */
  eventTold(lagSeconds: number): void;
  /** The text of a scrape. The database is asked at most once a second; where it does not answer, `directorai_database_up` is 0. */
  text(): Promise<string>;
}

const quick = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const instant = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const slow = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

export function createMetrics(db: Knex, log: Log): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
  const http = new Histogram({
    name: 'directorai_http_request_duration_seconds',
    help: 'From the first byte of a request to the end of its answer; streams last as long as their readers stay.',
    labelNames: ['operation', 'method', 'status'],
    buckets: quick,
    registers,
  });
  const lag = new Histogram({
    name: 'directorai_event_lag_seconds',
    help: "From an event's commit, by the database's clock, to the moment this process had told all who follow it here.",
    buckets: instant,
    registers,
  });
  const watch = (
    name: string,
    what: string,
    labels: string[],
    { plural = `${name}s`, buckets = slow } = {},
  ): Watch => ({
    seconds: new Histogram({
      name: `directorai_${name}_duration_seconds`,
      help: `How long ${what} took, by how it ended.`,
      labelNames: [...labels, 'outcome'],
      buckets,
      registers,
    }),
    underWay: new Gauge({
      name: `directorai_${plural}_in_progress`,
      help: `Under way in this process now: ${what}.`,
      labelNames: labels,
      registers,
    }),
  });
  const refresh = createDatabaseGauges({ db, log, registers });
  return {
    contentType: registry.contentType,
    steps: watch('step', 'a run of a step', ['kind']),
    vendors: watch('vendor_call', 'a call to a vendor', ['vendor', 'call']),
    media: watch('media_job', 'a use of ffmpeg, the wait for a core included,', ['task']),
    storage: watch('storage', 'an operation on the object store', ['operation'], {
      plural: 'storage_operations',
      buckets: quick,
    }),
    answered: ({ operation, method, status, seconds }) => http.observe({ operation, method, status }, seconds),
    watchStreams: (open) => watchStreams(registry, open),
    watchPool: (pool) => watchPool(registry, pool),
    eventTold: (seconds) => lag.observe(seconds),
    async text() {
      await refresh();
      return registry.metrics();
    },
  };
}

function watchStreams(registry: Registry, open: () => { sse: number; websocket: number; listening: boolean }): void {
  new Gauge({
    name: 'directorai_streams_open',
    help: 'Event streams and sockets that this process holds open.',
    labelNames: ['transport'],
    registers: [registry],
    collect() {
      const { sse, websocket } = open();
      this.set({ transport: 'sse' }, sse);
      this.set({ transport: 'websocket' }, websocket);
    },
  });
  new Gauge({
    name: 'directorai_event_listener_up',
    help: '1 while this process hears of new events at once; at 0 it polls for them.',
    registers: [registry],
    collect() {
      this.set(open().listening ? 1 : 0);
    },
  });
}

interface Pool {
  numUsed(): number;
  numFree(): number;
  numPendingAcquires(): number;
}

function watchPool(registry: Registry, db: Knex): void {
  const pool: Pool = db.client.pool;
  new Gauge({
    name: 'directorai_database_pool_connections',
    help: 'Connections of this process in use and free, and callers that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'used' }, pool.numUsed());
      this.set({ state: 'free' }, pool.numFree());
      this.set({ state: 'waited_for' }, pool.numPendingAcquires());
    },
  });
}
