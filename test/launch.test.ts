import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const launcher = join(import.meta.dirname, '../src/launch.js');

function launch(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: unknown; stdout: string; stderr: string }>();
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  execFile(process.execPath, [launcher, ...args], { env }, (error, stdout, stderr) =>
    resolve({ code: error?.code ?? 0, stdout, stderr }),
  );
  return promise;
}

describe('launch.js', () => {
  it('runs a TypeScript entry as if it had been called itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'directorai-launch-'));
    const entry = join(folder, 'entry.mts');
    await writeFile(
      entry,
      'const asked: string[] = process.argv.slice(1);\nconsole.log(JSON.stringify(asked));\nprocess.exitCode = 5;\n',
    );
    const { code, stdout } = await launch(entry, '--scenes', '3');
    assert.equal(code, 5);
    assert.deepEqual(JSON.parse(stdout), [entry, '--scenes', '3']);
    await rm(folder, { recursive: true });
  });

  it('keeps what was compiled beside the packages, for the next start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'directorai-launch-'));
    const entry = join(folder, 'entry.mts');
    await writeFile(entry, "import module from 'node:module';\nconsole.log(module.getCompileCacheDir());\n");
    const { stdout } = await launch(entry);
    assert.ok(stdout.startsWith(join(import.meta.dirname, '../node_modules/.cache/directorai')), stdout);
    await rm(folder, { recursive: true });
  });

  it('says how to call it when no entry is given', async () => {
    const { code, stderr } = await launch();
    assert.equal(code, 1);
    assert.match(stderr, /entry\.ts/);
  });
});
