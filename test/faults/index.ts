import { ciPlan, fullPlan, scaled } from './campaign/plan.ts';
import { InterruptError, listenForInterrupt } from './interrupt.ts';
import { runGuards, runMutants } from './missingGuards.ts';
import { faultKindsOf, help, type Options, readOptions, wants } from './options.ts';
import { runProcesses } from './processes.ts';
import { earlierResult, keepResult, readResults } from './results.ts';
import { simulate } from './simulation/campaign.ts';
import { runSlowTest } from './slowTest.ts';
import { brokenIn, isShort, type Outcome, scoreOf, tableOf } from './table.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const ciSchedules = 20_000;
const fullSchedules = 1_000_000;

async function runSimulation({ full, seed, slice }: Options): Promise<Outcome> {
  const count = Math.ceil((full ? fullSchedules : ciSchedules) / slice.n);
  const startedAt = performance.now();
  const report = await simulate(seed + (slice.k - 1) * count, count);
  say(
    `simulation: ${report.schedules} schedules, ${report.events} effects, ${report.steps} results, ${seconds(performance.now() - startedAt)}`,
  );
  say(`  ${JSON.stringify(report.faults)}`);
  for (const { seed: broken, violations } of report.broken) say(`  BROKEN by seed ${broken}: ${violations[0]}`);
  const broken = report.broken.length;
  return { rows: [{ what: 'simulated schedules', asked: count, done: report.schedules, broken }] };
}

/** What is run, in this order: what is over soon first. */
function partsOf(options: Options): { name: string; run(): Promise<Outcome> }[] {
  const kinds = faultKindsOf(options);
  // What is held to seconds needs a machine of its own.
  const measures = options.full || options.only.length > 0;
  const share = (options.full ? 10 : 1) / options.slice.n;
  const plan = scaled(options.full ? fullPlan : ciPlan, share, kinds);
  return [
    { name: 'simulation', wanted: wants(options, 'simulation'), run: () => runSimulation(options) },
    { name: 'guards', wanted: wants(options, 'guards'), run: () => runGuards(options, say) },
    { name: 'drill', wanted: wants(options, 'drill'), run: () => runSlowTest('backup and restore drill', 'drill') },
    {
      name: 'outages',
      wanted: measures && wants(options, 'outages'),
      run: () => runSlowTest('outages, one at a time', 'outages'),
    },
    {
      name: 'fairness',
      wanted: measures && wants(options, 'fairness'),
      run: () => runSlowTest('fairness and caps', 'fairness'),
    },
    { name: 'processes', wanted: kinds.length > 0, run: () => runProcesses(options, plan, say) },
    { name: 'mutants', wanted: wants(options, 'mutants'), run: () => runMutants(options, say) },
  ].filter(({ wanted }) => wanted);
}

async function runParts(options: Options): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { name, run } of partsOf(options)) {
    const earlier = await earlierResult(options, name);
    const startedAt = performance.now();
    const outcome = earlier ?? (await run());
    const ms = performance.now() - startedAt;
    if (earlier) say(`${name}: done before`);
    else await keepResult(options, name, Math.round(ms / 1_000), outcome);
    outcomes.push(outcome);
    if (!earlier) say(`${name} took ${seconds(ms)}`);
  }
  return outcomes;
}

/** The end of the output: what was asked for and done, each promise, and how many of both are as they should be. */
function conclude(options: Options, outcomes: Outcome[]): void {
  const rows = outcomes.flatMap((outcome) => outcome.rows);
  say(tableOf(rows));
  for (const { promise, broken } of outcomes.flatMap(({ promises = [] }) => promises))
    say(`${broken === 0 ? 'kept' : 'BROKEN'}: ${promise}`);
  for (const row of rows.filter(isShort)) say(`NOT REACHED: ${row.what}: ${row.done} of ${row.asked}`);
  const broken = outcomes.reduce((sum, outcome) => sum + brokenIn(outcome), 0);
  const { passing, failing } = scoreOf(outcomes);
  say(failing === 0 ? 'every promise was kept' : `${broken} broken promises; run it again with --seed ${options.seed}`);
  say(`\n  ${passing} passing`);
  if (failing > 0) say(`  ${failing} failing`);
  process.exitCode = failing === 0 ? 0 : 1;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return say(help);
  if (options.merge !== undefined) {
    const { rows, slices, seconds: taken } = await readResults(options.merge);
    return say(`${tableOf(rows)}\n\n${slices} results, ${Math.round(taken / 60)} minutes`);
  }
  say(`seed ${options.seed}${options.full ? ', full form' : ''}, slice ${options.slice.k}/${options.slice.n}`);
  listenForInterrupt();
  const startedAt = performance.now();
  const outcomes = await runParts(options);
  say(`seed ${options.seed}, ${seconds(performance.now() - startedAt)}`);
  conclude(options, outcomes);
}

main().catch((error: unknown) => {
  if (!(error instanceof InterruptError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(130);
});
