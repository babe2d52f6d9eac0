import type { Knex } from 'knex';
import type { StoredFailure } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Origin, withOrigin } from '../tracing/origin.ts';
import type { Tracer } from '../tracing/tracer.ts';
import { afterFailedPoll, afterPoll } from './callRules.ts';
import type { CrashPoint } from './crashPoint.ts';
import { move } from './ledgerStore.ts';
import { FencedError, type Upstream } from './step.ts';
import { failStep, releaseStep } from './stepStore.ts';

const batchEveryMs = 100;
const batchSize = 250;

export interface PollerOptions {
  db: Knex;
  poolId: string;
  upstream: Upstream;
  crash: CrashPoint;
  assertAlive: () => void;
  tracer?: Tracer | undefined;
  log: Log;
}

export interface Poller {
  stop(): Promise<void>;
}

/** A step that waits for a vendor, with the call it waits for. */
interface Waiting {
  id: string;
  fence: number;
  vendor: string;
  opKey: string | null;
  upstreamId: string | null;
  /** Since the vendor took the call. */
  sinceMs: number | null;
  overdue: boolean;
  /** So long overdue that also a vendor that is away is waited for no longer. */
  overdueAway: boolean;
  cancelled: boolean;
  requestId: string | null;
  traceparent: string | null;
}

/**
 * One loop asks the vendor about every submitted clip that is due. A row taken is leased for 30 s by moving its
 * `not_before`, so two never ask about the same clip at once; the sweeper ends the lease of a poller that died.
 */
export function startPoller(options: PollerOptions): Poller {
  const stopping = new AbortController();
  const state = { timer: undefined as NodeJS.Timeout | undefined, running: Promise.resolve() };
  const schedule = () => {
    state.timer = setTimeout(() => {
      state.running = pollDue(options, stopping.signal)
        .catch((error: Error) => options.log.warn({ err: error.message }, 'polling failed, trying again'))
        .finally(() => {
          if (!stopping.signal.aborted) schedule();
        });
    }, batchEveryMs);
  };
  schedule();
  return {
    async stop() {
      stopping.abort(new Error('stopping'));
      clearTimeout(state.timer);
      await state.running;
    },
  };
}

async function pollDue(given: PollerOptions, signal: AbortSignal): Promise<void> {
  const due = await takeDue(given.db, given.poolId);
  const again: Again[] = [];
  const options = { ...given, again };
  await Promise.all(
    due.map((waiting) => withOrigin(originOf(options, waiting), () => pollOne(options, waiting, signal))),
  ).finally(() => leaveAlone(given.db, again));
}

/** A clip to be asked after again, `at` this process's clock. */
type Again = Pick<Waiting, 'id' | 'fence'> & { at: number };

interface Polling extends PollerOptions {
  /** Gathered over a batch: a vendor that hangs is given up before the lease of the others has passed. */
  again: Again[];
}

const originOf = ({ tracer }: PollerOptions, { requestId, traceparent }: Waiting): Origin => ({
  tracer,
  requestId: requestId ?? undefined,
  traceparent: traceparent ?? undefined,
});

async function takeDue(db: Knex, poolId: string): Promise<Waiting[]> {
  const { rows } = await db.raw<{ rows: Waiting[] }>(
    `with alive as materialized (
       select 1 from worker_sessions where pool_id = ? and fenced_at is null for share),
     due as materialized (
       select s.id from steps s where s.status = 'waiting' and s.not_before <= now() and exists (select from alive)
       order by s.not_before limit ? for update of s skip locked),
     taken as (
       update steps s set not_before = now() + interval '30 seconds', owner_pool = ? from due where s.id = due.id returning s.*)
     select s.id, s.fence::float8 as fence, s.vendor, c.op_key as "opKey", c.upstream_id as "upstreamId",
       extract(epoch from now() - c.updated_at)::float8 * 1000 as "sinceMs", s.deadline_at < now() as overdue,
       s.deadline_at < now() - interval '15 minutes' as "overdueAway", t.status = 'cancelled' as cancelled,
       t.request_id as "requestId", t.traceparent
     from taken s join tasks t on t.id = s.task_id
       left join provider_calls c on c.step_id = s.id and c.status = 'accepted'`,
    [poolId, batchSize, poolId],
  );
  return rows;
}

async function pollOne(options: Polling, waiting: Waiting, signal: AbortSignal): Promise<void> {
  const { db, log } = options;
  try {
    if (!waiting.upstreamId) await releaseStep(db, waiting, { from: 'waiting', delayMs: 0 });
    else if (waiting.cancelled) await cancelUpstream(options, waiting, waiting.upstreamId, signal);
    else await ask(options, waiting, waiting.upstreamId, signal);
  } catch (error) {
    if (signal.aborted || error instanceof FencedError) return;
    log.warn(
      { stepId: waiting.id, err: error instanceof Error ? error.message : error },
      'the vendor could not be asked',
    );
    if (afterFailedPoll(error, waiting) === 'give-up') await giveUp(options, waiting);
    else askAgain(options, waiting);
  }
}

