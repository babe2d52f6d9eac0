import assert from 'node:assert/strict';
import { newId } from '../../src/db/ids.ts';
import { useApp } from '../http/testApp.ts';
import { addScreenplay, photo, upload } from './fixtures.ts';

const mostBytes = 20_000;

describe('usage and quota', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai'], config: { maxMediaBytesPerUser: mostBytes } });
  const path = '/api/v1/users/me/usage';
  const usage = async (name: string, query: object = {}) =>
    (await app.as(name).get(path).query(query).expect(200)).body.data;

  const buy = (name: string, call: object) => {
    const id = newId();
    const required = {
      id,
      op_key: `${id}:x:0`,
      user_id: app.sessionOf(name).userId,
      vendor: 'v',
      model: 'm',
      fence: 1,
    };
    const money = {
      status: 'accepted',
      max_cost_micros: 5,
      cost_micros: 5,
      request_hash: Buffer.alloc(32),
      request: {},
    };
    return app.db('provider_calls').insert({ ...required, ...money, ...call });
  };

  describe('getUsage', () => {
    const film = { taskId: '', screenplayId: '' };
    before(async () => {
      const { userId } = app.sessionOf('ada');
      const screenplay = await addScreenplay(app.db, userId, 'confirmed');
      const order = { type: 'film', params: { screenplayId: screenplay.id } };
      const { body } = await app.as('ada').post('/api/v1/tasks').send(order).expect(202);
      Object.assign(film, { taskId: body.data.id, screenplayId: screenplay.id });
      const task = { task_id: film.taskId };
      await buy('ada', { ...task, purpose: 'screenplay', created_at: '2026-11-02T23:59:59Z' });
      await buy('ada', { ...task, purpose: 'image', created_at: '2026-11-03T00:00:00Z' });
      const clip = { ...task, purpose: 'video', request: { seconds: 10 }, cost_micros: 100, doubt_count: 1 };
      await buy('ada', { ...clip, created_at: '2026-11-03T12:00:00Z' });
      const lost = {
        purpose: 'video',
        request: { seconds: 5 },
        status: 'ambiguous',
        cost_micros: null,
        doubt_count: 1,
      };
      await buy('ada', { ...lost, created_at: '2026-11-04T12:00:00Z' });
      await buy('ada', { purpose: 'image', status: 'failed', cost_micros: null, created_at: '2026-11-04T12:00:00Z' });
      await buy('bob', { purpose: 'image', created_at: '2026-11-03T12:00:00Z' });
    });
    const november = { from: '2026-11-01T00:00:00Z', to: '2026-12-01T00:00:00Z' };
    const calls = { screenplay: 0, image: 0, video: 0, message: 0 };

    it('adds up accepted calls, seconds, cost and doubts, day by day', async () => {
      const { total, days, films, groupBy } = await usage('ada', november);
      assert.deepEqual(total, {
        calls: { ...calls, screenplay: 1, image: 1, video: 1 },
        clipSeconds: 10,
        costMicros: 110,
        ambiguousCalls: 2,
      });
      assert.deepEqual([groupBy, films], ['day', []]);
      assert.deepEqual(days, [
        { day: '2026-11-04', calls, clipSeconds: 0, costMicros: 0, ambiguousCalls: 1 },
        {
          day: '2026-11-03',
          calls: { ...calls, image: 1, video: 1 },
          clipSeconds: 10,
          costMicros: 105,
          ambiguousCalls: 1,
        },
        { day: '2026-11-02', calls: { ...calls, screenplay: 1 }, clipSeconds: 0, costMicros: 5, ambiguousCalls: 0 },
      ]);
      const { total: third } = await usage('ada', { from: '2026-11-03T00:00:00Z', to: '2026-11-03T12:00:00Z' });
      assert.deepEqual([third.calls.image, third.calls.video], [1, 0]);
    });

    it('says what each film cost, and what was bought for none', async () => {
      const { days, films } = await usage('ada', { ...november, groupBy: 'film' });
      assert.deepEqual(days, []);
      const [none, made] = films;
      assert.deepEqual([none.taskId, none.title, none.ambiguousCalls, none.costMicros], [null, null, 1, 0]);
      assert.deepEqual([made.taskId, made.screenplayId, made.title], [film.taskId, film.screenplayId, 'The Sea']);
      assert.deepEqual([made.costMicros, made.clipSeconds, made.calls.video], [110, 10, 1]);
    });

    it('is one’s own, and empty at first', async () => {
      assert.equal((await usage('bob', november)).total.calls.image, 1);
      const { total, days } = await usage('cai');
      assert.deepEqual([total, days], [{ calls, clipSeconds: 0, costMicros: 0, ambiguousCalls: 0 }, []]);
      await app.anyone().get(path).expect(401);
    });

    it('refuses times that are none, upside down or too far apart', async () => {
      const bad: [object, string][] = [
        [{ from: 'yesterday' }, 'from'],
        [{ from: november.to, to: november.from }, 'from'],
        [{ from: november.from, to: november.from }, 'from'],
        [{ from: '2025-01-01T00:00:00Z', to: november.to }, 'from'],
        [{ groupBy: 'hour' }, 'groupBy'],
      ];
      for (const [query, field] of bad) {
        const { body } = await app.as('ada').get(path).query(query).expect(400);
        assert.equal(body.errors[0].pointer, `/query/${field}`);
      }
    });
  });

  it('keeps the files of a user below their limit, however many come at once', async () => {
    const bytes = await photo();
    const answers = await Promise.all(Array.from({ length: 30 }, () => upload(app.as('cai'), bytes)));
    const refused = answers.filter(({ status }) => status !== 201);
    assert.ok(refused.length > 0 && refused.length < 30);
    assert.ok(refused.every(({ status, body }) => status === 409 && body.code === 5002));
    const owner = { user_id: app.sessionOf('cai').userId };
    const kept = await app.db('media_files').where(owner).select<{ size: string }[]>('size');
    const sum = kept.reduce((bytes, { size }) => bytes + Number(size), 0);
    assert.ok(sum <= mostBytes && sum > mostBytes / 2);
    const { body } = await app.as('cai').get('/api/v1/media').expect(200);
    await app.as('cai').delete(`/api/v1/media/${body.data.items[0].id}`).expect(200);
    await upload(app.as('cai'), bytes).expect(201);
  });
});
