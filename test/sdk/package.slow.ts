import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildSdk } from '../../sdk/build.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { makeConsumer, readRecipes } from './recipes.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const node = (script: string, args: string[], cwd: string) =>
  promisify(execFile)(process.execPath, [script, ...args], { cwd }).catch((error: { stdout: string; stderr: string }) =>
    assert.fail(`${error.stdout}${error.stderr}`),
  );

/** What an integrator's compiler sees: nothing is skipped, nothing is lenient. */
const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  verbatimModuleSyntax: true,
};

const hosts = {
  'Node without the DOM': { lib: ['es2023'], types: ['node'], module: 'nodenext', moduleResolution: 'nodenext' },
  'a bundler with the DOM': { lib: ['es2023', 'dom'], types: [], module: 'esnext', moduleResolution: 'bundler' },
};

const page = `
import { DirectorAI, type Film, type Task, type TaskEvent } from '@directorai/sdk';
const client = new DirectorAI({ baseUrl: location.origin, token: async () => 'x' });
const film = await client.films.create({ prompt: 'x' }).wait();
const seconds: number = film.result.durationSeconds;
const picture = await client.tasks.create({ type: 'image', params: { prompt: 'x' } }).wait();
const url: string = picture.result.url;
// @ts-expect-error a picture has no length
picture.result.durationSeconds;
// @ts-expect-error a prompt is a text
client.films.create({ prompt: 1 });
const task: Task = await client.tasks.get('x');
const made: Date = task.createdAt;
for await (const event of client.events.stream()) if (event.type === 'task.progress') { const e: TaskEvent = event; void e; }
export { seconds, url, made };
`.replace('type Film, ', '');

describe('the package @directorai/sdk, as it is published', function () {
  this.timeout(120_000);
  let dir: string;

  before(async () => {
    buildSdk();
    dir = await makeDataDir('consumer');
    await makeConsumer(dir);
    await mkdir(join(dir, 'node_modules/@types'), { recursive: true });
    await symlink(join(root, 'node_modules/@types/node'), join(dir, 'node_modules/@types/node'));
    await symlink(join(root, 'node_modules/undici-types'), join(dir, 'node_modules/undici-types'));
    await writeFile(join(dir, 'page.ts'), page);
    for (const [index, { code }] of readRecipes().entries()) await writeFile(join(dir, `recipe${index + 1}.ts`), code);
  });
  after(() => rm(dir, { recursive: true, force: true }));

  it('is clean for publint', async () => {
    await node(join(root, 'node_modules/publint/src/cli.js'), ['--strict'], join(root, 'sdk'));
  });

  it('is clean for attw', async () => {
    const cli = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    await node(cli, ['--pack', '.', '--profile', 'esm-only', '--no-color'], join(root, 'sdk'));
  });

  for (const compiler of ['typescript', 'typescript7']) {
    for (const [host, options] of Object.entries(hosts)) {
      it(`compiles for ${host} with ${compiler}`, async () => {
        const files = host.startsWith('Node') ? readRecipes().map((_, index) => `recipe${index + 1}.ts`) : ['page.ts'];
        const config = { compilerOptions: { ...strict, ...options, target: 'es2022' }, files };
        await writeFile(join(dir, 'tsconfig.json'), JSON.stringify(config));
        await node(join(root, `node_modules/${compiler}/bin/tsc`), ['-p', '.'], dir);
      });
    }
  }
});
