import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Housekeeping, startHousekeeping } from '../../src/engine/housekeeping.ts';
import { silentLog } from '../engine/engineRig.ts';
import { startTalk } from '../steps/agentRig.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { endOf, spawnWorker, stopWorker } from './workerProcess.ts';

/** One after the other, each in a process of its own: first the answer is lost, then it is kept but not used. */
const points = ['after-answer', 'before-finish'];

describe('a worker killed while the agent answers', () => {
  const database = useDatabase();
  let dataDir: string;
  let housekeeping: Housekeeping;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'directorai-turn-'));
    housekeeping = startHousekeeping(database.db, { crashLimit: 8, log: silentLog });
  });
  after(async () => {
    await housekeeping.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('costs one call, gives one answer and starts one screenplay', async () => {
    const { db } = database;
    const userId = await addUser(db);
    const talk = await startTalk(database, userId);
    await talk.say('拍一部小猫看海的短片，2个场景，1个角色');
    const settings = (crashAt = '') => ({ DATABASE_URL: database.url, DATA_DIR: dataDir, CRASH_AT: crashAt });
    for (const point of points) {
      const worker = spawnWorker(settings(`${point}@answerMessage`));
      const stuck = setTimeout(() => worker.child.kill('SIGTERM'), 20_000);
      const end = await endOf(worker);
      clearTimeout(stuck);
      assert.equal(end, 'SIGKILL', `at ${point}:\n${worker.output()}`);
    }
    const last = spawnWorker(settings());
    const updated = () => db('events').where({ user_id: userId, type: 'message.updated' }).first();
    await eventually('the screenplay is written', updated);
    await stopWorker(last);
    const accepted = (await readFile(join(dataDir, 'sandbox', 'accepted.jsonl'), 'utf8')).trim().split('\n');
    assert.equal(accepted.length, 2);
    const calls = await db('provider_calls').where({ user_id: userId }).orderBy('purpose');
    assert.deepEqual(
      calls.map(({ purpose, status }) => `${purpose} ${status}`),
      ['message succeeded', 'screenplay succeeded'],
    );
    assert.deepEqual(
      (await talk.messages()).map(({ role }) => role),
      ['user', 'assistant'],
    );
    assert.equal((await db('events').where({ user_id: userId, type: 'message.completed' })).length, 1);
    assert.equal((await db('tasks').where({ user_id: userId, type: 'screenplay' })).length, 1);
  });
});
