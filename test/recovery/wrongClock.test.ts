import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTask } from '../../src/engine/tasks.ts';
import { statusOf } from '../engine/engineRig.ts';
import { story } from '../operations/fixtures.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { spawnWorker, stopWorker, type WorkerProcess } from './workerProcess.ts';

const hourMs = 3_600_000;
const yearMs = 365 * 24 * hourMs;

describe('a worker whose clock is wrong', function () {
  this.timeout(90_000);
  const database = useDatabase();
  let dataDir: string;
  let userId: string;
  let worker: WorkerProcess;

  before(async () => {
    userId = await addUser(database.db);
  });
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'directorai-clock-'));
  });
  afterEach(async () => {
    await stopWorker(worker);
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = (aheadMs: number): void => {
    const preload = new URL('../support/wrongClock.ts', import.meta.url);
    worker = spawnWorker({
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      NODE_OPTIONS: `--import ${preload.href}`,
      CLOCK_AHEAD_MS: String(aheadMs),
      SANDBOX_LATENCY_SCALE: '0.05',
    });
  };
  const orderFilm = async (): Promise<string> => {
    const params = { ...story, sceneCount: 2, render: { aspectRatio: '16:9' as const } };
    const { id } = await database.db.transaction((trx) => startTask(trx, { type: 'film', params, userId }));
    return id;
  };
  const isMade = (id: string) => async () => (await statusOf(database.db, id)) === 'completed';

  it('makes a film as any other, also when it is put from an hour ahead to an hour behind in the middle', async () => {
    const { db } = database;
    start(hourMs);
    const id = await orderFilm();
    const steps = () => db('steps').where({ task_id: id });
    const drawn = () => steps().where({ kind: 'drawCharacterSheet', status: 'done' }).first();
    await eventually('a picture is drawn', drawn, 40_000);
    worker.child.kill('SIGUSR2');
    await eventually('the film is made', isMade(id), 60_000);
    assert.deepEqual(await steps().where((step) => step.where('failures', '>', 0).orWhere('crash_count', '>', 0)), []);
    const calls = await db('provider_calls').whereIn('step_id', steps().select('id'));
    assert.ok(
      calls.length > 0 && calls.every(({ send_count: sends, status }) => sends === 1 && status === 'succeeded'),
    );
    assert.equal((await db('worker_sessions')).length, 1, 'it was never taken for dead');
  });

  it('deletes nothing before its time, and suspects no vendor, with a clock a year ahead', async () => {
    const { db } = database;
    const id = await orderFilm();
    await db('idempotency_keys').insert({
      ...{ user_id: userId, key: 'of today', operation: 'createTask', request_hash: Buffer.from('') },
      locked_until: new Date(),
    });
    start(yearMs);
    await eventually('the film is made', isMade(id), 60_000);
    const events = () => db('events').where({ task_id: id }).count('* as count').first();
    const before = await events();
    await db.raw("select graphile_worker.add_job('clean_up'), graphile_worker.add_job('audit_vendors')");
    const chores = () => db('graphile_worker.jobs').whereIn('task_identifier', ['clean_up', 'audit_vendors']);
    await eventually('both chores are done', async () => (await chores()).length === 0, 30_000);
    assert.deepEqual(await events(), before);
    assert.deepEqual(await db('idempotency_keys').pluck('key'), ['of today']);
    assert.deepEqual(await db('audit_findings'), []);
  });
});
