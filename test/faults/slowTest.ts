import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Outcome } from './table.ts';

/** A part of the campaign that is written as mocha tests, `NAME.slow.ts`. */
export async function runSlowTest(what: string, name: string): Promise<Outcome> {
  const mocha = fileURLToPath(import.meta.resolve('mocha/bin/mocha.js'));
  const file = fileURLToPath(new URL(`./${name}.slow.ts`, import.meta.url));
  const child = spawn(process.execPath, [mocha, file], { stdio: 'inherit' });
  await once(child, 'exit');
  const broken = child.exitCode === 0 ? 0 : 1;
  return { rows: [{ what, asked: 1, done: 1, broken }] };
}
