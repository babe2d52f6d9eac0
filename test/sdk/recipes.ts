import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

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

const runner = fileURLToPath(new URL('./runRecipe.ts', import.meta.url));
const run = promisify(execFile);

/** Begins every recipe, each in a process of its own and against this service. */
export async function runRecipes(dir: string, url: string, key: string): Promise<Promise<{ stdout: string }>[]> {
  await makeConsumer(dir);
  const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;
  const env = { PATH: process.env.PATH, DIRECTORAI_API_KEY: key, DIRECTORAI_WEBHOOK_SECRET: secret };
  return Promise.all(
    readRecipes().map(async ({ code }, index) => {
      const file = join(dir, `recipe${index + 1}.ts`);
      await writeFile(file, code.replaceAll('http://localhost:8080', url));
      return { done: run(process.execPath, [runner, file], { cwd: dir, env, timeout: 40_000 }) };
    }),
  ).then((all) =>
    all.map(({ done }) => {
      done.catch(() => undefined);
      return done;
    }),
  );
}
