import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openApiDocument } from '../../src/contract/document.ts';
import { spawnProgram } from '../program/programProcess.ts';
import { makeDataDir } from '../support/dataDir.ts';

const run = promisify(execFile);

/** The commands of a section of the contract's guides, as a reader would paste them. */
function commandsOf(section: string): string {
  const { description } = openApiDocument().info;
  const [, text = ''] = description.split(`# ${section}\n`);
  return /```sh\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
}

describe('the guides of the contract', () => {
  it('make a film in five calls, pasted into a shell', async function () {
    this.timeout(60_000);
    const folder = await makeDataDir('guide');
    const program = spawnProgram({ DATA_DIR: join(folder, 'data'), SANDBOX: 'on' });
    try {
      const env = { PATH: process.env.PATH, API: await program.url() };
      await run('bash', ['-euc', commandsOf('A film in five calls')], { cwd: folder, env });
      const film = await readFile(join(folder, 'film.mp4'));
      assert.equal(film.subarray(4, 8).toString(), 'ftyp');
    } finally {
      program.child.kill('SIGTERM');
      await program.end();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
