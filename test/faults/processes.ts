import { buildProgram, removeBuild } from './campaign/build.ts';
import type { ClusterOptions, Mode } from './campaign/cluster.ts';
import type { Plan } from './campaign/plan.ts';
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

export async function runProcesses({ seed, keep }: Options, plan: Plan, say: Say): Promise<Outcome> {
  const modes = modesFor(seed);
  say(`processes: ${JSON.stringify(plan)} against ${JSON.stringify(modes)}`);
  const build = `run-${process.pid}`;
  const program = await buildProgram(build);
  try {
    const verdict = await runCampaign({ program, modes, seed, plan, say, keep });
    report(verdict, say);
    return { rows: rowsOf(plan, verdict), broken: verdict.violations.length };
  } finally {
    await removeBuild(build);
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

/** Which promise broke under which fault nobody can tell: all that broke stands in the last row. */
function rowsOf(plan: Plan, { counts, violations }: Verdict): Row[] {
  const row = (what: string, asked: number, done = 0): Row => ({ what, asked, done, broken: 0 });
  const faults = [
    row('SIGKILL at random times', plan.kills, counts.kills),
    row(`SIGKILL at named points (${counts.placesReached} of ${counts.places} places)`, plan.points, counts.points),
    row('SIGSTOP and SIGCONT', plan.stops, counts.stops),
    row('PostgreSQL ended, cut, refusing, silent', plan.postgres, counts.postgres),
    row('faults of vendors', plan.vendor, (counts.vendorFaults ?? 0) + (counts.vendorKills ?? 0)),
    row('SIGTERM under load', plan.terms, counts.terms),
  ];
  const steps = {
    ...row('steps finished under faults', plan.steps, counts.stepsUnderFaults),
    broken: violations.length,
  };
  return [...faults.filter(({ asked }) => asked !== 0), steps];
}