/** The clip did not come in time. What was accepted stays on the books, and a retry goes on waiting for it. */
async function giveUp({ db, log }: PollerOptions, waiting: Waiting): Promise<void> {
  const late: StoredFailure = { code: 7000, key: 'step_deadline', params: {} };
  log.warn({ stepId: waiting.id }, 'the vendor did not finish in time');
  await failStep(db, waiting, late, { from: 'waiting', status: 'failed' });
}

async function ask(options: Polling, waiting: Waiting, upstreamId: string, signal: AbortSignal): Promise<void> {
  const { db, upstream } = options;
  const state = await upstream.poll(upstreamId, signal);
  options.assertAlive();
  if (state.status === 'completed') {
    options.crash('before-collect');
    await book(db, waiting, 'succeeded', { url: state.url ?? null });
    await releaseStep(db, waiting, { from: 'waiting', delayMs: 0 });
  } else if (state.status === 'failed') {
    const failure = upstreamFailure(waiting.vendor, state);
    await book(db, waiting, 'failed', {}, failure);
    await failStep(db, waiting, failure, { from: 'waiting', status: 'failed' });
  } else if (afterPoll(state.status, waiting.overdue) === 'give-up') {
    await giveUp(options, waiting);
  } else {
    askAgain(options, waiting, state.progress);
  }
}

function upstreamFailure(vendor: string, { refused, reason }: { refused: boolean; reason: string }): StoredFailure {
  return refused
    ? { code: 7001, key: 'provider_refused', params: { vendor, input: 'prompt', reason } }
    : { code: 7000, key: 'provider_failed', params: { vendor, reason } };
}

/**
 * How long to leave a clip alone: until it should be done, going by what the vendor says of its progress, but neither less than a
 * fifth of the usual interval nor more than twice it.
 */
export function nextAskMs(pollMs: number, sinceMs: number | null, progress: number | undefined): number {
  if (!sinceMs || !progress || progress >= 100) return pollMs;
  return Math.min(pollMs * 2, Math.max(pollMs / 5, (sinceMs * (100 - progress)) / progress));
}

function askAgain({ upstream, again }: Polling, { id, fence, sinceMs }: Waiting, progress?: number): void {
  again.push({ id, fence, at: performance.now() + nextAskMs(upstream.pollMs, sinceMs, progress) });
}

/** One statement for a batch. It waits for nobody's lock: whoever has a clip's row knows better when it is due. */
async function leaveAlone(db: Knex, clips: readonly Again[]): Promise<void> {
  if (clips.length === 0) return;
  const now = performance.now();
  await db.raw(
    `with clips as (
       select s.id, c.after_ms from unnest(?::uuid[], ?::bigint[], ?::float8[]) as c (id, fence, after_ms)
       join steps s on s.id = c.id and s.fence = c.fence and s.status = 'waiting' for update of s skip locked)
     update steps s set owner_pool = null, not_before = now() + clips.after_ms * interval '1 millisecond'
     from clips where s.id = clips.id`,
    [clips.map(({ id }) => id), clips.map(({ fence }) => fence), clips.map(({ at }) => Math.max(0, at - now))],
  );
}

/** Whether or not the vendor stops, the step does; what was accepted stays on the books. */
async function cancelUpstream(
  options: PollerOptions,
  waiting: Waiting,
  upstreamId: string,
  signal: AbortSignal,
): Promise<void> {
  const { db, upstream, log } = options;
  const stopped = await upstream.cancel(upstreamId, signal).catch((error: Error) => {
    log.warn({ stepId: waiting.id, err: error.message }, 'the vendor did not take the cancel');
    return false;
  });
  await book(db, waiting, stopped ? 'cancelled' : 'abandoned', {});
  await releaseStep(db, waiting, { from: 'waiting', delayMs: 0 });
}

async function book(
  db: Knex,
  waiting: Waiting,
  status: 'succeeded' | 'failed' | 'cancelled' | 'abandoned',
  answer: object,
  failure?: StoredFailure,
): Promise<void> {
  const columns = {
    fence: waiting.fence,
    answer: db.raw('answer || ?::jsonb', [JSON.stringify(answer)]),
    error: failure ? JSON.stringify(failure) : null,
  };
  await move(db, { op_key: waiting.opKey }, { from: 'accepted', to: status, columns });
}
