import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const internal = '"code":6000';

/** What the API processes logged as errors of their own, an error a line, the same one once. */
export async function internalErrorsIn(dir: string): Promise<string[]> {
  const names = (await readdir(dir)).filter((name) => name.startsWith('api') && name.endsWith('.log'));
  const texts = await Promise.all(names.map((name) => readFile(join(dir, name), 'utf8')));
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.includes(internal));
  const messages = lines.map((line) => (JSON.parse(line) as { err?: { message?: string } }).err?.message ?? line);
  return [...new Set(messages)];
}
