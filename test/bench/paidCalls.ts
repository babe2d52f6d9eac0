import { join as path } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../../src/cli/api.ts';
import type { Bench, Figure } from './kit/figure.ts';
import { type FilmParams, join, makeFilm, makeFilmsAtOnce, usualFilm } from './kit/filming.ts';
import { startPostgres } from './kit/postgres.ts';
import { launchProgram, type RunningProgram, startProgram } from './kit/program.ts';
import { startVendors, type VendorProcess } from './kit/sandbox.ts';
import type { Stage } from './kit/stage.ts';

/** Places in a step where the process ends itself with SIGKILL, one after the other in the life of one film. */
const crashPoints = [
  'after-answer@writeScreenplay',
  'after-intent@drawCharacterSheet',
  'after-accept@drawSceneImage:2',
  'after-answer@shootSceneClip',
  'after-answer@shootSceneClip:3',
  'before-collect',
  'before-finish@assembleFilm',
];
/** Kills from outside, at no place in particular. */
const killsAtRandom = 5;
const latencyScale = 0.2;
const film: FilmParams = { ...usualFilm, sceneSeconds: 5 };
const filmsAtOnce = 3;

export const paidCalls: Bench = {
  name: 'paidCalls',
  about: 'paid calls the vendors accepted, beside the fewest that films can cost, also when the program is killed',
  async run(stage) {
    const databaseUrl = await startPostgres(stage);
    const figures: Figure[] = [];
    for (const idempotency of ['key', 'lookup'] as const) {
      const vendors = await startVendors(stage, { latencyScale, idempotency });
      const settings = { DATABASE_URL: databaseUrl, DATA_DIR: path(stage.dir, 'data'), ...vendors.settings };
      figures.push(...(await playBoth(stage, { vendors, settings, idempotency })));
    }
    return figures;
  },
};

interface Play {
  vendors: VendorProcess;
  settings: Record<string, string>;
  idempotency: 'key' | 'lookup';
}

async function playBoth(stage: Stage, play: Play): Promise<Figure[]> {
  const how = play.idempotency === 'key' ? 'vendors that know a repeated call' : 'vendors that tell what they accepted';
  const program = await startProgram(stage, play.settings);
  const user = await join(program.url, `ada-${play.idempotency}`);
  stage.say(`${how}: ${filmsAtOnce} films in peace`);
  await makeFilmsAtOnce([user], filmsAtOnce, film);
  const peaceful = await figureFor(play, `in peace, ${how}`, filmsAtOnce, {});
  const { kills, films } = await filmUnderFire(stage, play, { program, user });
  return [peaceful, await figureFor(play, `killed in mid-film, ${how}`, filmsAtOnce + films, { kills })];
}

/** Kills at each named place in the life of one film, then from outside while several are made; all have to be finished. */
async function filmUnderFire(stage: Stage, { settings }: Play, first: { program: RunningProgram; user: Api }) {
  const port = new URL(first.program.url).port;
  await first.program.stop();
  // On the port of before, so that whoever follows a film finds the program again.
  const start = (crashAt = '') => launchProgram(stage, { ...settings, PORT: port, CRASH_AT: crashAt });
  stage.say(`one film, killed at ${crashPoints.length} places`);
  let program = start(crashPoints[0]);
  await program.ready();
  const one = makeFilm(first.user, film);
  one.catch(() => undefined);
  for (const next of [...crashPoints.slice(1), '']) {
    const end = await program.end();
    if (end !== 'SIGKILL') throw new Error(`the program ended with ${end} instead of being killed`);
    program = start(next);
  }
  await one;
  stage.say(`${filmsAtOnce} films, killed ${killsAtRandom} times at random`);
  const several = makeFilmsAtOnce([first.user], filmsAtOnce, film);
  several.catch(() => undefined);
  for (let kill = 0; kill < killsAtRandom; kill += 1) {
    await program.ready();
    await delay(300 + Math.random() * 700);
    await program.kill();
    program = start();
  }
  await several;
  await program.stop();
  return { kills: crashPoints.length + killsAtRandom, films: 1 + filmsAtOnce };
}

/** One screenplay, a sheet per character, a picture and a clip per scene. */
const leastPerFilm = 1 + film.characterCount + 2 * film.sceneCount;

async function figureFor({ vendors }: Play, name: string, films: number, raw: Figure['raw']): Promise<Figure> {
  const [accepted, asked] = await Promise.all([
    ask<unknown[]>(vendors, 'accepted'),
    ask<Record<'chat' | 'images' | 'videos' | 'lookup', number>>(vendors, 'requests'),
  ]);
  const least = films * leastPerFilm;
  return {
    name: `paid calls ÷ least possible, ${name}`,
    value: accepted.length / least,
    unit: '×',
    target: { exactly: 1 },
    raw: {
      accepted: accepted.length,
      least,
      films,
      ...raw,
      'calls sent': asked.chat + asked.images + asked.videos,
      'look-ups': asked.lookup,
    },
  };
}

async function ask<Answer>({ url }: VendorProcess, what: string): Promise<Answer> {
  return (await (await fetch(`${url}/_sandbox/${what}`)).json()) as Answer;
}
