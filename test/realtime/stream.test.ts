import assert from 'node:assert/strict';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addTask, addUser } from '../support/rows.ts';
import { type Stage, startStage, tell } from './stage.ts';
import { idsOf, openStream, range } from './streamClient.ts';

describe('the stream of a task', () => {
  const database = useDatabase();
  let stage: Stage;
  let userId: string;
  let taskId: string;
  let url: string;

  before(async () => {
    stage = await startStage(database, { heartbeatMs: 50 });
  });
  after(() => stage.close());

  beforeEach(async () => {
    userId = await addUser(database.db, `ada${Math.random()}`);
    taskId = await addTask(database.db, userId);
    url = `${stage.url}/${userId}/${taskId}/events`;
  });

  const tellMany = async (count: number) => {
    for (let made = 0; made < count; made += 1) await tell(database, { userId, taskId });
  };
  const end = async (status = 'completed') => {
    await database.db('tasks').where({ id: taskId }).update({ status, completed_at: new Date() });
    await tell(database, { userId, taskId, status, progress: 100 });
  };

  it('carries the past, then what happens, in the message of the document', async () => {
    await tell(database, { userId, taskId, message: '你好' });
    const stream = await openStream(url);
    await stream.until(1);
    await tell(database, { userId, taskId, progress: 7 });
    const [past, live] = await stream.until(2);
    stream.close();
    const details = '{"stage":"images","step":"drawSceneImage","done":0,"total":1';
    const begin = `{"type":"task.progress","taskId":"${taskId}","data":{"status":"processing","progress":`;
    assert.deepEqual(past, {
      id: 1,
      event: 'task.progress',
      data: `${begin}1,"details":${details},"message":"你好"}}}`,
    });
    assert.deepEqual(live, { id: 2, event: 'task.progress', data: `${begin}7,"details":${details}}}}` });
  });

  it('lets no text end its line, its event or begin another', async () => {
    const forged = 'id: 999\nevent: task.progress\ndata: {"forged":true}\n\n';
    const messages = ['\n', '\r', '\r\n', '\n\n', '\r\r', '\u2028', '\u0085'].map((end) => `sea${end}${end}${forged}`);
    for (const message of messages) await tell(database, { userId, taskId, message });
    const stream = await openStream(url);
    await stream.until(messages.length);
    await tell(database, { userId, taskId, message: 'live' });
    const events = await stream.until(messages.length + 1);
    stream.close();
    assert.deepEqual(idsOf(events), range(1, messages.length + 1));
    const said = events.map(({ data }) => JSON.parse(data).data.details.message);
    assert.deepEqual(said, [...messages, 'live']);
  });

  it('keeps the headers that let it through proxies, and says when to come back', async () => {
    const { response, retryMs, close } = await openStream(url).then(async (stream) => {
      await eventually('a retry time', () => stream.retryMs);
      return stream;
    });
    close();
    assert.equal(response.headers['content-type'], 'text/event-stream;charset=UTF-8');
    assert.equal(response.headers['cache-control'], 'no-cache, no-transform');
    assert.equal(response.headers['x-accel-buffering'], 'no');
    assert.equal(response.headers['x-request-id'], 'kept');
    assert.equal(retryMs, 2000);
  });

  it('resumes after a number and repeats nothing', async () => {
    await tellMany(5);
    const stream = await openStream(url, { after: 3 });
    await tellMany(2);
    assert.deepEqual(idsOf(await stream.until(7)), [4, 5, 6, 7]);
    stream.close();
  });

  it('reads a past of many pages', async () => {
    await database.db.raw("select append_event(?, ?, 'task.progress', '{}') from generate_series(1, 1000)", [
      userId,
      taskId,
    ]);
    const stream = await openStream(url);
    assert.deepEqual(idsOf(await stream.until(1000)), range(1, 1000));
    stream.close();
  });

  it('ends after the last event of the task', async () => {
    const stream = await openStream(url);
    await tellMany(1);
    await end();
    await stream.ended;
    assert.deepEqual(idsOf(stream.events), [1, 2]);
    assert.ok(stream.response.complete);
  });

  it('goes on through a failure that was tried again', async () => {
    await tell(database, { userId, taskId, status: 'failed' });
    await tellMany(1);
    const stream = await openStream(url);
    await stream.until(2);
    await end('cancelled');
    await stream.ended;
    assert.deepEqual(idsOf(stream.events), [1, 2, 3]);
  });

  it('is over for a task that ended, once all was read', async () => {
    await tellMany(1);
    await end();
    const late = await openStream(url);
    await late.ended;
    assert.deepEqual([late.status, idsOf(late.events)], [200, [1, 2]]);
    const later = await openStream(url, { after: 2 });
    assert.equal(later.status, 204);
    await later.ended;
  });

  it('sends heartbeats while nothing happens', async () => {
    const stream = await openStream(url);
    await eventually('three heartbeats', () => stream.comments.length >= 4);
    stream.close();
  });

  it('shows nothing of other tasks and other users', async () => {
    const bob = await addUser(database.db, `bob${Math.random()}`);
    const bobsTask = await addTask(database.db, bob);
    const otherTask = await addTask(database.db, userId);
    const streams = await Promise.all([
      openStream(`${stage.url}/${userId}/${taskId}/events`),
      openStream(`${stage.url}/${userId}/events`),
      openStream(`${stage.url}/${bob}/events`, { after: 0 }),
    ]);
    await tell(database, { userId, taskId });
    await tell(database, { userId: bob, taskId: bobsTask });
    await tell(database, { userId, taskId: otherTask });
    await tell(database, { userId, taskId });
    await Promise.all([streams[0].until(3), streams[1].until(3), streams[2].until(1)]);
    const tasksOf = streams.map(({ events }) => [...new Set(events.map(({ data }) => JSON.parse(data).taskId))]);
    assert.deepEqual(tasksOf, [[taskId], [taskId, otherTask], [bobsTask]]);
    for (const stream of streams) stream.close();
  });
});

