import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Guard, guards } from './guards.ts';
import { runSchedule, type Schedule } from './run.ts';

export interface SimulationReport {
  schedules: number;
  events: number;
  steps: number;
  faults: Record<string, number>;
  /** The first few schedules that broke a promise, with their seeds. */
  broken: Pick<Schedule, 'seed' | 'idempotency' | 'violations'>[];
}

const keptOfBroken = 5;

/** Seeds `from` up to but without `to`, in this process. */
export function runSchedules(from: number, to: number): SimulationReport {
  const report: SimulationReport = { schedules: 0, events: 0, steps: 0, faults: {}, broken: [] };
  for (let seed = from; seed < to; seed += 1) add(report, runSchedule(seed));
  return report;
}

function add(report: SimulationReport, { seed, idempotency, violations, events, steps, counts }: Schedule): void {
  report.schedules += 1;
  report.events += events;
  report.steps += steps;
  for (const [fault, count] of Object.entries(counts)) report.faults[fault] = (report.faults[fault] ?? 0) + count;
  if (violations.length > 0 && report.broken.length < keptOfBroken)
    report.broken.push({ seed, idempotency, violations });
}

const worker = fileURLToPath(new URL('./share.ts', import.meta.url));

function runShare(from: number, to: number): Promise<SimulationReport> {
  const child = fork(worker, [String(from), String(to)]);
  return new Promise((resolve, reject) => {
    child.once('message', (report) => resolve(report as SimulationReport));
    child.once('exit', (code) => reject(new Error(`a share of the simulation ended with ${code}`)));
  });
}

/** The same schedules over all cores; which of them runs where changes nothing. */
export async function simulate(from: number, count: number): Promise<SimulationReport> {
  const shares = Math.min(availableParallelism(), count);
  const size = Math.ceil(count / shares);
  const reports = await Promise.all(
    Array.from({ length: shares }, (_, n) => runShare(from + n * size, Math.min(from + count, from + (n + 1) * size))),
  );
  return reports.reduce(merge);
}

function merge(one: SimulationReport, other: SimulationReport): SimulationReport {
  const faults = { ...one.faults };
  for (const [fault, count] of Object.entries(other.faults)) faults[fault] = (faults[fault] ?? 0) + count;
  return {
    schedules: one.schedules + other.schedules,
    events: one.events + other.events,
    steps: one.steps + other.steps,
    faults,
    broken: [...one.broken, ...other.broken].slice(0, keptOfBroken),
  };
}

export interface Detected {
  guard: Guard;
  /** How many schedules it took until one broke a promise; undefined: none of them did. */
  after: number | undefined;
  how: string;
}

const tooManySchedules = 20_000;

/** Takes each guard away in turn and runs schedules until one notices. */
export function detectMissingGuards(from: number): Detected[] {
  return guards.map((guard) => {
    for (let n = 0; n < tooManySchedules; n += 1) {
      const { violations } = runSchedule(from + n, [guard]);
      if (violations.length > 0) return { guard, after: n + 1, how: violations[0] ?? '' };
    }
    return { guard, after: undefined, how: 'not noticed' };
  });
}
