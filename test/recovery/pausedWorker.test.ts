import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pauseSpending, resumeSpending } from '../../src/engine/pauses.ts';
import { startTask } from '../../src/engine/tasks.ts';
import { statusOf } from '../engine/engineRig.ts';
import { story } from '../operations/fixtures.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { spawnWorker, stopWorker } from './workerProcess.ts';

describe('a pause in the middle of a film', () => {
  const database = useDatabase();
  let dataDir: string;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'directorai-pause-'));
  });
  after(() => rm(dataDir, { recursive: true, force: true }));

  it('stops the purchases of another process, and the film is finished after it', async () => {
    const { db } = database;
    const userId = await addUser(db);
    const params = { ...story, sceneCount: 3, render: { aspectRatio: '16:9' as const } };
    const { id } = await db.transaction((trx) => startTask(trx, { type: 'film', params, userId }));
    const settings = { GEMINI_MAX_IN_FLIGHT: '1', SANDBOX_LATENCY_SCALE: '0.02' };
    const worker = spawnWorker({ DATABASE_URL: database.url, DATA_DIR: dataDir, ...settings });
    const bought = async () =>
      (await readFile(join(dataDir, 'sandbox', 'accepted.jsonl'), 'utf8')).trim().split('\n').length;
    const beats = async () => (await db('worker_beats').first())?.beat_at.getTime() ?? 0;
    const picture = () => db('provider_calls').where({ purpose: 'image', status: 'succeeded' }).first();
    await eventually('the first picture is bought', picture, 30_000);
    await db.transaction((trx) => pauseSpending(trx, { scope: 'all', reason: 'the invoice', by: userId }));
    const busy = () => db('steps').whereIn('status', ['running', 'waiting']).first();
    await eventually('nothing is on its way any more', async () => !(await busy()));
    const before = await bought();
    const since = await beats();
    await eventually('the worker lived on for two seconds', async () => (await beats()) > since + 2_000);
    assert.equal(await bought(), before);
    assert.ok(before < 8, 'the film has eight paid calls');
    assert.equal(await statusOf(db, id), 'processing');
    await db.transaction((trx) => resumeSpending(trx, 'all'));
    await eventually('the film is finished', async () => (await statusOf(db, id)) === 'completed', 40_000);
    await stopWorker(worker);
    assert.equal(await bought(), 8);
    assert.deepEqual(await db('steps').where({ task_id: id }).whereNot({ failures: 0 }), []);
  });
});
