import assert from 'node:assert/strict';
import { pruneEvents } from '../../src/realtime/prunedEvents.ts';
import { useDatabase } from '../support/database.ts';
import { addTask, addUser } from '../support/rows.ts';
import { type Stage, startStage, tell } from './stage.ts';
import { idsOf, openStream } from './streamClient.ts';

describe('a log whose past was pruned', () => {
  const database = useDatabase();
  let stage: Stage;
  let userId: string;
  let oldTask: string;
  let newTask: string;

  before(async () => {
    stage = await startStage(database);
    userId = await addUser(database.db);
    oldTask = await addTask(database.db, userId);
    newTask = await addTask(database.db, userId);
    for (const taskId of [oldTask, newTask, oldTask, newTask]) await tell(database, { userId, taskId });
    const details = { stage: 'film', step: 'assembleFilm', done: 1, total: 1 };
    const ended = { status: 'completed', progress: 100, progress_details: details, completed_at: new Date(0) };
    await database.db('tasks').where({ id: oldTask }).update(ended);
    assert.equal(await pruneEvents(database.db, new Date()), 2);
  });
  after(() => stage.close());

  const statesIn = (events: { id: number; data: string }[]) =>
    events.map(({ id, data }) => {
      const message = JSON.parse(data);
      return [id, message.taskId === oldTask ? 'old' : 'new', message.data.status, message.data.progress];
    });

  it('tells the state of tasks without a history where their last event was, and what is left in order', async () => {
    const stream = await openStream(`${stage.url}/${userId}/events?after=0`);
    await stream.until(4);
    stream.close();
    assert.deepEqual(statesIn(stream.events), [
      [2, 'new', 'processing', 1],
      [3, 'old', 'completed', 100],
      [4, 'new', 'processing', 1],
    ]);
  });

  it('tells it once', async () => {
    const stream = await openStream(`${stage.url}/${userId}/events?after=3`);
    assert.deepEqual(idsOf(await stream.until(4)), [4]);
    stream.close();
  });

  it('ends the stream of a pruned task after its state', async () => {
    const stream = await openStream(`${stage.url}/${userId}/${oldTask}/events`);
    await stream.ended;
    assert.deepEqual(statesIn(stream.events), [[3, 'old', 'completed', 100]]);
    const again = await openStream(`${stage.url}/${userId}/${oldTask}/events`, { after: 3 });
    assert.equal(again.status, 204);
    await again.ended;
  });

  it('leaves a task that goes on as it is', async () => {
    const stream = await openStream(`${stage.url}/${userId}/${newTask}/events`);
    assert.deepEqual(idsOf(await stream.until(4)), [2, 4]);
    stream.close();
  });
});
