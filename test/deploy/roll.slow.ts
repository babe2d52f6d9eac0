import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { join as joinService } from '../program/client.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from './gateway.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The release that is running before: any commit. */
const from = process.env.ROLL_FROM ?? 'HEAD';

describe(`a roll from ${from} to this tree`, function () {
  this.timeout(120_000);
  const database = useDatabase();
  const running: ChildProcess[] = [];
  let dir: string;
  let old: string;

  const start = (cwd: string, role: string, settings: Record<string, string> = {}): ChildProcess => {
    const child = spawn(process.execPath, ['src/launch.js', 'src/main.ts', role], {
      cwd,
      env: {
        ...{ PATH: process.env.PATH, DATABASE_URL: database.url, DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'warn' },
        ...{ JWT_SECRET: 'roll '.repeat(10), SANDBOX_LATENCY_SCALE: '0.3', VIDEO_POLL_MS: '100', ...settings },
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    running.push(child);
    return child;
  };
  const migrate = async (cwd: string) => assert.deepEqual((await once(start(cwd, 'migrate'), 'exit'))[0], 0);
  const stop = async (child: ChildProcess) => {
    child.kill('SIGTERM');
    assert.equal((await once(child, 'exit'))[0], 0);
  };
  const serve = async (cwd: string): Promise<{ child: ChildProcess; url: string }> => {
    const port = await freePort();
    const child = start(cwd, 'api', { PORT: String(port) });
    const url = `http://127.0.0.1:${port}/api/v1`;
    const ready = async () => (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok;
    await eventually('the API is ready', ready, 40_000);
    return { child, url };
  };

  before(async () => {
    for (const sql of ['drop schema graphile_worker cascade', 'drop schema public cascade', 'create schema public'])
      await database.db.raw(sql);
    dir = await makeDataDir('roll');
    old = join(dir, 'old');
    await mkdir(old);
    const tar = execFileSync('git', ['archive', from], { cwd: root, maxBuffer: 1 << 28 });
    execFileSync('tar', ['-x', '-C', old], { input: tar });
    await symlink(join(root, 'node_modules'), join(old, 'node_modules'));
  });
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(dir, { recursive: true, force: true });
  });

  it('takes no film down: old and new nodes and workers share the new tables until the old ones have gone', async () => {
    await migrate(old);
    const before = await serve(old);
    const oldWorker = start(old, 'worker');
    const ada = await joinService(before.url, 'ada');
    const film = (sceneCount: number) => ({
      type: 'film',
      params: { prompt: 'a fox in the snow', sceneCount, characterCount: 1, sceneSeconds: 5 },
    });
    const first = await ada.call('POST', '/tasks', film(2));
    await migrate(root);
    const after = await serve(root);
    const second = await ada.call('POST', '/tasks', film(1));
    const newWorker = start(root, 'worker');
    const bob = await joinService(after.url, 'bob');
    const third = await bob.make(film(1), 60_000);
    assert.equal(third.status, 'completed');
    await stop(oldWorker);
    for (const { data } of [first, second]) assert.equal((await ada.ended(data.id, 60_000)).status, 'completed');
    await Promise.all([stop(before.child), stop(after.child), stop(newWorker)]);
  });
});
