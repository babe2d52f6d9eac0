import assert from 'node:assert/strict';
import { pruneEvents } from '../../src/realtime/prunedEvents.ts';
import { useDatabase } from '../support/database.ts';
import { addTask, addUser } from '../support/rows.ts';
import { type Stage, startStage, tell } from './stage.ts';
import { idsOf, openStream } from './streamClient.ts';

describe('a log whose past was pruned', () => {
  const database = useDatabase();
  const names = new Map<string, string>();
  let stage: Stage;
  let userId: string;
  let first: string;
  let second: string;
  let going: string;

  const end = async (taskId: string) => {
    await database
      .db('tasks')
      .where({ id: taskId })
      .update({ status: 'completed', completed_at: new Date(0) });
    await tell(database, { userId, taskId, status: 'completed', progress: 100 });
  };

  before(async () => {
    stage = await startStage(database);
    userId = await addUser(database.db);
    [first, second, going] = [
      await addTask(database.db, userId),
      await addTask(database.db, userId),
      await addTask(database.db, userId),
    ];
    for (const [index, taskId] of [first, second, going].entries()) names.set(taskId, `task ${index}`);
    for (const taskId of [first, going, second, first]) await tell(database, { userId, taskId });
    await end(first);
    await end(second);
    await tell(database, { userId, taskId: going });
    assert.equal(await pruneEvents(database.db, new Date()), 3);
    assert.equal(await pruneEvents(database.db, new Date()), 0);
  });
  after(() => stage.close());

  const statesIn = (events: { id: number; data: string }[]) =>
    events.map(({ id, data }) => {
      const message = JSON.parse(data);
      return [id, names.get(message.taskId), message.data.status, message.data.progress];
    });

  it('tells how each task ended, by a number of its own, and what is left in order', async () => {
    const stream = await openStream(`${stage.url}/${userId}/events?after=0`);
    await stream.until(7);
    stream.close();
    assert.deepEqual(statesIn(stream.events), [
      [2, 'task 2', 'processing', 1],
      [5, 'task 0', 'completed', 100],
      [6, 'task 1', 'completed', 100],
      [7, 'task 2', 'processing', 1],
    ]);
  });

  it('loses nothing wherever a reader breaks off', async () => {
    for (const [after, rest] of [
      [0, [2, 5, 6, 7]],
      [3, [5, 6, 7]],
      [5, [6, 7]],
      [6, [7]],
    ] as const) {
      const stream = await openStream(`${stage.url}/${userId}/events?after=${after}`);
      assert.deepEqual(idsOf(await stream.until(7)), rest);
      stream.close();
    }
  });

  it('ends the stream of a pruned task after its state', async () => {
    const stream = await openStream(`${stage.url}/${userId}/${first}/events`);
    await stream.ended;
    assert.deepEqual(statesIn(stream.events), [[5, 'task 0', 'completed', 100]]);
    const again = await openStream(`${stage.url}/${userId}/${first}/events`, { after: 5 });
    assert.equal(again.status, 204);
    await again.ended;
  });

  it('leaves a task that goes on as it is', async () => {
    const stream = await openStream(`${stage.url}/${userId}/${going}/events`);
    assert.deepEqual(idsOf(await stream.until(7)), [2, 7]);
    stream.close();
  });
});
