import assert from 'node:assert/strict';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addTask, addUser } from '../support/rows.ts';
import { startStage } from './stage.ts';
import { openStream } from './streamClient.ts';

describe('a service that closes while a reader is behind', () => {
  const database = useDatabase();

  it('writes nothing after the end, and ends', async () => {
    const stage = await startStage(database, { stallLimitMs: 2_000 });
    const userId = await addUser(database.db);
    const taskId = await addTask(database.db, userId);
    await database.db.raw(
      `select append_event(?, ?, 'task.progress', jsonb_build_object('text', repeat('x', 50000))) from generate_series(1, 300)`,
      [userId, taskId],
    );
    const stream = await openStream(`${stage.url}/${userId}/${taskId}/events`, { paused: true });
    await eventually('the reader is behind', () => stage.unsent().some((bytes) => bytes > 64 * 1024));
    await stage.realtime.close();
    stream.response.resume();
    await stream.ended;
    assert.equal(stream.response.complete, true);
    await stage.close();
  });
});
