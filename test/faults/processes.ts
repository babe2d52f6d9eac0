import { buildProgram, otherWords, removeBuild, shortPatience } from './campaign/build.ts';
import type { ClusterOptions, Mode } from './campaign/cluster.ts';
import { type Plan, placesWanted, timesEach } from './campaign/plan.ts';
import { runCampaign, type Verdict } from './campaign/run.ts';
import type { Options } from './options.ts';
import type { Outcome, Row } from './table.ts';

type Say = (line: string) => void;

/** Three vendors, one of each kind; the seed says which of them is which. */
function modesFor(seed: number): ClusterOptions['modes'] {
  const modes: Mode[] = ['key', 'lookup', 'none'];
  const at = (n: number): Mode => modes[(seed + n) % modes.length] ?? 'key';
  return { glm: at(0), gemini: at(1), tuzi: at(2) };
}

/** The vendor that cannot tell is held for a decision with every other seed, and asked once more with the rest. */
const onDoubtFor = (seed: number) => (Math.floor(seed / 3) % 2 === 0 ? ('resend' as const) : ('hold' as const));

/** Media are kept in a bucket with two seeds of three, on the local disk with the third; faults of the store are a bucket's. */
const storeFor = (seed: number, only: readonly string[]) =>
  only.includes('storage') || Math.floor(seed / 6) % 3 !== 2 ? ('s3' as const) : ('local' as const);

/** Each slice has a campaign of its own. */
const strideOfSlices = 7_919;

export async function runProcesses(options: Options, planned: Plan, say: Say): Promise<Outcome> {
  const { keep, slice, only } = options;
  const seed = options.seed + (slice.k - 1) * strideOfSlices;
  const modes = modesFor(seed);
  const onDoubt = onDoubtFor(seed);
  const store = storeFor(seed, only);
  const plan = store === 's3' ? planned : { ...planned, storage: 0 };
  say(`processes: ${JSON.stringify(plan)} against ${JSON.stringify(modes)}, in doubt ${onDoubt}, store ${store}`);
  const build = `run-${process.pid}`;
  const program = await buildProgram(build, shortPatience);
  const release = await buildProgram(`${build}-other`, [...shortPatience, ...otherWords]);
  try {
    const verdict = await runCampaign({
      program,
      release,
      modes,
      onDoubt,
      store,
      seed,
      plan,
      say,
      keep: keep ? 'always' : 'whenBroken',
    });
    report(verdict, say);
    const promises = verdict.checked.map(({ promise, violations }) => ({ promise, broken: violations.length }));
    return { rows: rowsOf(plan, verdict), promises };
  } finally {
    await removeBuild(build);
    await removeBuild(`${build}-other`);
  }
}

const told = 20;

function report({ violations, counts, detection, stopMs, settledMs }: Verdict, say: Say): void {
  const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  const most = (ms: number[]) => (ms.length > 0 ? `${ms.length}, the slowest ${inSeconds(Math.max(...ms))}` : 'none');
  say(`  ${JSON.stringify(counts)}`);
  say(
    `  at rest ${inSeconds(settledMs)} after the last fault; the slowest stop took ${inSeconds(Math.max(...stopMs))}`,
  );
  say(`  deaths noticed: ${most(detection.killMs)}; freezes noticed: ${most(detection.freezeMs)}`);
  for (const violation of violations.slice(0, told)) say(`  BROKEN: ${violation}`);
  if (violations.length > told) say(`  and ${violations.length - told} more`);
}

/** Which promise broke under which fault nobody can tell: what broke is counted with the promises. */
function rowsOf(plan: Plan, { counts }: Verdict): Row[] {
  const row = (what: string, asked: number, done = 0): Row => ({ what, asked, done, broken: 0 });
  const faults = [
    row('SIGKILL at random times', plan.kills, counts.kills),
    row('SIGKILL at named points', plan.points, counts.points),
    row(`named places with ${timesEach} SIGKILLs each`, plan.points > 0 ? placesWanted(plan) : 0, counts.places),
    row('SIGSTOP and SIGCONT', plan.stops, counts.stops),
    row(
      'PostgreSQL ended, cut, refusing, silent, exhausted, migrated; wake-ups lost and doubled',
      plan.postgres,
      counts.postgres,
    ),
    row('faults of vendors that a call met', plan.vendor, counts.vendor),
    row('faults of ffmpeg that a film met', plan.media, counts.media),
    row('faults of the store that a request met', plan.storage, counts.storage),
    row('SIGTERM under load', plan.terms, counts.terms),
    row('clocks of workers put an hour ahead or behind', plan.clocks, counts.clocks),
  ];
  return [
    ...faults.filter(({ asked }) => asked !== 0),
    row('steps finished under faults', plan.steps, counts.stepsUnderFaults),
  ];
}
