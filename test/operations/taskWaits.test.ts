import assert from 'node:assert/strict';
import { waitSeconds } from '../../src/operations/taskWaits.ts';
import { useApp } from '../http/testApp.ts';
import { eventually } from '../support/eventually.ts';
import { addPicture, missingId } from './fixtures.ts';

describe('Prefer: wait', () => {
  const app = useApp({ users: ['ada', 'bob'], config: { maxTasksPerUser: 20 } });
  const params = { prompt: 'an orange kitten on a roof at dawn' };
  const agent = (name = 'ada') => app.as(name).set('Prefer', 'wait=20');
  const start = async () =>
    (await app.as('ada').post('/api/v1/images').send(params).expect(202)).body.data.id as string;
  const cancel = (id: string) => app.as('ada').post(`/api/v1/tasks/${id}/cancel`).expect(200);
  const newest = async () => (await app.as('ada').get('/api/v1/tasks?pageSize=1')).body.data.items[0];

  const someoneWaits = () => eventually('somebody waits', () => app.services.realtime.hub.subscribers > 0);

  const timed = async <T>(work: Promise<T>): Promise<[T, number]> => {
    const startedAt = performance.now();
    return [await work, performance.now() - startedAt];
  };

  it('reads the seconds, a minute at most, and passes over what makes no sense', () => {
    const cases: [string | undefined, number | undefined][] = [
      ['wait=5', 5],
      ['respond-async, WAIT = "7"; foo', 7],
      ['wait=600', 60],
      ['wait=0', undefined],
      ['wait=-1', undefined],
      ['await=5', undefined],
      ['wait', undefined],
      [undefined, undefined],
    ];
    for (const [given, expected] of cases) assert.equal(waitSeconds(given), expected, given);
  });

  it('answers getTask the moment the task ends', async () => {
    const id = await start();
    const waiting = timed(Promise.resolve(agent().get(`/api/v1/tasks/${id}`).expect(200)));
    await someoneWaits();
    await cancel(id);
    const [{ body, headers }, ms] = await waiting;
    assert.deepEqual([body.data.status, headers['preference-applied']], ['cancelled', 'wait']);
    assert.ok(ms < 10_000, `${ms} ms`);
    const [again, atOnce] = await timed(Promise.resolve(agent().get(`/api/v1/tasks/${id}`).expect(200)));
    assert.deepEqual([again.body.data.status, again.headers['preference-applied']], ['cancelled', 'wait']);
    assert.ok(atOnce < 5_000);
  });

  it('answers createTask after its commit, and a replay too', async () => {
    const ask = () =>
      agent().set('Idempotency-Key', 'once').post('/api/v1/tasks').send({ type: 'image', params }).expect(202);
    const before = await newest();
    const waiting = Promise.resolve(ask());
    const { id } = await eventually('the task is committed', async () => {
      const task = await newest();
      return task.id !== before.id && task;
    });
    await cancel(id);
    const { body, headers } = await waiting;
    assert.deepEqual([body.data.id, body.data.status, headers['preference-applied']], [id, 'cancelled', 'wait']);
    assert.equal(headers.location, `/api/v1/tasks/${id}`);
    const replay = await ask();
    assert.deepEqual([replay.body.data.status, replay.headers['idempotent-replayed']], ['cancelled', 'true']);
  });

  it('says how the task ended, and shows what it made or why it failed', async () => {
    const ask = (key: string, language = 'en') =>
      agent().set('Accept-Language', language).set('Idempotency-Key', key).post('/api/v1/images').send(params);
    const { body: running } = await app.as('ada').set('Prefer', 'wait=1').post('/api/v1/images').send(params);
    assert.equal(running.message, 'Accepted; the work goes on in the background');
    assert.deepEqual(Object.keys(running.data), ['id', 'type', 'status', 'progress', 'createdAt']);
    const endAs = async (key: string, change: object) => {
      const { body } = await app.as('ada').set('Idempotency-Key', key).post('/api/v1/images').send(params).expect(202);
      await app.db('tasks').where({ id: body.data.id }).update(change);
      return ask(key).expect(202);
    };
    const mediaId = await addPicture(app, 'ada');
    const made = await endAs('made', { status: 'completed', result: { mediaId } });
    assert.equal(made.body.message, 'The task is completed');
    assert.equal(made.body.data.result.mediaId, mediaId);
    assert.match(made.body.data.result.url, /signature=/);
    assert.equal(made.body.data.errorMessage, null);
    assert.equal((await ask('made', 'zh').expect(202)).body.message, '任务已完成');
    const error = { code: 6000, key: 'step_deadline', params: {} };
    const failed = await endAs('failed', { status: 'failed', error });
    assert.equal(failed.body.message, 'The task has failed');
    assert.deepEqual(
      [failed.body.data.result, failed.body.data.errorMessage],
      [null, 'The step did not finish in time.'],
    );
  });

  it('answers with the task as it is when the time is up', async () => {
    const id = await start();
    const [{ body }, ms] = await timed(
      Promise.resolve(app.as('ada').set('Prefer', 'wait=1').get(`/api/v1/tasks/${id}`).expect(200)),
    );
    assert.equal(body.data.status, 'pending');
    assert.ok(ms >= 990, `${ms} ms`);
  });

  it('keeps nobody waiting for what is not there, and lets go of a client that left', async () => {
    await agent().get(`/api/v1/tasks/${missingId}`).expect(404);
    const id = await start();
    await agent('bob').get(`/api/v1/tasks/${id}`).expect(404);
    const left = new AbortController();
    const headers = { authorization: `Bearer ${app.sessionOf('ada').token}`, prefer: 'wait=60' };
    const asking = fetch(`${app.url}/api/v1/tasks/${id}`, { headers, signal: left.signal });
    await someoneWaits();
    left.abort();
    await assert.rejects(asking, { name: 'AbortError' });
    await eventually('nobody is waited for', () => app.services.realtime.hub.subscribers === 0);
  });

  it('is over for everybody when the process drains', async () => {
    const id = await start();
    const waiting = Promise.resolve(agent().get(`/api/v1/tasks/${id}`).expect(200));
    await someoneWaits();
    const [, ms] = await timed(app.services.realtime.hub.close());
    const { body } = await waiting;
    assert.equal(body.data.status, 'pending');
    assert.ok(ms < 5_000);
  });
});
