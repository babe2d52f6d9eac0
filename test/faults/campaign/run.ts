import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { unlessInterrupted } from '../interrupt.ts';
import { createRandom, type Random } from '../random.ts';
import { watchActivity } from './activity.ts';
import { awayFor, keepBusy, wishesAtMost } from './busy.ts';
import { createCare } from './care.ts';
import { type Checked, check } from './check.ts';
import { type Detection, measureDetection } from './checkProcesses.ts';
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts';
import { countsOf } from './counts.ts';
import { strikeDatabase } from './databaseFaults.ts';
import { readEvidence } from './evidence.ts';
import { createGoal, type Goal } from './goal.ts';
import { internalErrorsIn } from './logs.ts';
import { strikeMedia } from './mediaFaults.ts';
import { join as joinAs, type OrderType, type Person } from './people.ts';
import type { FaultKind, Plan } from './plan.ts';
import { killAtPoints, placesFor } from './pointFaults.ts';
import { freeze, kill, moveClocks, restart } from './processFaults.ts';
import { follow } from './reader.ts';
import { watchSizes } from './sizes.ts';
import { type Pace, spread } from './spread.ts';
import { strikeStorage } from './storageFaults.ts';
import { calmVendors, strikeVendors } from './vendorFaults.ts';

export interface Verdict {
  checked: Checked[];
  violations: string[];
  counts: Record<string, number>;
  detection: Detection;
  stopMs: number[];
  /** From the last fault until everything was at rest. */
  settledMs: number;
}

export interface CampaignOptions extends ClusterOptions {
  seed: number;
  plan: Plan;
  say(line: string): void;
  /** When the folder with history, logs and vendors' books stays. */
  keep?: 'always' | 'whenBroken';
  /** How long nothing may be finished once the faults are over, while tasks are open. */
  stillAtMostMs?: number;
}

const stillAtMostMs = 120_000;
const settledWithinMs = 1_200_000;
const armedAtOnce = 3;

/** One campaign: load, faults, calm, and then the checker, which reads nothing but what was written down. */
export async function runCampaign(options: CampaignOptions): Promise<Verdict> {
  const { plan, say } = options;
  const cluster = await startCluster({
    armed: plan.points > 0 ? armedAtOnce : 0,
    wrongClocks: plan.clocks > 0,
    ...options,
  });
  let keep = options.keep === 'always';
  try {
    const verdict = await unlessInterrupted(play(cluster, options));
    keep ||= options.keep === 'whenBroken' && verdict.violations.length > 0;
    for (const message of await internalErrorsIn(cluster.dir)) say(`  an internal error: ${message}`);
    return verdict;
  } finally {
    if (keep) say(`  kept in ${cluster.dir}`);
    await cluster.close(keep);
  }
}

async function play(cluster: Cluster, options: CampaignOptions): Promise<Verdict> {
  const { plan } = options;
  const random = createRandom(options.seed);
  const people = await Promise.all(['ada', 'bob', 'cleo', 'dan'].map((name) => joinAs(cluster, name)));
  const budgets = plan.budgets ?? { people: 1, micros: 9_999_000 };
  for (const { id } of people.slice(-budgets.people)) await limit(cluster, id, budgets.micros);
  const readers = people.flatMap((person, n) => [1, 2].map((of) => follow(cluster, person, `reader ${n + 1}.${of}`)));
  const places = plan.places ?? placesFor(options.seed, plan.points);
  const settledMs = await storm(cluster, { random, people, places, ...options });
  await readersCaughtUp(
    cluster,
    people,
    readers.map(({ lastSeq }) => lastSeq),
  );
  await Promise.all(readers.map((reader) => reader.close()));
  await everyDeathNoticed(cluster);
  const stopMs = await cluster.stopProgram();
  const { dir, history, vendors, db, mediaDir } = cluster;
  const evidence = await readEvidence({ history: history.file, vendors, db, dataDir: join(dir, 'data'), mediaDir });
  const checked = await check(evidence);
  const violations = checked.flatMap((promise) => promise.violations);
  return {
    checked,
    violations,
    counts: await countsOf(evidence),
    detection: await measureDetection(evidence),
    stopMs,
    settledMs,
  };
}

/** From now on all this person's purchases race for the same money. */
const limit = ({ db }: Cluster, userId: string, micros: number) =>
  db('budgets').insert({ user_id: userId, day_micros: micros }).onConflict('user_id').merge();

interface Storm {
  random: Random;
  people: Person[];
  places: string[];
  plan: Plan;
  say(line: string): void;
  stillAtMostMs?: number;
}

