import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { allSteps, plan, startRig, statusOf, stopRigs } from './engineRig.ts';

interface Told {
  created_at: Date;
  data: { details: { done: number; message?: string } };
}

describe('what steps say while they run', () => {
  const database = useDatabase();
  afterEach(stopRigs);

  it('is told four times a second and task at most, and every change of state besides', async () => {
    const { db } = database;
    const steps = Array.from({ length: 8 }, () => ({}));
    const taskId = await plan(db, await addUser(db), steps);
    let begun = 0;
    await startRig(database, {
      steps: allSteps(async ({ report }) => {
        await delay(60 * begun++);
        for (let said = 0; said < 60; said += 1) {
          report(`${said}`);
          await delay(20);
        }
        return { end: 'done', result: {} };
      }),
    });
    await eventually('the task is completed', async () => (await statusOf(db, taskId)) === 'completed');
    const told: Told[] = await db('events').where({ task_id: taskId }).orderBy('seq').select('created_at', 'data');
    const reports = told.filter(({ data }) => data.details.message !== undefined);
    assert.ok(reports.length >= 3, `${reports.length} reports`);
    const gaps = reports.slice(1).map(({ created_at: at }, index) => +at - +(reports[index]?.created_at ?? 0));
    assert.ok(Math.min(...gaps) >= 249, `${gaps} ms between reports`);
    const changes = told.filter(({ data }) => data.details.message === undefined);
    assert.deepEqual(
      changes.map(({ data }) => data.details.done),
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
  });
});
