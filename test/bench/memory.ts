import { join as path } from 'node:path';
import type { Bench, Figure } from './kit/figure.ts';
import { type FilmParams, join, makeFilmsAtOnce, usualFilm } from './kit/filming.ts';
import { startProgram } from './kit/program.ts';
import { startVendors } from './kit/sandbox.ts';
import type { Stage } from './kit/stage.ts';
import { round } from './kit/stats.ts';
import { peakMiB, watchChildren } from './kit/usage.ts';

const films = 10;

export const memory: Bench = {
  name: 'memory',
  about: 'the most memory the whole program holds while it makes ten films at once',
  async run(stage) {
    const vendors = await startVendors(stage, { latencyScale: 1 });
    const atVendors = await filmsIn(stage, 'vendors elsewhere', vendors.settings, usualFilm);
    const athome = await filmsIn(
      stage,
      'npm start as it is, drawing for itself',
      {},
      { ...usualFilm, sceneSeconds: 5 },
    );
    return [atVendors, athome];
  },
};

/** The program with its own embedded Postgres; memory of its children is stated apart. */
async function filmsIn(stage: Stage, how: string, settings: Record<string, string>, film: FilmParams): Promise<Figure> {
  stage.say(`${films} films, ${how}`);
  const dataDir = path(stage.dir, how.replaceAll(/\W+/g, '-'));
  const program = await startProgram(stage, { ...settings, DATA_DIR: dataDir });
  const users = await Promise.all(['ada', 'bob', 'cleo'].map((name) => join(program.url, name)));
  const idleMiB = peakMiB(program.pid);
  const childPeaks = watchChildren(program.pid);
  const from = performance.now();
  await makeFilmsAtOnce(users, films, film).finally(childPeaks);
  const seconds = (performance.now() - from) / 1000;
  const value = peakMiB(program.pid);
  const { postgresMiB, toolsMiB, largestToolMiB, toolsAtOnce } = childPeaks();
  await program.stop();
  return {
    name: `peak memory of the program during ${films} films, ${how}`,
    value,
    unit: 'MiB',
    raw: {
      'at rest': round(idleMiB, 0),
      'its Postgres, all processes': round(postgresMiB, 0),
      'its ffmpeg processes together': round(toolsMiB, 0),
      'the largest of them': round(largestToolMiB, 0),
      'at once': toolsAtOnce,
      'took s': round(seconds, 0),
    },
  };
}
