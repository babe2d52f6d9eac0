import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy } from '../support/proxy.ts';
import { addTask, addUser } from '../support/rows.ts';
import { type Stage, startStage, tell } from './stage.ts';
import { idsOf, openStream, range } from './streamClient.ts';

describe('live events survive', () => {
  const database = useDatabase();
  const stages: Stage[] = [];
  let userId: string;
  let taskId: string;

  const start = async (more: Parameters<typeof startStage>[1] = {}) => {
    const stage = await startStage(database, more);
    stages.push(stage);
    await eventually('the hub listens', () => stage.realtime.hub.listening);
    return stage;
  };

  beforeEach(async () => {
    userId = await addUser(database.db, `ada${Math.random()}`);
    taskId = await addTask(database.db, userId);
  });
  afterEach(async () => {
    await Promise.all(stages.splice(0).map((stage) => stage.close()));
  });

  const killListeners = () =>
    database.db.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'directorai-events' and datname = current_database()`,
    );

  /** Four writers at once; some of their transactions are rolled back. */
  const write = (each: number) =>
    Promise.all(
      range(1, 4).map(async (writer) => {
        for (let made = 0; made < each; made += 1) {
          await tell(database, { userId, taskId });
          const refused = database.db.transaction(async (trx) => {
            await trx.raw("select append_event(?, ?, 'task.progress', '{}')", [userId, taskId]);
            throw new Error('rolled back');
          });
          if (made % 10 === writer) await assert.rejects(refused);
          else await refused.catch(() => undefined);
        }
      }),
    );

  it('four writers, two nodes, lost listeners, and a reader that comes back at random points', async () => {
    const nodes = [await start(), await start()];
    const seen: number[] = [];
    const total = 4 * 40;
    let connections = 0;
    const read = async () => {
      while (seen.length < total) {
        const node = nodes[connections % 2] ?? nodes[0];
        const stream = await openStream(`${node?.url}/${userId}/${taskId}/events`, { after: seen.at(-1) ?? 0 });
        connections += 1;
        // What came beyond that is left to the next connection.
        const some = Math.min(total - seen.length, 1 + Math.floor(Math.random() * 30));
        const events = await stream.until(seen.length + some);
        stream.close();
        seen.push(...idsOf(events).slice(0, some));
      }
    };
    const steady = await openStream(`${nodes[1]?.url}/${userId}/events`, { after: 0 });
    const reading = read();
    const writing = write(40);
    await steady.until(40);
    await killListeners();
    await Promise.all([writing, reading]);
    await steady.until(total);
    steady.close();
    assert.deepEqual(seen, range(1, total));
    assert.deepEqual(idsOf(steady.events), range(1, total));
    assert.ok(connections > 2);
  });

  it('readers that come while events happen, each behind another part of the past', async () => {
    const node = await start({ maxStreamsPerUser: 1000 });
    const total = 4 * 60;
    const writing = write(60);
    const streams = await Promise.all(
      range(1, 150).map(async (reader) => {
        await delay(reader * 4);
        return openStream(`${node.url}/${userId}/events`, { after: reader % 7 });
      }),
    );
    await writing;
    for (const [index, stream] of streams.entries()) {
      await stream.until(total);
      stream.close();
      assert.deepEqual(idsOf(stream.events), range(((index + 1) % 7) + 1, total));
    }
  });

  it('a restart of the service', async () => {
    const before = await start();
    const stream = await openStream(`${before.url}/${userId}/${taskId}/events`);
    await tell(database, { userId, taskId });
    await stream.until(1);
    await before.close();
    await stream.ended;
    assert.ok(stream.response.complete, 'the stream was ended in order, not cut');
    await tell(database, { userId, taskId });
    const after = await start();
    const resumed = await openStream(`${after.url}/${userId}/${taskId}/events`, { after: 1 });
    await tell(database, { userId, taskId });
    assert.deepEqual(idsOf(await resumed.until(3)), [2, 3]);
    resumed.close();
  });

  it('the loss of the listening connection', async () => {
    const stage = await start();
    const stream = await openStream(`${stage.url}/${userId}/${taskId}/events`);
    await killListeners();
    for (let made = 0; made < 20; made += 1) await tell(database, { userId, taskId });
    assert.deepEqual(idsOf(await stream.until(20)), range(1, 20));
    await eventually('the hub listens again', () => stage.realtime.hub.listening);
    await tell(database, { userId, taskId });
    await stream.until(21);
    stream.close();
  });

  it('a listening connection that went silent', async () => {
    const proxy = await startProxy(database.url);
    try {
      const stage = await start({ databaseUrl: proxy.url, probeEveryMs: 50, probeLimitMs: 200, pollEveryMs: 60_000 });
      const stream = await openStream(`${stage.url}/${userId}/${taskId}/events`);
      proxy.goSilent();
      await tell(database, { userId, taskId });
      assert.deepEqual(idsOf(await stream.until(1)), [1]);
      stream.close();
      await stage.close();
    } finally {
      await proxy.close();
    }
  });

  it('a time without a listening connection, by polling', async () => {
    const proxy = await startProxy(database.url);
    const stage = await start({ databaseUrl: proxy.url, pollEveryMs: 30 });
    const stream = await openStream(`${stage.url}/${userId}/${taskId}/events`);
    await proxy.close();
    await eventually('the hub lost its connection', () => !stage.realtime.hub.listening);
    await tell(database, { userId, taskId });
    assert.deepEqual(idsOf(await stream.until(1)), [1]);
    assert.equal(stage.realtime.hub.listening, false);
    stream.close();
  });
});
