import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Options } from './options.ts';
import { merged, type Outcome, type Row } from './table.ts';

interface Result {
  part: string;
  seed: number;
  seconds: number;
  at: string;
  outcome: Outcome;
}

const read = async (file: string): Promise<Result | undefined> =>
  readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Result,
    () => undefined,
  );

const fileOf = ({ results = '', slice }: Options, part: string): string =>
  join(results, `${part}-${slice.k}-of-${slice.n}.json`);

/** What this part of this slice came to in an earlier run, which need not be repeated. */
export async function earlierResult(options: Options, part: string): Promise<Outcome | undefined> {
  return options.results === undefined ? undefined : (await read(fileOf(options, part)))?.outcome;
}

export async function keepResult(options: Options, part: string, seconds: number, outcome: Outcome): Promise<void> {
  if (options.results === undefined) return;
  await mkdir(options.results, { recursive: true });
  const result: Result = { part, seed: options.seed, seconds, at: new Date().toISOString(), outcome };
  await writeFile(fileOf(options, part), JSON.stringify(result, null, 1));
}

/** All that the slices in a folder came to, in rows for one table, with how long they took. */
export async function readResults(folder: string): Promise<{ rows: Row[]; slices: number; seconds: number }> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const results: Result[] = [];
  for (const name of names) {
    const result = await read(join(folder, name));
    if (result) results.push(result);
  }
  const promises = results.flatMap(({ outcome }) => outcome.promises ?? []);
  const kept: Row[] = promises.map(({ promise, broken }) => ({
    what: promise,
    asked: 1,
    done: broken === 0 ? 1 : 0,
    broken,
  }));
  return {
    rows: merged([...results.flatMap(({ outcome }) => outcome.rows), ...kept]),
    slices: results.length,
    seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}
