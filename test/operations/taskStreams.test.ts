import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';
import { idsOf, openStream, type StreamClient } from '../realtime/streamClient.ts';
import { eventually } from '../support/eventually.ts';

describe('task streams', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai', 'dan', 'eve', 'fay'] });
  const open: StreamClient[] = [];
  afterEach(() => {
    for (const client of open.splice(0)) client.close();
  });

  const ticketOf = async (name: string): Promise<string> => {
    const { body } = await app.as(name).post('/api/v1/auth/stream-tickets').expect(201);
    return body.data.ticket;
  };
  const watch = async (name: string, path: string, after?: number): Promise<StreamClient> => {
    const url = `${app.url}/api/v1${path}?ticket=${await ticketOf(name)}`;
    const client = await openStream(url, after === undefined ? {} : { after });
    open.push(client);
    return client;
  };
  const start = async (name: string): Promise<string> => {
    const body = { type: 'image', params: { prompt: 'a cat' } };
    return (await app.as(name).post('/api/v1/tasks').send(body).expect(202)).body.data.id;
  };
  const tell = async (taskId: string, message: string): Promise<void> => {
    const { id: step } = await app.db('steps').where({ task_id: taskId }).first();
    await app.db.raw('select tell_progress(?, ?, ?)', [taskId, step, message]);
  };
  const cancel = (name: string, taskId: string) => app.as(name).post(`/api/v1/tasks/${taskId}/cancel`).expect(200);

  describe('streamTaskEvents', () => {
    it('sends the past, then what happens, and ends after the last event', async () => {
      const taskId = await start('ada');
      await tell(taskId, 'first');
      const client = await watch('ada', `/tasks/${taskId}/events`);
      assert.equal(client.status, 200);
      await client.until(1);
      await tell(taskId, 'second');
      await cancel('ada', taskId);
      await client.ended;
      assert.deepEqual(idsOf(client.events), [1, 2, 3]);
      const [first, , last] = client.events.map(({ data }) => JSON.parse(data));
      const details = { stage: 'images', step: 'drawImage', done: 0, total: 1, message: 'first' };
      assert.deepEqual(first, { type: 'task.progress', taskId, data: { status: 'pending', progress: 0, details } });
      assert.equal(last.data.status, 'cancelled');
      const { headers } = client.response;
      assert.equal(headers['cache-control'], 'no-cache, no-transform');
      assert.equal(headers['x-accel-buffering'], 'no');
    });

    it('goes on behind the event that is named, and answers 204 when there is nothing more', async () => {
      const taskId = await start('bob');
      await tell(taskId, 'first');
      await cancel('bob', taskId);
      const later = await watch('bob', `/tasks/${taskId}/events`, 1);
      await later.ended;
      assert.deepEqual(idsOf(later.events), [2]);
      const path = `/api/v1/tasks/${taskId}/events`;
      await app.as('bob').get(`${path}?after=2`).expect(204);
      const both = await app.as('bob').get(`${path}?after=2`).set('Last-Event-ID', '1').expect(200);
      assert.match(both.text, /^id: 2$/m);
    });

    it('says how many steps wait for a decision, as long as they do', async () => {
      const taskId = await start('fay');
      const { id: stepId } = await app.db('steps').where({ task_id: taskId }).first();
      await app.db('steps').where({ id: stepId }).update({ status: 'needs_review' });
      await tell(taskId, 'lost');
      const client = await watch('fay', `/tasks/${taskId}/events`);
      await client.until(1);
      const progress = () => app.as('fay').get(`/api/v1/tasks/${taskId}/progress`).expect(200);
      assert.equal((await progress()).body.data.details.needsReview, 1);
      const path = `/api/v1/tasks/${taskId}/steps/${stepId}/resolve`;
      await app.as('fay').post(path).send({ decision: 'retry' }).expect(200);
      await client.until(2);
      assert.equal((await progress()).body.data.details.needsReview, undefined);
      await cancel('fay', taskId);
      await client.ended;
      const details = client.events.map(({ data }) => JSON.parse(data).data.details);
      assert.deepEqual(
        details.map(({ needsReview }) => needsReview),
        [1, undefined, undefined],
      );
      assert.deepEqual(Object.keys(details[0]), ['stage', 'step', 'done', 'total', 'message', 'needsReview']);
    });

    it('takes no number that is none', async () => {
      const taskId = await start('bob');
      const path = `/api/v1/tasks/${taskId}/events`;
      const query = await app.as('bob').get(`${path}?after=-1`).expect(400);
      assert.equal(query.body.errors[0].pointer, '/query/after');
      const header = await app.as('bob').get(path).set('Last-Event-ID', 'latest').expect(400);
      assert.equal(header.body.errors[0].pointer, '/header/last-event-id');
      await app.as('bob').head(path).expect(405);
    });
  });

  describe('streamEvents', () => {
    it('sends all of one’s own tasks from now on, or from the event that is named, and nobody else’s', async () => {
      const before = await start('cai');
      await tell(before, 'past');
      const live = await watch('cai', '/events');
      const whole = await watch('cai', '/events', 0);
      const strangers = await watch('dan', '/events', 0);
      await whole.until(1);
      const another = await start('cai');
      await tell(another, 'now');
      await live.until(2);
      await whole.until(2);
      assert.deepEqual([idsOf(live.events), idsOf(whole.events)], [[2], [1, 2]]);
      assert.deepEqual(strangers.events, []);
    });
  });

  it('a ticket opens one stream, once, and nothing else', async () => {
    const ticket = await ticketOf('dan');
    await app.anyone().get(`/api/v1/auth/me?ticket=${ticket}`).expect(401);
    const first = await openStream(`${app.url}/api/v1/events?ticket=${ticket}`);
    open.push(first);
    assert.equal(first.status, 200);
    const second = await openStream(`${app.url}/api/v1/events?ticket=${ticket}`);
    assert.equal(second.status, 401);
    second.close();
    await app.anyone().get('/api/v1/events').expect(401);
    await app.anyone().get('/api/v1/events?ticket=guessed').expect(401);
    const late = await ticketOf('dan');
    await app.db('stream_tickets').update({ expires_at: new Date(0) });
    await app.anyone().get(`/api/v1/events?ticket=${late}`).expect(401);
  });

  it('a user has so many streams and no more', async () => {
    for (let index = 0; index < 3; index += 1) await watch('eve', '/events');
    const { body } = await app.as('eve').get('/api/v1/events').expect(409);
    assert.equal(body.code, 5002);
    open.splice(-3, 1)[0]?.close();
    await eventually('a place is free', async () => (await watch('eve', '/events')).status === 200);
  });
});
