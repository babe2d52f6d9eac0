import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addTask, addUser } from '../support/rows.ts';
import { type Stage, startStage, tell } from './stage.ts';
import { idsOf, openStream, range } from './streamClient.ts';

describe('a reader that does not read', () => {
  const database = useDatabase();
  const messageBytes = 50_000;
  const mostUnsent = 64 * 1024 + 2 * messageBytes;
  let stage: Stage;
  let userId: string;
  let taskId: string;

  before(async () => {
    stage = await startStage(database, { stallLimitMs: 300 });
    userId = await addUser(database.db);
    taskId = await addTask(database.db, userId);
    await database.db.raw(
      `select append_event(?, ?, 'task.progress', jsonb_build_object('data', jsonb_build_object('details',
         jsonb_build_object('message', repeat('x', ?))))) from generate_series(1, 300)`,
      [userId, taskId, messageBytes],
    );
  });
  after(() => stage.close());

  /** Waits until the server has let go of its only reader; answers the most bytes it kept for it. */
  const cutByServer = async () => {
    let most = 0;
    await eventually('the reader was taken on', () => stage.unsent().length > 0);
    await eventually('the reader is cut', () => {
      most = Math.max(most, ...stage.unsent());
      return stage.unsent().length === 0;
    });
    return most;
  };

  it('is cut, holds little memory meanwhile, and loses nothing when it comes back', async () => {
    const url = `${stage.url}/${userId}/${taskId}/events`;
    const stalled = await openStream(url, { paused: true });
    const most = await cutByServer();
    assert.ok(most > 64 * 1024 && most < mostUnsent, `${most} bytes`);
    stalled.response.resume();
    await stalled.ended;
    assert.equal(stalled.response.complete, false);
    const resumed = await openStream(url, { after: 7 });
    assert.deepEqual(idsOf(await resumed.until(300)), range(8, 300));
    resumed.close();
  });

  it('does not hold up the others', async () => {
    const patient = await startStage(database, { stallLimitMs: 300_000 });
    const url = `${patient.url}/${userId}/events`;
    const slow = await openStream(url, { after: 0, paused: true });
    const quick = await openStream(url, { after: 300 });
    await tell(database, { userId, taskId });
    await quick.until(301);
    quick.close();
    slow.close();
    await eventually('both are gone', () => patient.unsent().length === 0);
    await patient.close();
  });

  it('is cut on a socket as well', async () => {
    const socket = new WebSocket(`${stage.socketUrl}?ticket=${userId}`);
    await once(socket, 'open');
    socket.pause();
    socket.send(JSON.stringify({ type: 'subscribe', taskId, after: 0 }));
    const most = await cutByServer();
    assert.ok(most < mostUnsent, `${most} bytes`);
    socket.resume();
    const [code] = await once(socket, 'close');
    assert.equal(code, 1006);
  });
});