async function storm(cluster: Cluster, run: Storm): Promise<number> {
  const { random, people, plan, say } = run;
  const care = createCare(cluster, random, people);
  const state = { over: false, steps: 0 };
  const wishes: OrderType[] = [];
  const busy = keepBusy(cluster, { random, people, care, state, load: plan.load, wishes });
  const goal = createGoal(cluster, { ...run, steps: () => state.steps });
  const stopWatching = watchSizes(cluster);
  const telling = setInterval(() => say(goal.line()), tellEveryMs);
  await strikeAll(cluster, { ...run, goal, wishes, cancelOne: care.cancelOne });
  clearInterval(telling);
  say(goal.line());
  state.over = true;
  await Promise.all([calmVendors(cluster), cluster.media.calm()]);
  cluster.bucket?.calm();
  cluster.history.record({ type: 'calm' });
  say('the faults are over, waiting for everything to come to rest');
  const calmAt = performance.now();
  const stopLooking = watchActivity(cluster);
  await busy;
  await comeToRest(cluster, care, run.stillAtMostMs ?? stillAtMostMs).catch((error: Error) => say(error.message));
  stopLooking();
  stopWatching();
  return performance.now() - calmAt;
}

/** However slow the machine is: only standing still is a fault, and going on for twenty minutes. */
async function comeToRest(cluster: Cluster, care: ReturnType<typeof createCare>, stillMs: number): Promise<void> {
  const settledBy = performance.now() + settledWithinMs;
  let best = Number.POSITIVE_INFINITY;
  let since = performance.now();
  for (;;) {
    await care.look().catch(awayFor('a look', cluster));
    await delay(300);
    const open = await care.open().catch(awayFor('a look', cluster));
    if (open === 0) return;
    const now = performance.now();
    if (open !== undefined && open < best) [best, since] = [open, now];
    if (now > settledBy || now - since > stillMs) throw new Error(`${open} tasks are open, and stand still`);
  }
}

const tellEveryMs = 10_000;

type Strikes = Storm & { goal: Goal; wishes: OrderType[]; cancelOne(): Promise<void> };

/** Every kind of fault at once, each at its own pace, until there was enough of each and enough was finished, or the time is over. */
async function strikeAll(cluster: Cluster, run: Strikes): Promise<void> {
  const { random, plan, places, goal, wishes, cancelOne } = run;
  const forMs = plan.seconds * 1_000;
  const until = performance.now() + forMs + plan.secondsMore * 1_000;
  const over = () => plan.steps > 0 && goal.isReached();
  const pace = (kind: FaultKind): Pace => ({ count: plan[kind], forMs, until, over, enough: () => goal.reached(kind) });
  const want = (type: OrderType) => void (wishes.length < wishesAtMost && wishes.push(type));
  await Promise.all([
    kill(cluster, random, pace('kills')),
    killAtPoints(cluster, random, { places, until, want, goOn: () => !goal.isReached() }),
    freeze(cluster, random, pace('stops'), plan.stopMs),
    restart(cluster, random, pace('terms')),
    moveClocks(cluster, random, pace('clocks')),
    strikeDatabase(cluster, random, pace('postgres')),
    strikeVendors(cluster, random, pace('vendor')),
    strikeMedia(cluster, random, pace('media'), want),
    strikeStorage(cluster, random, pace('storage')),
    spread(random, pace('cancels'), () => cancelOne().catch(awayFor('a cancel', cluster))),
    restOnceOnlyPointsAreLeft(cluster, goal, until),
    unlessReached(goal, plan, forMs),
  ]);
  for (const worker of cluster.workers) worker.resume();
}

/** A run that asks for no number of steps lasts as long as it says. */
async function unlessReached(goal: Goal, plan: Plan, forMs: number): Promise<void> {
  const until = performance.now() + forMs;
  while (performance.now() < until && !(plan.steps > 0 && goal.isReached())) await delay(200);
}

/** Then the work is left to the workers that are to be killed at a named place, which get there sooner. */
async function restOnceOnlyPointsAreLeft({ workers }: Cluster, goal: Goal, until: number): Promise<void> {
  while (!goal.isReached() && performance.now() < until) {
    if (goal.lacksOnly('points')) for (const worker of workers) worker.rest();
    await delay(500);
  }
}

/** A worker that died in the last second is still to be noticed; one that never is stays for the checker. */
async function everyDeathNoticed({ db, workers, armed }: Cluster): Promise<void> {
  const noticed = async () => {
    const open = await db('worker_sessions').whereNull('fenced_at').pluck<string[]>('host');
    const living = new Set([...workers, ...armed].map(({ pid }) => `${pid}`));
    return open.every((host) => living.has(host.split(':').at(-1) ?? ''));
  };
  await eventually('every death is noticed', () => noticed().catch(() => false), 30_000).catch(() => undefined);
}

async function readersCaughtUp(cluster: Cluster, people: Person[], lastSeqs: (() => number)[]): Promise<void> {
  const caughtUp = async () => {
    const cursors: { user_id: string; last_seq: number }[] = await cluster
      .db('event_cursors')
      .select('user_id', 'last_seq');
    return lastSeqs.every((lastSeq, n) => {
      const person = people[Math.floor(n / 2)];
      return lastSeq() === (cursors.find(({ user_id: id }) => id === person?.id)?.last_seq ?? 0);
    });
  };
  const looked = () => caughtUp().catch(() => false);
  await eventually('the readers have read everything', looked, 20_000).catch(() => undefined);
}
