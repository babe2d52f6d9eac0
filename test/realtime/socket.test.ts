import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { appendEvent } from '../../src/realtime/eventLog.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addTask, addUser } from '../support/rows.ts';
import { origin, type Stage, startStage, tell } from './stage.ts';
import { openStream } from './streamClient.ts';

describe('the socket', () => {
  const database = useDatabase();
  const missing = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03';
  let stage: Stage;
  let userId: string;
  let taskId: string;

  before(async () => {
    stage = await startStage(database, { maxStreamsPerUser: 2 });
  });
  after(() => stage.close());
  beforeEach(async () => {
    userId = await addUser(database.db, `ada${Math.random()}`);
    taskId = await addTask(database.db, userId);
  });

  const connect = async (query = `?ticket=${userId}`, options: ClientOptions = {}) => {
    const socket = new WebSocket(`${stage.socketUrl}${query}`, options);
    const received: string[] = [];
    socket.on('message', (data) => received.push(data.toString()));
    await once(socket, 'open');
    const until = async (count: number) => {
      await eventually(`${count} messages`, () => received.length >= count);
      return received.slice(0, count);
    };
    const say = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    const close = async () => {
      socket.close();
      await once(socket, 'close');
    };
    return { socket, received, until, say, close };
  };
  const refusal = async (query: string, options: ClientOptions = {}, url = stage.socketUrl) => {
    const socket = new WebSocket(`${url}${query}`, options);
    socket.on('error', () => undefined);
    const [, response] = await once(socket, 'unexpected-response');
    response.destroy();
    return response.statusCode;
  };
  const progressOf = (id: string, progress: number, more = '') =>
    `{"type":"task.progress","taskId":"${id}","data":{"status":"processing","progress":${progress},` +
    `"details":{"stage":"images","step":"drawSceneImage","done":0,"total":1}}${more}}`;

  it('gets every task of its user, subscribed or not, in the bytes of the document', async () => {
    const otherTask = await addTask(database.db, userId);
    const { until, say, close } = await connect();
    say({ type: 'subscribe', taskId });
    await tell(database, { userId, taskId, progress: 3 });
    await tell(database, { userId, taskId: otherTask, progress: 4 });
    assert.deepEqual(await until(2), [progressOf(taskId, 3), progressOf(otherTask, 4)]);
    await close();
  });

  it('carries what conversations tell, of any length, in the bytes of the stream of all events', async () => {
    const stream = await openStream(`${stage.url}/${userId}/events`);
    const { until, close } = await connect();
    const append = (type: string, text: string, task: string | null = null) =>
      appendEvent(database.db, {
        userId,
        taskId: task,
        type,
        data: { conversationId: missing, turnId: missing, text },
      });
    for (const length of [1, 60, 200, 65_400, 70_000]) await append('message.delta', '海'.repeat(length));
    await append('message.completed', 'done');
    await tell(database, { userId, taskId, message: '你好' });
    const messages = await until(7);
    await stream.until(7);
    assert.deepEqual(
      messages,
      stream.events.map(({ data }) => data),
    );
    assert.equal(
      messages[0],
      `{"type":"message.delta","data":{"conversationId":"${missing}","turnId":"${missing}","text":"海"}}`,
    );
    stream.close();
    await close();
  });

  it('resumes a task after a number, with numbers, and gets no message twice', async () => {
    const otherTask = await addTask(database.db, userId);
    for (const progress of [1, 2, 3]) await tell(database, { userId, taskId, progress });
    const { until, say, close } = await connect();
    say({ type: 'subscribe', taskId, after: 1 });
    await until(2);
    await tell(database, { userId, taskId: otherTask, progress: 9 });
    await tell(database, { userId, taskId, progress: 4 });
    const messages = await until(4);
    assert.deepEqual(
      messages.filter((message) => message.includes(taskId)),
      [progressOf(taskId, 2, ',"seq":2'), progressOf(taskId, 3, ',"seq":3'), progressOf(taskId, 4, ',"seq":5')],
    );
    say({ type: 'unsubscribe', taskId });
    say({ type: 'subscribe', taskId: missing });
    await until(5);
    await tell(database, { userId, taskId, progress: 5 });
    assert.equal((await until(6))[5], progressOf(taskId, 5));
    await close();
  });

  it('hears nothing of others, and cannot tell their tasks from missing ones', async () => {
    const bob = await addUser(database.db, `bob${Math.random()}`);
    const bobsTask = await addTask(database.db, bob);
    const { until, say, close } = await connect();
    say({ type: 'subscribe', taskId: bobsTask, after: 0 });
    say({ type: 'subscribe', taskId: missing, after: 0 });
    say({ type: 'subscribe', taskId: 'nonsense' });
    await tell(database, { userId: bob, taskId: bobsTask });
    const answers = await until(3);
    assert.deepEqual(
      new Set(answers),
      new Set(['{"type":"error","data":{"code":3000,"message":"There is no such task."}}']),
    );
    await tell(database, { userId, taskId });
    assert.equal((await until(4))[3], progressOf(taskId, 1));
    await close();
  });

  it('answers nonsense with an error and stays open', async () => {
    const { until, say, close } = await connect(undefined, { headers: { 'accept-language': 'zh-CN' } });
    say('{"type":');
    say([]);
    say({ type: 'shout', taskId });
    say({ type: 'subscribe', taskId, after: -1 });
    const codes = (await until(4)).map((message) => JSON.parse(message).data.code);
    assert.deepEqual(codes, [1001, 1000, 1000, 1000]);
    assert.equal(JSON.parse((await until(1))[0] ?? '').data.message, '请求体不是合法的 JSON。');
    await close();
  });

  it('is refused without credentials, from foreign pages, at other addresses and beyond the limit', async () => {
    assert.equal(await refusal(''), 401);
    assert.equal(await refusal(`?ticket=${userId}`, { origin: 'https://evil.example' }), 403);
    assert.equal(await refusal('', {}, stage.socketUrl.replace('/ws', '/elsewhere')), 404);
    const open = [
      await connect('', { headers: { authorization: `Bearer ${userId}` } }),
      await connect(undefined, { origin }),
    ];
    assert.equal(await refusal(`?ticket=${userId}`), 409);
    await Promise.all(open.map(({ close }) => close()));
  });

  it('shares the places of its user with the streams', async () => {
    const socket = await connect();
    const stream = await openStream(`${stage.url}/${userId}/events`);
    assert.equal(await refusal(`?ticket=${userId}`), 409);
    const refused = await openStream(`${stage.url}/${userId}/events`);
    assert.equal(refused.status, 409);
    assert.deepEqual(stage.realtime.open(), { sse: 1, websocket: 1 });
    for (const one of [stream, refused]) one.close();
    await socket.close();
  });

  it('is closed for too large a message, for too many, and when it no longer answers pings', async () => {
    const large = await connect();
    large.say('x'.repeat(64 * 1024 + 1));
    assert.equal((await once(large.socket, 'close'))[0], 1009);
    const many = await connect();
    for (let sent = 0; sent < 61; sent += 1) many.say('{}');
    assert.equal((await once(many.socket, 'close'))[0], 1008);
    const silent = await connect(undefined, { autoPong: false });
    assert.equal((await once(silent.socket, 'close'))[0], 1006);
  });

  it('is told when the service restarts', async () => {
    const other = await startStage(database);
    const socket = new WebSocket(`${other.socketUrl}?ticket=${userId}`);
    await once(socket, 'open');
    const closed = once(socket, 'close');
    await other.close();
    assert.equal((await closed)[0], 1012);
  });
});
