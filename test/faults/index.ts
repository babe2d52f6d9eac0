import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildProgram, removeBuild } from './campaign/build.ts';
import type { ClusterOptions, Mode } from './campaign/cluster.ts';
import { ciPlan, scaled } from './campaign/plan.ts';
import { runCampaign, type Verdict } from './campaign/run.ts';
import { forgetfulVendors, type Mutant, mutants } from './mutants.ts';
import { faultKindsOf, help, type Options, readOptions, wants } from './options.ts';
import { detectMissingGuards, simulate } from './simulation/campaign.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const ciSchedules = 20_000;
const fullSchedules = 1_000_000;

/** Three vendors, one of each kind; the seed says which of them is which. */
function modesFor(seed: number): ClusterOptions['modes'] {
  const modes: Mode[] = ['key', 'lookup', 'none'];
  const at = (n: number): Mode => modes[(seed + n) % modes.length] ?? 'key';
  return { glm: at(0), gemini: at(1), tuzi: at(2) };
}

async function runSimulation({ full, seed, slice }: Options): Promise<number> {
  const count = Math.ceil((full ? fullSchedules : ciSchedules) / slice.n);
  const startedAt = performance.now();
  const report = await simulate(seed + (slice.k - 1) * count, count);
  say(
    `simulation: ${report.schedules} schedules, ${report.events} effects, ${report.steps} results, ${seconds(performance.now() - startedAt)}`,
  );
  say(`  ${JSON.stringify(report.faults)}`);
  for (const { seed: broken, violations } of report.broken) say(`  BROKEN by seed ${broken}: ${violations[0]}`);
  return report.broken.length;
}

function runGuards({ seed }: Options): number {
  const detected = detectMissingGuards(seed);
  say('guards taken away in the simulation:');
  for (const { guard, after, how } of detected)
    say(`  ${guard}: ${after ? `noticed by schedule ${after}` : 'NOT NOTICED'} (${how})`);
  return detected.filter(({ after }) => after === undefined).length;
}

async function runProcesses(options: Options): Promise<number> {
  const { seed, full, slice, keep } = options;
  const plan = scaled(ciPlan, (full ? 10 : 1) / slice.n, faultKindsOf(options));
  const modes = modesFor(seed);
  say(`processes: ${JSON.stringify(plan)} against ${JSON.stringify(modes)}`);
  const program = await buildProgram(`run-${process.pid}`);
  try {
    return report(await runCampaign({ program, modes, seed, plan, say, keep }));
  } finally {
    await removeBuild(`run-${process.pid}`);
  }
}

function report(verdict: Verdict): number {
  const { violations, counts, detection, stopMs, settledMs } = verdict;
  const most = (ms: number[]) => (ms.length > 0 ? `${ms.length}, the slowest ${seconds(Math.max(...ms))}` : 'none');
  say(`  ${JSON.stringify(counts)}`);
  say(`  at rest ${seconds(settledMs)} after the last fault; the slowest stop took ${seconds(Math.max(...stopMs))}`);
  say(`  deaths noticed: ${most(detection.killMs)}; freezes noticed: ${most(detection.freezeMs)}`);
  for (const violation of violations.slice(0, 20)) say(`  BROKEN: ${violation}`);
  if (violations.length > 20) say(`  and ${violations.length - 20} more`);
  return violations.length;
}

/** Each of them has to break the promise it guards: a campaign that does not notice proves nothing. */
async function runMutants({ seed, slice }: Options): Promise<number> {
  let unnoticed = 0;
  for (const mutant of mutants.filter((_, index) => index % slice.n === slice.k - 1)) {
    const violations = await runMutant(mutant, seed);
    const { name, noticedBy } = mutant;
    const found = noticedBy ? violations.find((violation) => noticedBy.test(violation)) : violations[0];
    const good = noticedBy ? found !== undefined : found === undefined;
    if (!good) unnoticed += 1;
    const what = found ? `noticed (${found})` : 'nothing noticed';
    say(`guard taken away from the program: ${name}: ${good ? '' : 'NOT AS IT SHOULD BE: '}${what}`);
  }
  return unnoticed;
}

async function runMutant({ patches, sql, plan }: Mutant, seed: number): Promise<string[]> {
  const build = `mutant-${process.pid}`;
  const program = await buildProgram(build, patches);
  try {
    const options = { program, modes: forgetfulVendors, seed, plan, say: () => undefined, settleWithinMs: 60_000 };
    const { violations } = await runCampaign({ ...options, ...(sql && { sql }) });
    return violations;
  } finally {
    await removeBuild(build);
  }
}

/** A backup taken in mid-film, restored, and the film goes on. */
async function runDrill(): Promise<number> {
  const mocha = fileURLToPath(import.meta.resolve('mocha/bin/mocha.js'));
  const drill = fileURLToPath(new URL('./drill.slow.ts', import.meta.url));
  const child = spawn(process.execPath, [mocha, drill], { stdio: 'inherit' });
  await once(child, 'exit');
  return child.exitCode === 0 ? 0 : 1;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return say(help);
  say(`seed ${options.seed}${options.full ? ', full form' : ''}, slice ${options.slice.k}/${options.slice.n}`);
  let broken = 0;
  if (wants(options, 'simulation')) broken += await runSimulation(options);
  if (wants(options, 'guards')) broken += runGuards(options);
  if (faultKindsOf(options).length > 0) broken += await runProcesses(options);
  if (wants(options, 'drill')) broken += await runDrill();
  if (wants(options, 'mutants')) broken += await runMutants(options);
  say(broken === 0 ? 'every promise was kept' : `${broken} broken promises; run it again with --seed ${options.seed}`);
  process.exitCode = broken === 0 ? 0 : 1;
}

await main();
