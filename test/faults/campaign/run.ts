import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import { createRandom, type Random } from '../random.ts';
import { createCare } from './care.ts';
import { check } from './check.ts';
import { type Detection, measureDetection } from './checkProcesses.ts';
import { type Cluster, type ClusterOptions, startCluster } from './cluster.ts';
import { strikeDatabase } from './databaseFaults.ts';
import { type Evidence, factsOf, readEvidence } from './evidence.ts';
import { join as joinAs, order, type Person } from './people.ts';
import type { Plan } from './plan.ts';
import { freeze, kill, killAtPoints, restart } from './processFaults.ts';
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

const patienceMs = 420_000;

/** One campaign: load, faults, calm, and then the checker, which reads nothing but what was written down. */
export async function runCampaign(options: CampaignOptions): Promise<Verdict> {
  const cluster = await startCluster(options);
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
  const state = { over: false };
  const forMs = plan.seconds * 1_000;
  const busy = keepBusy(cluster, { random, people, care, state, load: plan.load });
  await Promise.all([
    kill(cluster, random, plan, forMs),
    plan.points > 0 ? killAtPoints(cluster, random, plan, forMs) : undefined,
    freeze(cluster, random, plan, forMs),
    restart(cluster, random, plan, forMs),
    strikeDatabase(cluster, random, plan, forMs),
    strikeVendors(cluster, random, plan, forMs),
    spread(random, { count: plan.cancels, forMs }, () => care.cancelOne()),
    delay(forMs),
  ]);
  state.over = true;
  await calmVendors(cluster);
  cluster.history.record({ type: 'calm' });
  say('the faults are over, waiting for everything to come to rest');
  const calmAt = performance.now();
  await busy;
  const rested = async () => {
    await care.look().catch(() => undefined);
    await delay(300);
    return (await care.open()) === 0;
  };
  await eventually('all tasks have ended', rested, settleWithinMs).catch((error: Error) => say(error.message));
  return performance.now() - calmAt;
}

interface Busy {
  random: Random;
  people: Person[];
  care: ReturnType<typeof createCare>;
  state: { over: boolean };
  load: number;
}

/** Keeps so many tasks open, and people looking after theirs. */
async function keepBusy(cluster: Cluster, { random, people, care, state, load }: Busy): Promise<void> {
  while (!state.over) {
    try {
      const missing = load - (await care.open());
      await Promise.all(
        Array.from({ length: Math.min(missing, 6) }, () => order(cluster, random, random.pick(people))),
      );
      await care.look();
    } catch {
      cluster.history.record({ type: 'answer', what: 'a person', status: 503, retryAfter: '1', code: null });
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
  await eventually('the readers have read everything', caughtUp, 20_000).catch(() => undefined);
}

async function countsOf(evidence: Evidence): Promise<Record<string, number>> {
  const { db } = evidence;
  const number = async (query: string): Promise<number> => Number((await db.raw(query)).rows[0]?.n ?? 0);
  const faults = factsOf(evidence, 'fault');
  const of = (test: (kind: string) => boolean) => faults.filter(({ kind }) => test(kind)).length;
  return {
    kills: faults.filter(({ kind, note, target }) => kind === 'SIGKILL' && note !== 'to be armed' && !isVendor(target))
      .length,
    points: faults.filter(({ kind, note }) => kind === 'point' && !note?.startsWith('missed')).length,
    pointsMissed: faults.filter(({ kind, note }) => kind === 'point' && note?.startsWith('missed')).length,
    placesReached: new Set(
      faults.filter(({ kind, note }) => kind === 'point' && !note?.startsWith('missed')).map(({ note }) => note),
    ).size,
    stops: of((kind) => kind === 'SIGSTOP'),
    terms: of((kind) => kind === 'SIGTERM'),
    postgres: of((kind) => kind.startsWith('postgres')),
    vendorFaults: of((kind) => kind.startsWith('vendor')),
    vendorKills: faults.filter(({ kind, target }) => kind === 'SIGKILL' && isVendor(target)).length,
    exits70: factsOf(evidence, 'exit').filter(({ code }) => code === 70).length,
    tasks: await number('select count(*) as n from tasks'),
    completed: await number(`select count(*) as n from tasks where status = 'completed'`),
    stepsDone: await number(`select count(*) as n from steps where status = 'done'`),
    claims: await number('select sum(attempts) as n from steps'),
    crashes: await number(
      `select count(*) as n from fault_audit where from_status = 'running' and to_status = 'ready'`,
    ),
    dead: await number(`select count(*) as n from fault_audit where to_status = 'dead'`),
    reviews: await number(`select count(*) as n from fault_audit where to_status = 'needs_review'`),
    calls: await number('select count(*) as n from provider_calls'),
    sends: await number('select sum(send_count) as n from provider_calls'),
    charges: evidence.charges.length,
    orphans: await number('select count(*) as n from provider_orphans'),
    events: await number('select count(*) as n from events'),
    told: factsOf(evidence, 'event').length,
    unavailable: factsOf(evidence, 'answer').length,
  };
}

const isVendor = (name: string) => name === 'glm' || name === 'gemini' || name === 'tuzi';