describe('the stream of all tasks', () => {
  const database = useDatabase();
  let stage: Stage;

  before(async () => {
    stage = await startStage(database, { maxStreamsPerUser: 2, checkUsersEveryMs: 50 });
  });
  after(() => stage.close());

  it('begins with what happens next, or after a number', async () => {
    const userId = await addUser(database.db);
    const taskId = await addTask(database.db, userId);
    await tell(database, { userId, taskId });
    const [fresh, resumed] = await Promise.all([
      openStream(`${stage.url}/${userId}/events`),
      openStream(`${stage.url}/${userId}/events?after=0`),
    ]);
    await tell(database, { userId, taskId, status: 'completed' });
    await tell(database, { userId, taskId: await addTask(database.db, userId) });
    assert.deepEqual(idsOf(await fresh.until(3)), [2, 3]);
    assert.deepEqual(idsOf(await resumed.until(3)), [1, 2, 3]);
    fresh.close();
    resumed.close();
  });

  it('ends for an account that was disabled', async () => {
    const userId = await addUser(database.db, 'carol');
    const [stream, other] = [
      await openStream(`${stage.url}/${userId}/events`),
      await openStream(`${stage.url}/${await addUser(database.db, 'dave')}/events`),
    ];
    await database.db('users').where({ id: userId }).update({ is_active: false });
    await stream.ended;
    assert.equal(other.response.closed, false);
    other.close();
  });

  it('is limited per user, and a place is free again when a reader leaves', async () => {
    const userId = await addUser(database.db, 'eve');
    const streams = [
      await openStream(`${stage.url}/${userId}/events`),
      await openStream(`${stage.url}/${userId}/events`),
    ];
    const refused = await openStream(`${stage.url}/${userId}/events`);
    refused.response.resume();
    assert.equal(refused.status, 409);
    const other = await openStream(`${stage.url}/${await addUser(database.db, 'mallory')}/events`);
    assert.equal(other.status, 200);
    streams[0]?.close();
    const again = await eventually('a free place', async () => {
      const stream = await openStream(`${stage.url}/${userId}/events`);
      if (stream.status === 200) return stream;
      stream.close();
      return undefined;
    });
    for (const stream of [...streams, other, again]) stream.close();
  });
});

describe('a stream that comes back while the limit is reached', () => {
  const database = useDatabase();
  const settledMs = 1500;
  let stage: Stage;
  let url: string;

  before(async () => {
    stage = await startStage(database, { maxStreamsPerUser: 2, settledMs });
  });
  after(() => stage.close());
  beforeEach(async () => {
    url = `${stage.url}/${await addUser(database.db, `gil${Math.random()}`)}/events`;
  });

  const opened = async (after?: number, at = url) => {
    const stream = await openStream(at, after === undefined ? {} : { after });
    if (stream.status !== 200) stream.response.resume();
    return stream;
  };
  const admitted = (after: number) =>
    eventually('the stream is let in', async () => {
      const stream = await opened(after);
      return stream.status === 200 && stream;
    });

  it('replaces the oldest that follows the same, once that is no longer new', async () => {
    const [first, second] = [await opened(), await opened(0)];
    assert.equal((await opened(0)).status, 409, 'all are new');
    const again = await admitted(0);
    await first.ended;
    assert.equal(second.response.closed, false);
    assert.equal(stage.realtime.open().sse, 2);
    const last = await admitted(0);
    await second.ended;
    assert.equal(again.response.closed, false);
    for (const stream of [again, last]) stream.close();
  });

  it('replaces nobody where it begins anew or follows something else', async () => {
    const userId = url.split('/').at(-2) ?? '';
    const taskId = await addTask(database.db, userId);
    const streams = [await opened(0), await opened(0)];
    const later = performance.now() + settledMs + 50;
    await eventually('they are no longer new', () => performance.now() > later);
    assert.equal((await opened()).status, 409);
    assert.equal((await opened(0, `${stage.url}/${userId}/${taskId}/events`)).status, 409);
    for (const stream of streams) stream.close();
  });

  it('knows its place also when it was lost before the first event', async () => {
    const userId = url.split('/').at(-2) ?? '';
    const taskId = await addTask(database.db, userId);
    await tell(database, { userId, taskId });
    const stream = await opened();
    let text = '';
    stream.response.on('data', (piece: string) => {
      text += piece;
    });
    await eventually('its place', () => /^id: 1$/m.test(text));
    assert.deepEqual(stream.events, []);
    stream.close();
  });
});
