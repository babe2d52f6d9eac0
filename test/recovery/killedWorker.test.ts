import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { type Housekeeping, startHousekeeping } from '../../src/engine/housekeeping.ts';
import { startTask } from '../../src/engine/tasks.ts';
import type { ScreenplayParams } from '../../src/film/glossary.ts';
import { silentLog, statusOf } from '../engine/engineRig.ts';
import { buildProgram, removeBuild } from '../faults/campaign/build.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { endOf, spawnWorker, stopWorker } from './workerProcess.ts';

const idea: ScreenplayParams = {
  prompt: '一只想看海的小猫',
  images: [],
  sceneCount: 2,
  characterCount: 1,
  sceneSeconds: 5,
  language: 'zh',
};

/** A film of two scenes and one character costs at least this much. */
const leastCalls = { '/api/paas/v4/chat/completions': 1, '/v1/images/generations': 3, '/v1/videos': 2 };

/**
 * Before the call leaves, when the vendor took it and its answer is not kept, when the answer is kept and the step is not finished:
 * at each kind of step, in the order in which the film gets there.
 */
const points = [
  ...['after-intent', 'after-answer', 'after-accept'].map((point) => `${point}@writeScreenplay`),
  ...['after-intent', 'after-answer', 'before-finish'].map((point) => `${point}@drawCharacterSheet`),
  'after-intent@drawSceneImage:2',
  'after-answer@drawSceneImage',
  'after-accept@drawSceneImage',
  'after-intent@shootSceneClip',
  'after-answer@shootSceneClip:2',
  'after-accept@shootSceneClip',
  'before-collect',
  'before-finish@shootSceneClip',
  ...['after-claim', 'before-finish', 'after-finish'].map((point) => `${point}@assembleFilm`),
];

describe('a worker killed in mid-film', () => {
  const database = useDatabase();
  let db: Knex;
  let userId: string;
  let dataDir: string;
  let housekeeping: Housekeeping;
  let program: string;
  const build = `recovery-${process.pid}`;

  before(async () => {
    program = await buildProgram(build);
    db = database.db;
    userId = await addUser(db);
    dataDir = await mkdtemp(join(tmpdir(), 'directorai-kill-'));
    housekeeping = startHousekeeping(db, { crashLimit: 8, log: silentLog });
  });

  after(async () => {
    await housekeeping.stop();
    await removeBuild(build);
    await rm(dataDir, { recursive: true, force: true });
  });

  const settings = (crashAt = '') => ({ DATABASE_URL: database.url, DATA_DIR: dataDir, CRASH_AT: crashAt });

  async function acceptedCalls(): Promise<Record<string, number>> {
    const lines = (await readFile(join(dataDir, 'sandbox', 'accepted.jsonl'), 'utf8')).trim().split('\n');
    const counts: Record<string, number> = {};
    for (const line of lines) {
      const { path } = JSON.parse(line) as { path: string };
      counts[path] = (counts[path] ?? 0) + 1;
    }
    return counts;
  }

  it('finishes the film and pays for nothing twice, killed at each kind of step', async function () {
    this.timeout(120_000);
    const order = { userId, type: 'film' as const, params: { ...idea, render: { aspectRatio: '16:9' as const } } };
    const task = await db.transaction((trx) => startTask(trx, order));
    for (const point of points) {
      const worker = spawnWorker(settings(point), program);
      const stuck = setTimeout(() => worker.child.kill('SIGTERM'), 20_000);
      const end = await endOf(worker);
      clearTimeout(stuck);
      assert.equal(end, 'SIGKILL', `at ${point}:\n${worker.output()}`);
    }
    const last = spawnWorker(settings(), program);
    await eventually('the film is finished', async () => (await statusOf(db, task.id)) === 'completed', 30_000);
    await stopWorker(last);
    assert.deepEqual(await acceptedCalls(), leastCalls);
    const open = await db('provider_calls').where({ task_id: task.id }).whereNot({ status: 'succeeded' });
    assert.deepEqual(open, []);
  });
});
