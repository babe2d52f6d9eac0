import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { photo } from '../operations/fixtures.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { makeConsumer } from './recipes.ts';
import './sdk.ts';
import { password, useService } from './service.ts';

const journey = fileURLToPath(new URL('../../sdk/journey.ts', import.meta.url));

/** Bun and Deno are tested where their binaries are named. */
const { BUN, DENO } = process.env;
const runtimes: { name: string; command: string; args: string[] }[] = [
  { name: 'Node', command: process.execPath, args: [] },
  ...(BUN ? [{ name: 'Bun', command: BUN, args: ['run'] }] : []),
  ...(DENO
    ? [{ name: 'Deno', command: DENO, args: ['run', '--allow-all', '--no-lock', '--node-modules-dir=manual'] }]
    : []),
];

describe('the SDK in other runtimes', function () {
  this.timeout(90_000);
  const service = useService();
  let dir: string;

  before(async () => {
    dir = await makeDataDir('runtimes');
    await makeConsumer(dir);
    await copyFile(journey, join(dir, 'journey.ts'));
    await writeFile(join(dir, 'kitten.jpg'), await photo());
  });
  after(() => rm(dir, { recursive: true, force: true }));

  for (const { name, command, args } of runtimes) {
    it(`makes a film in ${name}`, async () => {
      const person = name.toLowerCase();
      const client = await service.join(person);
      const { token } = await client.auth.login({ email: `${person}@example.com`, password });
      const { stdout } = await promisify(execFile)(command, [...args, 'journey.ts', service.url, token, dir], {
        cwd: dir,
      });
      assert.deepEqual(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''), {
        filename: 'kitten.jpg',
        events: true,
        status: 'completed',
        first: 1,
        missing: true,
        aborted: 'AbortError',
        type: 'webhook.test',
        forged: 'WebhookVerificationError',
      });
      assert.ok((await stat(join(dir, 'film.mp4'))).size > 1000);
      await rm(join(dir, 'film.mp4'));
    });
  }
});
