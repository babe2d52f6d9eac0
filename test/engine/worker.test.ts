import assert from 'node:assert/strict';
import { startRig, allSteps, plan, statusOf } from './engineRig.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';

describe('worker', () => {
  const database = useDatabase();

  it('runs a graph of steps in order and completes the task', async () => {
    const { db } = database;
    const userId = await addUser(db);
    const order: string[] = [];
    const rig = await startRig(database, {
      steps: allSteps(async ({ step }) => {
        order.push(step.kind);
        return { end: 'done', result: {} };
      }),
    });
    const taskId = await plan(db, userId, [
      { key: 'sheet', kind: 'drawCharacterSheet' },
      { key: 'image', kind: 'drawSceneImage', after: ['sheet'] },
      { key: 'clip', kind: 'shootSceneClip', after: ['image'] },
      { key: 'cut', kind: 'assembleFilm', vendor: null, after: ['clip', 'sheet'] },
    ]);
    await eventually('the task completes', async () => (await statusOf(db, taskId)) === 'completed', 5000);
    await rig.stop();
    assert.deepEqual(order, ['drawCharacterSheet', 'drawSceneImage', 'shootSceneClip', 'assembleFilm']);
    const events = await db('events').where({ task_id: taskId }).orderBy('seq');
    console.log(events.map((e) => JSON.stringify(e.data)).join('\n'));
    const jobs = await db.raw('select * from graphile_worker.jobs');
    console.log(jobs.rows);
  });
});
