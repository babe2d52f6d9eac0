import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { migrations } from '../../knexfile.ts';
import { connect } from '../../src/db/connect.ts';
import { freePort } from '../deploy/gateway.ts';
import { type ProgramProcess, spawnProgram } from '../program/programProcess.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { databaseName, testServer, urlOf } from '../support/postgres.ts';

describe('a service before its migrations', function () {
  this.timeout(120_000);
  let dataDir: string;
  let database: string;
  let url: string;
  const running = new Set<ProgramProcess>();

  beforeEach(async () => {
    dataDir = await makeDataDir('unmigrated');
    const server = await testServer();
    database = databaseName('empty');
    await server.admin.query(`create database ${database}`);
    url = urlOf(server.url, database);
  });
  afterEach(async () => {
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all([...running].map((program) => program.end()));
    running.clear();
    await (await testServer()).admin.query(`drop database ${database} with (force)`);
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = (role: string, settings: Record<string, string> = {}) => {
    const program = spawnProgram({ DATA_DIR: dataDir, DATABASE_URL: url, ...settings }, [role]);
    running.add(program);
    return program;
  };
  const waits = ({ printed }: ProgramProcess) =>
    eventually('it says that it waits', () => /waiting for the database.*\n/.exec(printed()), 30_000);
  const sentences = ({ printed }: ProgramProcess) => printed().match(/waiting for the database/g)?.length;

  it('lives, refuses with 503, and is ready by itself once migrated, with newer migrations as well', async () => {
    const [port, figures] = await Promise.all([freePort(), freePort()]);
    const api = start('api', { PORT: String(port) });
    const worker = start('worker', { METRICS_PORT: String(figures) });
    await Promise.all([waits(api), waits(worker)]);
    const ask = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${port}/api/v1${path}`, { method });
    assert.equal((await ask('/health/live')).status, 200);
    assert.equal((await fetch(`http://127.0.0.1:${figures}/live`)).status, 200);
    for (const refused of [await ask('/health/ready'), await ask('/auth/register', 'POST')]) {
      assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '1']);
      assert.equal(((await refused.json()) as { code: number }).code, 6001);
    }

    assert.equal(await start('migrate').end(), 0);
    const db = connect(url, { max: 1, applicationName: 'test' });
    await db(migrations.tableName ?? '').insert({ name: '29991231000000_of_a_newer_release.ts', batch: 99 });
    await db.destroy();
    await eventually('it is ready', async () => (await ask('/health/ready')).ok, 30_000);
    await eventually('the worker is ready', () => worker.printed().includes('The worker is ready'), 30_000);
    assert.deepEqual([sentences(api), sentences(worker)], [1, 1]);
    for (const { child } of [api, worker]) child.kill('SIGTERM');
    assert.deepEqual([await api.end(), await worker.end()], [0, 0], api.printed() + worker.printed());
  });

  it('ends cleanly at SIGTERM while it waits, also for a database that is not there', async () => {
    const api = start('api');
    const worker = start('worker');
    const away = start('api', { DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/nowhere` });
    await Promise.all([api, worker, away].map(waits));
    for (const program of [api, worker, away]) {
      program.child.kill('SIGTERM');
      assert.equal(await program.end(), 0, program.printed());
    }
  });

  it('says in one sentence that the database will not have it', async () => {
    for (const role of ['api', 'worker']) {
      const refused = start(role, { DATABASE_URL: url.replace(database, 'of_nobody') });
      assert.equal(await refused.end(), 78, refused.printed());
      assert.match(refused.printed(), /^DATABASE_URL cannot be used: .*\n$/);
    }
  });

  it('has a worker end, to be started anew, where the database is not there', async () => {
    const worker = start('worker', { DATABASE_URL: `postgres://nobody@127.0.0.1:${await freePort()}/nowhere` });
    assert.equal(await worker.end(), 70, worker.printed());
  });
});
