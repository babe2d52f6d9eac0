import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { createRandom, type Random } from '../random.ts';
import { createCare } from './care.ts';
import { check } from './check.ts';
import { type Detection, measureDetection } from './checkProcesses.ts';
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts';
import { countsOf } from './counts.ts';
import { strikeDatabase } from './databaseFaults.ts';
import { readEvidence } from './evidence.ts';
import { join as joinAs, type OrderType, order, type Person } from './people.ts';
import type { Plan } from './plan.ts';
import { killAtPoints } from './pointFaults.ts';
import { freeze, kill, restart } from './processFaults.ts';
import { follow } from './reader.ts';
import { spread } from './spread.ts';
import { calmVendors, strikeVendors } from './vendorFaults.ts';

export interface Verdict {
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
  /** The folder with history, logs and vendors' books stays. */
  keep?: boolean;
  settleWithinMs?: number;
}

const patienceMs = 300_000;
const armedAtOnce = 2;

/** One campaign: load, faults, calm, and then the checker, which reads nothing but what was written down. */
export async function runCampaign(options: CampaignOptions): Promise<Verdict> {
  const cluster = await startCluster({ armed: options.plan.points > 0 ? armedAtOnce : 0, ...options });
  try {
    const random = createRandom(options.seed);
    const people = await Promise.all(['ada', 'bob', 'cleo', 'dan'].map((name) => joinAs(cluster, name)));
    const readers = people.flatMap((person, n) => [1, 2].map((of) => follow(cluster, person, `reader ${n + 1}.${of}`)));
    const settledMs = await storm(cluster, { random, people, ...options });
    await readersCaughtUp(
      cluster,
      people,
      readers.map(({ lastSeq }) => lastSeq),
    );
    await Promise.all(readers.map((reader) => reader.close()));
    const stopMs = await cluster.stopProgram();
    const { dir, history, vendors, db } = cluster;
    const evidence = await readEvidence({ history: history.file, vendors, db, dataDir: join(dir, 'data') });
    const violations = await check(evidence);
    return {
      violations,
      counts: await countsOf(evidence),
      detection: await measureDetection(evidence),
      stopMs,
      settledMs,
    };
  } finally {
    await cluster.close(options.keep ?? false);
  }
}

interface Storm {
  random: Random;
  people: Person[];
  plan: Plan;
  say(line: string): void;
  settleWithinMs?: number;
}

async function storm(
  cluster: Cluster,
  { random, people, plan, say, settleWithinMs = patienceMs }: Storm,
): Promise<number> {
  const care = createCare(cluster, random, people);
  const state = { over: false, steps: 0 };
  const forMs = plan.seconds * 1_000;
  const wishes: OrderType[] = [];
  const want = (type: OrderType) => void (wishes.length < wishesAtMost && wishes.push(type));
  const busy = keepBusy(cluster, { random, people, care, state, load: plan.load, wishes });
  await Promise.all([
    kill(cluster, random, plan, forMs),
    killAtPoints(cluster, random, {
      plan,
      forMs: forMs + plan.secondsMore * 1_000,
      want,
      goOn: () => state.steps < plan.steps,
    }),
    freeze(cluster, random, plan, forMs),
    restart(cluster, random, plan, forMs),
    strikeDatabase(cluster, random, plan, forMs),
    strikeVendors(cluster, random, plan, forMs),
    spread(random, { count: plan.cancels, forMs }, () => care.cancelOne().catch(awayFor('a cancel', cluster))),
    delay(forMs),
  ]);
  state.over = true;
  await calmVendors(cluster);
  cluster.history.record({ type: 'calm' });
  say('the faults are over, waiting for everything to come to rest');
  const calmAt = performance.now();
  await busy;
  const rested = async () => {
    await care.look().catch(awayFor('a look', cluster));
    await delay(300);
    return (await care.open().catch(awayFor('a look', cluster))) === 0;
  };
  await eventually('all tasks have ended', rested, settleWithinMs).catch((error: Error) => say(error.message));
  return performance.now() - calmAt;
}

/** A person, or the campaign's own look into the database, that met one of the faults: it tries again later. */
function awayFor(what: string, { history }: Cluster): (error: unknown) => undefined {
  return (error) =>
    void history.record({ type: 'away', what, why: error instanceof Error ? error.message : `${error}` });
}

interface Busy {
  random: Random;
  people: Person[];
  care: ReturnType<typeof createCare>;
  state: { over: boolean; steps: number };
  load: number;
  /** What is ordered next. */
  wishes: OrderType[];
}

const wishesAtMost = 6;
const ordersAtOnce = 10;

/** Keeps so many tasks open, and people looking after theirs. */
async function keepBusy(cluster: Cluster, { random, people, care, state, load, wishes }: Busy): Promise<void> {
  while (!state.over) {
    try {
      const missing = load - (await care.open());
      const count = Math.min(Math.max(missing, wishes.length), ordersAtOnce);
      await Promise.all(
        Array.from({ length: count }, () => order(cluster, random, random.pick(people), wishes.shift())),
      );
      await care.look();
      const [done] = await cluster.db('fault_audit').where({ to_status: 'done' }).count<{ n: string }[]>({ n: '*' });
      state.steps = Number(done?.n ?? 0);
    } catch (error) {
      awayFor('a person', cluster)(error);
    }
    await delay(150);
  }
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
