import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Housekeeping, startHousekeeping } from '../../src/engine/housekeeping.ts';
import { startTask } from '../../src/engine/tasks.ts';
import { silentLog, statusOf } from '../engine/engineRig.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { endOf, spawnWorker, stopWorker } from './workerProcess.ts';

/** Both in the second of three parts: its answer is lost; its answer is kept and the screenplay is not. */
const points = ['after-answer@writeScreenplay:2', 'after-accept@writeScreenplay'];

describe('a worker killed in the middle of a long screenplay', () => {
  const database = useDatabase();
  let dataDir: string;
  let housekeeping: Housekeeping;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'directorai-writer-'));
    housekeeping = startHousekeeping(database.db, { crashLimit: 8, log: silentLog });
  });
  after(async () => {
    await housekeeping.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('buys each part once, and the parts make one screenplay', async function () {
    this.timeout(60_000);
    const { db } = database;
    const userId = await addUser(db);
    const { id: taskId } = await db.transaction((trx) =>
      startTask(trx, {
        userId,
        type: 'screenplay',
        params: {
          ...{ prompt: '一只想看海的小猫', images: [], language: 'zh' as const },
          ...{ sceneCount: 20, characterCount: 6, sceneSeconds: 5 as const },
        },
      }),
    );
    const settings = (crashAt = '') => ({
      ...{ DATABASE_URL: database.url, DATA_DIR: dataDir, CRASH_AT: crashAt, SANDBOX_LATENCY_SCALE: '0.3' },
    });
    for (const point of points) {
      const worker = spawnWorker(settings(point));
      const stuck = setTimeout(() => worker.child.kill('SIGTERM'), 20_000);
      const end = await endOf(worker);
      clearTimeout(stuck);
      assert.equal(end, 'SIGKILL', `at ${point}:\n${worker.output()}`);
    }
    const last = spawnWorker(settings());
    await eventually('it is written', async () => (await statusOf(db, taskId)) === 'completed', 20_000);
    await stopWorker(last);
    const accepted = (await readFile(join(dataDir, 'sandbox', 'accepted.jsonl'), 'utf8')).trim().split('\n');
    assert.equal(accepted.length, 3);
    const calls = await db('provider_calls').where({ user_id: userId });
    assert.deepEqual(
      calls.map(({ status }) => status),
      ['succeeded', 'succeeded', 'succeeded'],
    );
    const [screenplay] = await db('screenplays').where({ task_id: taskId });
    const scenes = await db('scenes').where({ screenplay_id: screenplay.id }).orderBy('scene_id');
    assert.deepEqual(
      scenes.map(({ scene_id }) => scene_id),
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    assert.equal(new Set(scenes.map(({ narration }) => narration)).size, 20);
    assert.equal((await db('character_sheets').where({ screenplay_id: screenplay.id })).length, 6);
    const told = await db('events').where({ task_id: taskId }).orderBy('seq');
    for (const part of ['1–7 / 20', '8–14 / 20']) assert.ok(JSON.stringify(told).includes(part), part);
  });
});
