import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { assembly } from './assembly.ts';
import { engine } from './engine.ts';
import { type Bench, type Figure, isMet } from './kit/figure.ts';
import { onStage, strikeAll } from './kit/stage.ts';
import { toTable } from './kit/table.ts';
import { lists } from './lists.ts';
import { makespan } from './makespan.ts';
import { memory } from './memory.ts';
import { nodes } from './nodes.ts';
import { paidCalls } from './paidCalls.ts';
import { queue } from './queue.ts';
import { requests } from './requests.ts';
import { retention } from './retention.ts';
import { start } from './start.ts';
import { streams } from './streams.ts';
import { studio } from './studio.ts';
import { workers } from './workers.ts';

const benches: readonly Bench[] = [
  start,
  makespan,
  engine,
  paidCalls,
  assembly,
  requests,
  lists,
  workers,
  queue,
  nodes,
  retention,
  memory,
  streams,
  studio,
];

const help = `Usage: npm run bench [-- [--json] NAME…]

Prints ratios measured in one run, each with its target and the numbers it comes from. Nothing is kept afterwards.
docs/benchmarks.md says what they mean. Needs Linux, and a machine that does nothing else.

Names (all of them, one after the other, where none is given)
${benches.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join('\n')}

  --json    the figures as JSON on standard output
  --help    this
`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const machine = () => ({
  date: new Date().toISOString().slice(0, 10),
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  node: process.versions.node,
  loadBefore: Number(loadavg()[0]?.toFixed(2)),
});

function chosen(names: readonly string[]): readonly Bench[] {
  const unknown = names.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    say(`There is no figure "${unknown.join(', ')}".\n\n${help}`);
    process.exit(2);
  }
  return names.length > 0 ? benches.filter(({ name }) => names.includes(name)) : benches;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return void process.stdout.write(help);
  const wanted = chosen(positionals);
  const here = machine();
  say(
    Object.entries(here)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  );
  if (here.loadBefore > 1) say('The machine is busy with something else: the figures will suffer.');
  const figures: Figure[] = [];
  for (const bench of wanted) {
    say(`${bench.name}: ${bench.about}`);
    figures.push(
      ...(await onStage(
        (line) => say(`  ${line}`),
        (stage) => bench.run(stage),
      )),
    );
  }
  process.stdout.write(
    `${values.json ? JSON.stringify({ machine: here, figures }, undefined, 2) : toTable(figures)}\n`,
  );
  if (figures.some((figure) => isMet(figure) === false)) process.exitCode = 1;
}

async function cutShort(code: number): Promise<void> {
  await strikeAll();
  process.exit(code);
}

process.once('SIGINT', () => {
  say('Taking everything down.');
  cutShort(130).catch(() => process.exit(1));
});
process.once('uncaughtException', (error) => {
  say(error.stack ?? error.message);
  cutShort(1).catch(() => process.exit(1));
});

await main();
