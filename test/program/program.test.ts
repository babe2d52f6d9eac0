import assert from 'node:assert/strict';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { spawnProgram, usePrograms } from './programProcess.ts';

const password = 'correct horse battery staple';

async function post(
  url: string,
  body: object | URLSearchParams,
  token = '',
): Promise<{ status: number; body: { data: Record<string, string> } }> {
  const form = body instanceof URLSearchParams;
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      ...(form ? {} : { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: form ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { data: Record<string, string> } };
}

const register = (url: string, name: string) =>
  post(`${url}/auth/register`, { username: name, email: `${name}@example.com`, password });

const logIn = (url: string, name: string) =>
  post(`${url}/auth/login`, new URLSearchParams({ username: `${name}@example.com`, password }));

describe('npm start', function () {
  this.timeout(120_000);
  const { place, start } = usePrograms('program');

  it('is ready within seconds, ends cleanly on Ctrl-C, and finds its data on the next start', async () => {
    const first = start();
    const url = await first.url();
    assert.equal((await fetch(`${url}/health/ready`)).status, 200);
    assert.match(first.printed(), /npm run film/);
    assert.ok(first.printed().includes(`Open  ${url.slice(0, -'/api/v1'.length)}/\n`), first.printed());
    const { body } = await register(url, 'ada');
    first.child.kill('SIGINT');
    assert.equal(await first.end(), 0);

    const second = start();
    const secondUrl = await second.url();
    assert.equal((await logIn(secondUrl, 'ada')).status, 200);
    const me = await fetch(`${secondUrl}/auth/me`, { headers: { authorization: `Bearer ${body.data.token}` } });
    assert.equal(me.status, 200, 'the token outlives the restart');
    assert.equal((await stat(join(place.dataDir, 'secret'))).mode & 0o777, 0o600);
  });

  it('says in one sentence that its port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await eventually('it listens', () => other.listening);
    const { port } = other.address() as AddressInfo;
    const program = start({ PORT: String(port) });
    assert.equal(await program.end(), 78);
    assert.match(program.printed(), new RegExp(`^Port ${port} is in use.*\\n$`));
    await new Promise((closed) => other.close(closed));
  });

  it('says in one sentence that DATA_DIR is damaged', async () => {
    await mkdir(join(place.dataDir, 'postgres', 'data'), { recursive: true });
    await writeFile(join(place.dataDir, 'postgres', 'data', 'PG_VERSION'), 'not a version\n');
    const program = start();
    assert.equal(await program.end(), 78);
    assert.equal(program.printed().trim().split('\n').length, 1, program.printed());
    assert.ok(program.printed().includes(place.dataDir));
  });

  it('says in one sentence that a binary is missing', async () => {
    const program = start({ FFMPEG_PATH: '/nowhere/ffmpeg' });
    assert.equal(await program.end(), 78);
    assert.match(program.printed(), /FFMPEG_PATH.* \/ .*。/);
    await assert.rejects(stat(join(place.dataDir, 'postgres')), 'no database was made for nothing');
    assert.equal(program.printed().trim().split('\n').length, 1, program.printed());
  });

  it('names every wrong setting at once', async () => {
    const program = start({ PORT: 'eighty', STORAGE: 'tape', NODE_ENV: 'production' });
    assert.equal(await program.end(), 78);
    assert.match(program.printed(), /PORT.*\nSTORAGE/);
  });

  it('names an address of the database that cannot be read, and every key that is missing', async () => {
    const address = 'postgres://u:50%off@127.0.0.1/directorai';
    const wrong = start({ DATABASE_URL: address });
    assert.equal(await wrong.end(), 78);
    assert.match(wrong.printed(), /^DATABASE_URL: .*%25.*\n$/);
    const keyless = start({ SANDBOX: 'off', GEMINI_API_KEY: 'a key', STORAGE: 'gcs' });
    assert.equal(await keyless.end(), 78);
    assert.match(keyless.printed(), /^STORAGE=gcs .*\nSANDBOX=off needs GLM_API_KEY, TUZI_API_KEY\. \/ .*\n$/);
  });

  it('refuses production without secret, database and keys', async () => {
    const program = start({ NODE_ENV: 'production' });
    assert.equal(await program.end(), 78);
    for (const name of ['JWT_SECRET', 'DATABASE_URL', 'GLM_API_KEY']) assert.ok(program.printed().includes(name), name);
  });

  it('explains itself, and refuses an unknown role', async () => {
    const help = start({}, ['--help']);
    assert.equal(await help.end(), 0);
    assert.match(help.printed(), /worker/);
    const wrong = start({}, ['director']);
    assert.equal(await wrong.end(), 78);
    assert.match(wrong.printed(), /There is no role "director"/);
    const unknown = start({}, ['--unknown']);
    assert.equal(await unknown.end(), 78);
    assert.match(unknown.printed(), /^Unknown option '--unknown'.* \/ 参数无效.*\n$/);
  });
});

describe('npm start with DATABASE_URL', function () {
  this.timeout(120_000);
  const database = useDatabase();

  it('uses that server, starts nothing embedded, and splits into roles', async () => {
    const dataDir = await makeDataDir('roles');
    const settings = { DATA_DIR: dataDir, DATABASE_URL: database.url };
    const migrated = spawnProgram(settings, ['migrate']);
    assert.equal(await migrated.end(), 0);
    const api = spawnProgram(settings, ['api']);
    const worker = spawnProgram(settings, ['worker']);
    const url = await api.url();
    await eventually('the worker is ready', () => worker.printed().includes('ready'));
    const { body } = await register(url, 'ada');
    const params = { prompt: 'a fox in the snow', sceneCount: 1, characterCount: 0 };
    const made = await post(`${url}/tasks`, { type: 'screenplay', params }, body.data.token);
    const status = async () => (await database.db('tasks').where({ id: made.body.data.id }).first())?.status;
    await eventually('the worker wrote the screenplay', async () => (await status()) === 'completed');
    await assert.rejects(stat(join(dataDir, 'postgres')));
    for (const program of [api, worker]) {
      program.child.kill('SIGTERM');
      assert.equal(await program.end(), 0, program.printed());
    }
    await rm(dataDir, { recursive: true, force: true });
  });

  it('listens on an address of IPv6, and writes it so that it can be opened', async () => {
    const dataDir = await makeDataDir('ipv6');
    const settings = { DATA_DIR: dataDir, DATABASE_URL: database.url, HOST: '::1', METRICS_HOST: '::1' };
    const api = spawnProgram({ ...settings, METRICS_PORT: '0' }, ['api']);
    try {
      const url = await api.url();
      assert.match(url, /^http:\/\/\[::1\]:\d+\/api\/v1$/);
      assert.equal((await fetch(`${url}/health/ready`)).status, 200);
      const [, figures = ''] = /Figures\s+(\S+)/.exec(api.printed()) ?? [];
      assert.match(figures, /^http:\/\/\[::1\]:/);
      assert.equal((await fetch(figures)).status, 200);
    } finally {
      api.child.kill('SIGTERM');
      assert.equal(await api.end(), 0, api.printed());
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
