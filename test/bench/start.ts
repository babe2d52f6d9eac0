import { join } from 'node:path';
import type { Bench } from './kit/figure.ts';
import { launchProgram } from './kit/program.ts';
import type { Stage } from './kit/stage.ts';
import { median, round } from './kit/stats.ts';
import { cpuWithChildren } from './kit/usage.ts';

const rounds = 5;

interface Start {
  seconds: number;
  /** Of the program itself, without its Postgres. */
  cpuSeconds: number;
}

export const start: Bench = {
  name: 'start',
  about: 'from the start of the program until it is ready, and what it costs when nothing was compiled before',
  async run(stage) {
    const settings = { DATA_DIR: join(stage.dir, 'data') };
    stage.say('  a first start, which makes the database and keeps what it compiles');
    const first = await timed(stage, settings);
    const again: Start[] = [];
    const anew: Start[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      stage.say(`  round ${round} of ${rounds}`);
      again.push(await timed(stage, settings));
      anew.push(await timed(stage, { ...settings, NODE_DISABLE_COMPILE_CACHE: '1' }));
    }
    const [usual, without] = [middle(again), middle(anew)];
    return [
      {
        name: 'start of the program until it is ready, on data that exist',
        value: usual.seconds,
        unit: 's',
        raw: {
          'CPU s': round(usual.cpuSeconds),
          'the very first, with a new database, s': round(first.seconds),
          rounds,
        },
      },
      {
        name: 'CPU of a start ÷ of one for which nothing was compiled before',
        value: usual.cpuSeconds / without.cpuSeconds,
        unit: '×',
        raw: { 'CPU s': round(usual.cpuSeconds), 'nothing compiled, CPU s': round(without.cpuSeconds) },
      },
    ];
  },
};

const middle = (starts: readonly Start[]): Start => ({
  seconds: median(starts.map(({ seconds }) => seconds)),
  cpuSeconds: median(starts.map(({ cpuSeconds }) => cpuSeconds)),
});

async function timed(stage: Stage, settings: Record<string, string>): Promise<Start> {
  const from = performance.now();
  const program = launchProgram(stage, settings);
  await program.ready();
  const seconds = (performance.now() - from) / 1_000;
  const cpuSeconds = cpuWithChildren(program.pid).own;
  await program.stop();
  return { seconds, cpuSeconds };
}
