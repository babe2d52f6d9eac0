import { mkdir, writeFile } from 'node:fs/promises';
import { join as path, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Api } from '../../src/cli/api.ts';
import { type CuttingRoom, openCuttingRoom } from '../bench/kit/clips.ts';
import { join } from '../bench/kit/filming.ts';
import { startProgram } from '../bench/kit/program.ts';
import { onStage, type Stage } from '../bench/kit/stage.ts';
import { contactSheet } from './contactSheet.ts';
import { type Copy, develop } from './develop.ts';
import { type Examined, examine } from './examine.ts';
import { atOnce, type Wish, wishes } from './wishes.ts';

const help = `Usage: npm run films [-- --out FOLDER] [NAME…]

Starts the program with its sandbox, makes films through its HTTP API, examines each and leaves in FOLDER (films)
the mp4, its subtitles, its poster and a contact sheet, and a table of all in films.md.

Names (all, one after the other, where none is given)
${wishes.map(({ name, params }) => `  ${name.padEnd(13)}${params.sceneCount} scenes, ${params.characterCount} characters`).join('\n')}
  at-once      ten films at once from three users
`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Finished extends Copy {
  facts: Examined;
}

async function finish(room: CuttingRoom, copy: Copy, dir: string): Promise<Finished> {
  const facts = await examine(room.room, copy);
  const { params, name } = copy.wish;
  const film = {
    file: copy.files.film,
    scenes: params.sceneCount,
    sceneSeconds: params.sceneSeconds,
    portrait: params.render.aspectRatio === '9:16',
  };
  await contactSheet(room.tools, film, path(dir, `${name}.png`));
  await writeFile(path(dir, `${name}.json`), `${JSON.stringify({ ...copy.screenplay, facts }, undefined, 2)}\n`);
  say(`${name}: “${copy.screenplay.title}”, ${facts.faults.length > 0 ? facts.faults.join('; ') : 'no faults'}`);
  return { ...copy, facts };
}

async function makeAll(stage: Stage, dir: string, chosen: (name: string) => boolean): Promise<Finished[]> {
  const program = await startProgram(stage, { DATA_DIR: path(stage.dir, 'data'), SANDBOX_LATENCY_SCALE: '1' });
  const [ada, bob, cleo] = await Promise.all([
    join(program.url, 'ada'),
    join(program.url, 'bob'),
    join(program.url, 'cleo'),
  ]);
  const room = await openCuttingRoom(stage);
  const userOf = (index: number): Api => (index % 3 === 0 ? ada : index % 3 === 1 ? bob : cleo);
  const make = (wish: Wish, index: number): Promise<Copy> => develop(userOf(index), wish, dir);
  const films: Finished[] = [];
  for (const [index, wish] of wishes.filter(({ name }) => chosen(name)).entries()) {
    films.push(await finish(room, await make(wish, index), dir));
  }
  if (chosen('at-once')) {
    for (const copy of await Promise.all(atOnce.map(make))) films.push(await finish(room, copy, dir));
  }
  await program.stop();
  return films;
}

function toTable(films: readonly Finished[]): string {
  const rows = films.map(({ wish, screenplay, facts, seconds }) =>
    [
      wish.name,
      screenplay.title,
      `${wish.params.sceneCount} / ${wish.params.characterCount}`,
      `${facts.durationSeconds.toFixed(2)} s`,
      facts.size,
      `${facts.megabytes.toFixed(1)} MB`,
      facts.streams,
      facts.cues,
      facts.calls,
      `${seconds.toFixed(0)} s`,
      facts.faults.join('; ') || 'none',
    ].join(' | '),
  );
  const heads =
    'film | title | scenes / characters | length | frame | size | streams | subtitle cues | paid calls | took | faults found';
  return [heads, heads.replaceAll(/[^|]+/g, ' --- ').trim(), ...rows].map((row) => `| ${row} |`).join('\n');
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string', default: 'films' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return void process.stdout.write(help);
  const unknown = positionals.find((name) => name !== 'at-once' && !wishes.some((wish) => wish.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no film "${unknown}".\n\n${help}`);
    process.exit(2);
  }
  const dir = resolve(values.out);
  await mkdir(dir, { recursive: true });
  const chosen = (name: string) => positionals.length === 0 || positionals.includes(name);
  const films = await onStage(say, (stage) => makeAll(stage, dir, chosen));
  const table = toTable(films);
  await writeFile(path(dir, 'films.md'), `${table}\n`);
  say(`\n${table}\n\n${dir}`);
  if (films.some(({ facts }) => facts.faults.length > 0)) process.exitCode = 1;
}

await main();
