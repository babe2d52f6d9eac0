import { readdir } from 'node:fs/promises';
import { join as path } from 'node:path';
import type { Api } from '../../src/cli/api.ts';
import { cutFilm, openCuttingRoom } from './kit/clips.ts';
import type { Bench, Figure } from './kit/figure.ts';
import { join, type MadeFilm, makeFilm, makeFilmsAtOnce, usualFilm } from './kit/filming.ts';
import { startPostgres } from './kit/postgres.ts';
import { startProgram } from './kit/program.ts';
import { startVendors, type VendorProcess } from './kit/sandbox.ts';
import type { Stage } from './kit/stage.ts';
import { median, round, sum } from './kit/stats.ts';
import { cpuWithChildren } from './kit/usage.ts';

/** What the vendors take for one film's longest chain: screenplay, sheet, picture, clip. */
const vendorSeconds = [2, 2, 2, 6];
const singles = 3;
const batches = 2;
const atOnce = 10;

export const makespan: Bench = {
  name: 'makespan',
  about: 'how long films take, beside the longest chain of what vendors and ffmpeg need',
  async run(stage) {
    const vendors = await startVendors(stage, { latencyScale: 1 });
    const program = await startProgram(stage, {
      DATABASE_URL: await startPostgres(stage),
      DATA_DIR: path(stage.dir, 'data'),
      ...vendors.settings,
    });
    const users = await Promise.all(['ada', 'bob', 'cleo'].map((name) => join(program.url, name)));
    const [first] = users;
    if (!first) throw new Error('there are no users');
    stage.say('one film to warm up, in which the vendors render their media');
    await makeFilm(first, usualFilm);
    const single = await filmOneByOne(stage, first);
    const before = cpuWithChildren(program.pid);
    const many = await filmTogether(stage, users);
    const after = cpuWithChildren(program.pid);
    await program.stop();
    const cutMs = await cutAlone(stage, vendors);
    const chain = { ms: sum(vendorSeconds) * 1000 + cutMs, cutMs };
    return [
      figureFor('one film', 1.1, median(single), single, chain),
      figureFor(
        `${atOnce} films at once, the last`,
        1.25,
        median(many.map((spans) => Math.max(...spans))),
        many.flat(),
        chain,
        {
          'CPU s of the program': round((after.own - before.own) / batches),
          'of its ffmpeg and ffprobe': round((after.children - before.children) / batches),
        },
      ),
    ];
  },
};

async function filmOneByOne(stage: Stage, user: Api): Promise<number[]> {
  const spans: number[] = [];
  for (let turn = 0; turn < singles; turn += 1) spans.push((await makeFilm(user, usualFilm)).ms);
  stage.say(`one film alone: ${spans.map((ms) => round(ms / 1000)).join(', ')} s`);
  return spans;
}

async function filmTogether(stage: Stage, users: readonly Api[]): Promise<number[][]> {
  const all: number[][] = [];
  for (let turn = 0; turn < batches; turn += 1) {
    const films: MadeFilm[] = await makeFilmsAtOnce(users, atOnce, usualFilm);
    const spans = films.map(({ ms }) => ms).sort((one, other) => one - other);
    stage.say(`${atOnce} at once: ${spans.map((ms) => round(ms / 1000)).join(', ')} s`);
    all.push(spans);
  }
  return all;
}

/** The cut of the very clips the vendors serve, with nothing else running. */
async function cutAlone(stage: Stage, { dir }: VendorProcess): Promise<number> {
  const [clip] = (await readdir(path(dir, 'media'))).filter((name) => name.endsWith('-10.mp4'));
  if (!clip) throw new Error('the vendors made no clip');
  const room = await openCuttingRoom(stage);
  const clips = Array<string>(usualFilm.sceneCount).fill(path(dir, 'media', clip));
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const { joinMs, otherMs } = await cutFilm(room, stage, clips);
    times.push(joinMs + otherMs);
  }
  return median(times);
}

function figureFor(
  what: string,
  atMost: number,
  ms: number,
  spans: readonly number[],
  chain: { ms: number; cutMs: number },
  more: Figure['raw'] = {},
): Figure {
  return {
    name: `makespan of ${what} ÷ critical path`,
    value: ms / chain.ms,
    unit: '×',
    target: { atMost },
    raw: {
      'makespan s': round(ms / 1000),
      'critical path s': round(chain.ms / 1000),
      'of that assembly s': round(chain.cutMs / 1000),
      'median film s': round(median(spans) / 1000),
      films: spans.length,
      ...more,
    },
  };
}
