import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type ProgramProcess, spawnProgram } from '../program/programProcess.ts';
import { makeDataDir } from '../support/dataDir.ts';

const run = promisify(execFile);
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const jar = here('../../.ogcache/7.25.0.jar');

/** Needs Java, Python and a package index: a development step, not part of `npm test`. */
describe('a Python client made by the same generator', () => {
  let folder: string;
  let program: ProgramProcess;
  before(async function () {
    this.timeout(180_000);
    folder = await makeDataDir('python');
    const client = join(folder, 'client');
    const options = ['--additional-properties', 'packageName=directorai,disallowAdditionalPropertiesIfNotPresent=true'];
    const contract = ['-i', here('../../openapi.yaml'), '-o', client];
    await run('java', ['-jar', jar, 'generate', '-g', 'python', ...contract, ...options], { maxBuffer: 1 << 26 });
    await run('python3', ['-m', 'venv', join(folder, 'venv')]);
    await run(join(folder, 'venv/bin/pip'), ['install', '-q', client]);
    program = spawnProgram({ DATA_DIR: join(folder, 'data'), SANDBOX: 'on' });
  });
  after(async () => {
    program.child.kill('SIGTERM');
    await program.end();
    await rm(folder, { recursive: true, force: true });
  });

  it('makes a film, and is told what is missing', async function () {
    this.timeout(90_000);
    const { stdout } = await run(join(folder, 'venv/bin/python'), [here('film.py'), await program.url(), folder]);
    const { path, ...facts } = JSON.parse(stdout) as { path: string };
    assert.deepEqual(facts, { status: 'completed', scenes: 2, seconds: 10, missing: 3000 });
    assert.equal((await readFile(path)).subarray(4, 8).toString(), 'ftyp');
  });
});
