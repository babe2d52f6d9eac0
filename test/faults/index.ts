import { ciPlan, scaled } from './campaign/plan.ts';
import { runGuards, runMutants } from './missingGuards.ts';
import { faultKindsOf, help, type Options, readOptions, wants } from './options.ts';
import { runProcesses } from './processes.ts';
import { simulate } from './simulation/campaign.ts';
import { runSlowTest } from './slowTest.ts';
import { type Outcome, tableOf } from './table.ts';

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
  return { broken, rows: [{ what: 'simulated schedules', asked: count, done: report.schedules, broken }] };
}

/** What is run, in this order: what is over soon first. */
function partsOf(options: Options): { name: string; run(): Promise<Outcome> }[] {
  const kinds = faultKindsOf(options);
  // What is held to seconds needs a machine of its own.
  const measures = options.full || options.only.length > 0;
  const plan = scaled(ciPlan, (options.full ? 10 : 1) / options.slice.n, kinds);
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

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) return say(help);
  say(`seed ${options.seed}${options.full ? ', full form' : ''}, slice ${options.slice.k}/${options.slice.n}`);
  const outcomes: Outcome[] = [];
  const startedAt = performance.now();
  for (const { name, run } of partsOf(options)) {
    const partStartedAt = performance.now();
    outcomes.push(await run());
    say(`${name} took ${seconds(performance.now() - partStartedAt)}`);
  }
  const broken = outcomes.reduce((sum, outcome) => sum + outcome.broken, 0);
  say(tableOf(outcomes.flatMap(({ rows }) => rows)));
  say(`seed ${options.seed}, ${seconds(performance.now() - startedAt)}`);
  say(broken === 0 ? 'every promise was kept' : `${broken} broken promises; run it again with --seed ${options.seed}`);
  process.exitCode = broken === 0 ? 0 : 1;
}

await main();
