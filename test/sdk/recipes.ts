import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Told } from './runRecipes.ts';

const sdkRoot = fileURLToPath(new URL('../../sdk', import.meta.url));

export interface Recipe {
  title: string;
  code: string;
}

/** The programs in the SDK's README, each with the heading above it. */
export function readRecipes(): Recipe[] {
  const sections = readFileSync(join(sdkRoot, 'README.md'), 'utf8').split(/^## /m).slice(1);
  return sections.flatMap((section) => {
    const code = /```ts\n([\s\S]*?)```/.exec(section)?.[1];
    return code ? [{ title: section.split('\n', 1)[0] ?? '', code }] : [];
  });
}

/** A folder as an integrator's would be: ES modules, with the package installed. */
export async function makeConsumer(dir: string): Promise<void> {
  await mkdir(join(dir, 'node_modules/@directorai'), { recursive: true });
  await symlink(sdkRoot, join(dir, 'node_modules/@directorai/sdk'));
  await writeFile(join(dir, 'package.json'), '{ "type": "module" }');
}

const runner = fileURLToPath(new URL('./runRecipes.ts', import.meta.url));

/** Runs every recipe against this service, all at the same time in a process beside this one. */
export async function runRecipes(dir: string, url: string, key: string): Promise<Told[]> {
  await makeConsumer(dir);
  const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;
  const env = { PATH: process.env.PATH, DIRECTORAI_API_KEY: key, DIRECTORAI_WEBHOOK_SECRET: secret };
  const files = readRecipes().map(async ({ code }, index) => {
    const file = join(dir, `recipe${index}.ts`);
    const here = code.replaceAll('http://localhost:8080', url).replaceAll('console.log', `console${index}.log`);
    await writeFile(file, here);
    return file;
  });
  const args = [runner, ...(await Promise.all(files))];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: dir, env, timeout: 120_000 });
  return JSON.parse(stdout);
}
