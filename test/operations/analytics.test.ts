import assert from 'node:assert/strict';
import { newId } from '../../src/db/ids.ts';
import { useApp } from '../http/testApp.ts';

const day = (number: number, time = '12:00') => `2026-03-${String(number).padStart(2, '0')}T${time}:00.000Z`;
const range = { from: day(1, '00:00'), to: day(31, '00:00') };

describe('analytics', () => {
  const app = useApp({ users: ['ada', 'bob', 'eve'], config: { adminEmails: ['eve@example.com'] } });
  const ask = (name: string, what: string, query: object = range) =>
    app.as(name).get(`/api/v1/analytics/${what}`).query(query);

  const addTask = async (name: string, type: string, status: string, [created, ended]: [string, string?]) => {
    const id = newId();
    const user_id = app.sessionOf(name).userId;
    await app.db('tasks').insert({ id, user_id, type, status, created_at: created, completed_at: ended ?? null });
    return id;
  };
  const addStep = async (name: string, taskId: string, stage: string, [created, ended]: [string, string]) => {
    const row = { id: newId(), task_id: taskId, user_id: app.sessionOf(name).userId, kind: 'drawImage', stage };
    await app.db('steps').insert({ ...row, status: 'done', result: {}, created_at: created, updated_at: ended });
    return row.id;
  };
  const addCall = (name: string, purpose: string, created: string, cost: number | null) =>
    app.db('provider_calls').insert({
      id: newId(),
      op_key: newId(),
      user_id: app.sessionOf(name).userId,
      vendor: 'glm',
      model: 'glm-4',
      purpose,
      status: 'succeeded',
      request_hash: Buffer.alloc(1),
      request: {},
      fence: 1,
      max_cost_micros: 9,
      cost_micros: cost,
      created_at: created,
    });

  before('makes the past of three people', async () => {
    const film = await addTask('ada', 'film', 'completed', [day(1), day(2, '01:30')]);
    const written = await addStep('ada', film, 'screenplay', [day(1), day(1, '12:01')]);
    for (const end of ['12:03', '12:05']) {
      const drawn = await addStep('ada', film, 'images', [day(1), day(1, end)]);
      await app.db('step_edges').insert({ predecessor_id: written, successor_id: drawn });
    }
    const second = await addTask('ada', 'film', 'failed', [day(2), day(2, '13:00')]);
    await addStep('ada', second, 'screenplay', [day(2), day(2, '12:03')]);
    await addTask('ada', 'image', 'cancelled', [day(3), day(3, '13:00')]);
    await addTask('ada', 'image', 'processing', [day(3)]);
    await addTask('ada', 'message', 'completed', [day(3), day(3)]);
    await addTask('ada', 'film', 'completed', ['2026-02-28T23:59:59.999Z', day(1)]);
    await addTask('ada', 'film', 'completed', [day(31, '00:00'), day(31, '00:00')]);
    await addTask('bob', 'video', 'completed', [day(5), day(6)]);
    await addCall('ada', 'image', day(1), 200);
    await addCall('ada', 'image', day(1), 100);
    await addCall('ada', 'message', day(2), 7);
    await addCall('ada', 'video', day(2), null);
    await addCall('bob', 'video', day(5), 5000);
  });

  describe('getAnalyticsOverview', () => {
    it('counts one’s own tasks, times their stages and adds up what was charged', async () => {
      const { body } = await ask('ada', 'overview').expect(200);
      const nothing = { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 };
      assert.deepEqual(body.data, {
        scope: 'own',
        ...range,
        taskCount: 4,
        successRate: 0.5,
        tasks: [
          { ...nothing, type: 'film', total: 2, completed: 1, failed: 1 },
          { ...nothing, type: 'image', total: 2, processing: 1, cancelled: 1 },
        ],
        stages: [
          { stage: 'screenplay', tasks: 2, p50Ms: 120_000, p95Ms: 174_000 },
          { stage: 'images', tasks: 1, p50Ms: 240_000, p95Ms: 240_000 },
        ],
        costMicros: 307,
        costs: [
          { purpose: 'image', calls: 2, costMicros: 300 },
          { purpose: 'message', calls: 1, costMicros: 7 },
        ],
      });
    });
    it('is of the last 30 days unless told, and may be empty', async () => {
      const { body } = await ask('eve', 'overview', {}).expect(200);
      const { from, to, taskCount, successRate, tasks } = body.data;
      assert.equal(Date.parse(to) - Date.parse(from), 30 * 86_400_000);
      assert.deepEqual([taskCount, successRate, tasks], [0, null, []]);
    });
    it('shows everybody’s work to an administrator and to nobody else', async () => {
      const all = { ...range, scope: 'all' };
      const { body } = await ask('eve', 'overview', all).expect(200);
      assert.deepEqual([body.data.taskCount, body.data.costMicros], [5, 5307]);
      const own = await ask('eve', 'overview').expect(200);
      assert.equal(own.body.data.taskCount, 0);
      for (const what of ['overview', 'timeline']) {
        const refused = await ask('ada', what, all).expect(403);
        assert.equal(refused.body.code, 2003);
      }
    });
    it('refuses ranges that are no time, empty or too long', async () => {
      const faults: [object, string][] = [
        [{ from: 'yesterday' }, '/query/from'],
        [{ to: '2026-13-01T00:00:00Z' }, '/query/to'],
        [{ from: range.to, to: range.from }, '/query/from'],
        [{ from: range.from, to: range.from }, '/query/from'],
        [{ from: '2025-01-01T00:00:00Z', to: '2026-01-03T00:00:00Z' }, '/query/from'],
        [{ scope: 'mine' }, '/query/scope'],
        [{ user: 'bob' }, '/query/user'],
      ];
      for (const [query, pointer] of faults) {
        const { body } = await ask('ada', 'overview', query).expect(400);
        assert.deepEqual([body.code, body.errors[0].pointer], [1000, pointer]);
      }
      await app.anyone().get('/api/v1/analytics/overview').expect(401);
    });
  });

  describe('getAnalyticsTimeline', () => {
    it('has a point for each day, where tasks began and where they ended', async () => {
      const { body } = await ask('ada', 'timeline', { from: day(1), to: day(4) }).expect(200);
      assert.equal(body.data.interval, 'day');
      assert.deepEqual(
        body.data.points.map(Object.values),
        [
          [day(1, '00:00'), 1, 1, 0, 0, 300],
          [day(2, '00:00'), 1, 1, 1, 0, 7],
          [day(3, '00:00'), 2, 0, 0, 1, 0],
          [day(4, '00:00'), 0, 0, 0, 0, 0],
        ].map(([start, created, completed, failed, cancelled, costMicros]) =>
          Object.values({ start, created, completed, failed, cancelled, costMicros }),
        ),
      );
    });
    it('has a point for each hour, a month of them at most', async () => {
      const { body } = await ask('ada', 'timeline', {
        from: day(2, '00:10'),
        to: day(2, '02:00'),
        interval: 'hour',
      }).expect(200);
      const points = body.data.points.map(({ start, completed }: { start: string; completed: number }) => [
        start,
        completed,
      ]);
      assert.deepEqual(points, [
        [day(2, '00:00'), 0],
        [day(2, '01:00'), 1],
      ]);
      const month = await ask('eve', 'timeline', {
        from: day(1, '00:30'),
        to: '2026-04-01T00:30:00Z',
        interval: 'hour',
        scope: 'all',
      });
      assert.deepEqual([month.status, month.body.data.points.length], [200, 745]);
      const year = { from: '2025-04-01T00:00:00Z', to: '2026-04-01T00:00:00Z' };
      assert.equal((await ask('ada', 'timeline', year).expect(200)).body.data.points.length, 365);
      const refused = await ask('ada', 'timeline', { ...year, interval: 'hour' }).expect(400);
      assert.equal(refused.body.errors[0].pointer, '/query/from');
    });
  });
});
