import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { access, chmod, lstat, mkdtemp, realpath, rename, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError } from '../../src/errors.ts';
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts';
import { watchedChild } from '../../src/postgres/supervise.ts';
import { ask, eventually, log, openFolder, removeFolder, serverPid, start, startOwner } from './support.ts';

describe('startEmbeddedPostgres', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await openFolder();
  });
  afterEach(() => removeFolder(dataDir));

  it('makes a database on the first start and finds its data on the second', async () => {
    const first = await start(dataDir);
    assert.match(first.url, /^postgres:\/\/directorai:.+@127\.0\.0\.1:\d+\/directorai$/);
    await ask(first.url, 'create table kept as select 7 as n');
    await first.stop();
    await assert.rejects(ask(first.url, 'select 1'));
    const second = await start(dataDir);
    try {
      assert.equal(second.adopted, false);
      assert.equal(await ask(second.url, 'select n from kept'), 7);
      assert.equal(
        await ask(second.url, "select current_setting('fsync') || current_setting('password_encryption')"),
        'onscram-sha-256',
      );
    } finally {
      await second.stop();
    }
  });

  it('takes over the running server of an owner that was killed', async () => {
    const owner = await startOwner(dataDir);
    await ask(owner.url, 'create table kept as select 8 as n');
    await owner.kill();
    const heir = await start(dataDir);
    try {
      assert.equal(heir.adopted, true);
      assert.equal(heir.url, owner.url);
      assert.equal(await ask(heir.url, 'select n from kept'), 8);
    } finally {
      await heir.stop();
    }
    await assert.rejects(ask(heir.url, 'select 1'));
  });

  it('recovers what was committed when the server was killed with its owner', async () => {
    const owner = await startOwner(dataDir);
    await ask(owner.url, 'create table kept as select 9 as n');
    const server = await serverPid(dataDir);
    await owner.kill();
    process.kill(server, 'SIGKILL');
    const heir = await start(dataDir);
    try {
      assert.equal(heir.adopted, false);
      assert.equal(await ask(heir.url, 'select n from kept'), 9);
    } finally {
      await heir.stop();
    }
  });

  it('starts the server again on the same port when it dies alone', async () => {
    const postgres = await start(dataDir);
    try {
      const server = await serverPid(dataDir);
      process.kill(server, 'SIGKILL');
      assert.ok(
        await eventually(
          async () => (await serverPid(dataDir)) !== server && (await ask(postgres.url, 'select 1')) === 1,
        ),
      );
    } finally {
      await postgres.stop();
    }
    await assert.rejects(ask(postgres.url, 'select 1'));
  });

  it('starts a server that was taken over again when it dies', async () => {
    const owner = await startOwner(dataDir);
    await owner.kill();
    const heir = await start(dataDir);
    try {
      const server = await serverPid(dataDir);
      process.kill(server, 'SIGKILL');
      assert.ok(
        await eventually(async () => (await serverPid(dataDir)) !== server && (await ask(heir.url, 'select 1')) === 1),
      );
    } finally {
      await heir.stop();
    }
    await assert.rejects(ask(heir.url, 'select 1'));
  });

  it('keeps nobody who stops it while the server is being started again', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1_000)']);
    try {
      await assert.rejects(watchedChild({ child, port: 1 }).ended(AbortSignal.abort(new Error('stopped'))), /stopped/);
    } finally {
      child.kill();
    }
  });

  it('goes on trying while the server does not start, says why once, and has it back once it does', async () => {
    const said: string[] = [];
    const telling = { ...log, error: (_: object, message: string) => void said.push(message) };
    const postgres = await startEmbeddedPostgres({ dataDir, log: telling });
    try {
      const home = await realpath(join(dataDir, 'postgres', 'data', 'global'));
      await rename(home, `${home}.away`);
      process.kill(await serverPid(dataDir), 'SIGKILL');
      assert.ok(await eventually(async () => said.length === 2));
      const tried = () => stat(join(dataDir, 'postgres', 'startup.log')).then(({ mtimeMs }) => mtimeMs);
      for (const seen = [await tried()]; seen.length < 3; seen.push(await tried()))
        assert.ok(await eventually(async () => (await tried()) !== seen.at(-1)));
      await rename(`${home}.away`, home);
      assert.ok(await eventually(async () => (await ask(postgres.url, 'select 1')) === 1));
      assert.deepEqual(said, [
        'the embedded PostgreSQL ended unexpectedly',
        'the embedded PostgreSQL does not start: its log says why',
      ]);
    } finally {
      await postgres.stop();
    }
  });

  it('refuses a second owner in one sentence, in this process and in another', async () => {
    const owner = await startOwner(dataDir);
    await assert.rejects(start(dataDir), (error) => {
      assert.ok(error instanceof SetupError);
      assert.match(
        error.message,
        /^Another DirectorAI \(process \d+\) is using the data directory .+ another folder\. \/ 另一个 .+。$/,
      );
      return true;
    });
    await owner.kill();
    const heir = await start(dataDir);
    await assert.rejects(start(dataDir), SetupError);
    await heir.stop();
  });

  it('works where other accounts have no way in', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'directorai-closed-'));
    await chmod(closed, 0o700);
    const postgres = await startEmbeddedPostgres({ dataDir: closed, log, disposable: true });
    const home = await realpath(join(closed, 'postgres'));
    assert.equal(await ask(postgres.url, 'select 1'), 1);
    assert.equal((await lstat(join(closed, 'postgres'))).isSymbolicLink(), process.getuid?.() === 0);
    await postgres.stop();
    await assert.rejects(access(home));
    await removeFolder(closed);
  });

  it('leaves nothing behind when the owner of a disposable server is killed', async () => {
    const owner = await startOwner(dataDir, 'disposable');
    const home = join(dataDir, 'postgres');
    await access(home);
    await owner.kill();
    assert.ok(
      await eventually(() =>
        access(home).then(
          () => false,
          () => true,
        ),
      ),
    );
    await assert.rejects(ask(owner.url, 'select 1'));
  });
});
