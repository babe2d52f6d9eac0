import assert from 'node:assert/strict';
import { password, useApp } from '../http/testApp.ts';
import { missingId } from './fixtures.ts';

const app = () => useApp({ users: ['ada', 'bob'], config: { adminEmails: ['ada@example.com'] } });
const order = { type: 'image', params: { prompt: 'a cat' } };

describe('listUsers', () => {
  const here = app();
  const list = (query: string) => here.as('ada').get(`/api/v1/admin/users?${query}`);
  const names = async (query: string) =>
    (await list(query).expect(200)).body.data.items.map(({ username }: { username: string }) => username);

  before(async () => {
    for (const name of ['Percy_1', 'percy%2', 'zoe']) await here.join(name);
    await here.db('users').where({ username: 'zoe' }).update({ is_active: false, closed_at: here.db.fn.now() });
  });

  it('pages through accounts, the newest first, without deleted ones', async () => {
    assert.deepEqual(await names(''), (await names('pageSize=2')).concat(await names('pageSize=2&page=2')));
    assert.equal((await list('').expect(200)).body.data.total, 4);
    assert.equal((await names('')).includes('zoe'), false);
  });

  it('finds by the beginning of name or e-mail, letter for letter, or by id', async () => {
    assert.deepEqual(await names('search=PERCY_'), ['Percy_1']);
    assert.deepEqual(await names('search=bob@'), ['bob']);
    assert.deepEqual(await names(`search=${here.sessionOf('bob').userId}`), ['bob']);
    assert.deepEqual(await names('search=%25'), []);
    assert.deepEqual(await names('search=ob'), []);
    assert.deepEqual(await names('status=disabled'), []);
  });

  it('names what is wrong with a question', async () => {
    const { body } = await list('status=gone').expect(400);
    assert.equal(body.errors[0].pointer, '/query/status');
  });
});

describe('getUser', () => {
  const here = app();

  it('shows what the account works on and what it is allowed', async () => {
    await here.as('bob').post('/api/v1/tasks').send(order).expect(202);
    const { userId } = here.sessionOf('bob');
    const { body } = await here.as('ada').get(`/api/v1/admin/users/${userId}`).expect(200);
    const { id: _, createdAt: __, ...rest } = body.data;
    assert.deepEqual(rest, {
      ...{ username: 'bob', email: 'bob@example.com', isAdmin: false, status: 'active', disabledAt: null },
      ...{ activeTasks: 1, spentMonthMicros: 0 },
      limits: { tasksAtOnce: null, maxDayMicros: null, maxMonthMicros: null },
    });
    await here.as('ada').get(`/api/v1/admin/users/${missingId}`).expect(404);
    const stranger = await here.as('bob').get(`/api/v1/admin/users/${userId}`).expect(403);
    assert.equal(stranger.body.code, 2003);
  });
});

describe('disableUser', () => {
  const here = app();
  const act = (id: string, what: string, body: object, key?: string) => {
    const request = here.as('ada').post(`/api/v1/admin/users/${id}/${what}`);
    return (key ? request.set('Idempotency-Key', key) : request).send(body);
  };
  const statusOf = async (name: string) => (await here.as(name).get('/api/v1/auth/me')).status;

  it('shuts every door at once, stops the work, and enableUser opens them again', async () => {
    const { userId, refreshToken } = await here.join('carol');
    const task = (await here.as('carol').post('/api/v1/tasks').send(order).expect(202)).body.data;
    const { key } = (await here.as('carol').post('/api/v1/users/me/api-keys').send({ name: 'x' }).expect(201)).body
      .data;
    const byKey = () => here.anyone().get('/api/v1/tasks').set('Authorization', `Bearer ${key}`);
    const stream = await fetch(`${here.url}/api/v1/events`, { headers: { authorization: `Bearer ${key}` } });
    assert.equal(stream.status, 200);
    const { body } = await act(userId, 'disable', { reason: 'card reported stolen' }, 'once').expect(200);
    assert.deepEqual([body.data.status, body.data.activeTasks], ['disabled', 0]);
    await stream.text();
    assert.equal(await statusOf('carol'), 401);
    await byKey().expect(401);
    await here.anyone().post('/api/v1/auth/refresh').send({ refreshToken }).expect(401);
    const form = { username: 'carol@example.com', password };
    await here.anyone().post('/api/v1/auth/login').type('form').send(form).expect(401);
    assert.equal((await here.db('tasks').where({ id: task.id }).first()).status, 'cancelled');
    const again = await act(userId, 'disable', { reason: 'card reported stolen' }, 'once').expect(200);
    assert.equal(again.headers['idempotent-replayed'], 'true');
    assert.equal((await act(userId, 'disable', { reason: 'x' }).expect(409)).body.code, 4002);
    await act(userId, 'enable', { reason: 'it was not' }).expect(200);
    await here.anyone().post('/api/v1/auth/login').type('form').send(form).expect(200);
    await byKey().expect(200);
    assert.equal(await statusOf('carol'), 401);
    assert.equal((await act(userId, 'enable', { reason: 'x' }).expect(409)).body.code, 4002);
    const entries = await here.db('audit_log').where({ user_id: userId }).orderBy('id');
    assert.deepEqual(
      entries.map(({ action, reason }) => `${action}: ${reason}`),
      ['user.disable: card reported stolen', 'user.enable: it was not'],
    );
  });

  it('lets work end where it is told to, and lets no more of it begin', async () => {
    const { userId } = await here.join('dan');
    const task = (await here.as('dan').post('/api/v1/tasks').send(order).expect(202)).body.data;
    await act(userId, 'disable', { reason: 'left the company', work: 'finish' }).expect(200);
    assert.equal((await here.db('tasks').where({ id: task.id }).first()).status, 'pending');
  });

  it('refuses oneself, a reason that is none, and who is not there', async () => {
    const own = await act(here.sessionOf('ada').userId, 'disable', { reason: 'x' })
      .set('Accept-Language', 'zh')
      .expect(409);
    assert.match(own.body.detail, /您自己的账号/);
    const { userId } = here.sessionOf('bob');
    for (const body of [{}, { reason: '' }, { reason: '  ' }, { reason: 'a\u0000' }, { reason: 'x'.repeat(501) }]) {
      const answer = await act(userId, 'disable', body).expect(400);
      assert.equal(answer.body.errors[0].pointer, '/body/reason');
    }
    await act(missingId, 'disable', { reason: 'x' }).expect(404);
    await here.as('bob').post(`/api/v1/admin/users/${userId}/disable`).send({ reason: 'x' }).expect(403);
    assert.equal(await statusOf('bob'), 200);
    assert.equal(await here.db('audit_log').where({ user_id: userId }).first(), undefined);
  });

  it('takes the role from an administrator whatever a session remembers', async () => {
    await here.join('eve');
    const { userId } = here.sessionOf('eve');
    await here.db('users').where({ id: userId }).update({ is_admin: true });
    const asEve = () => here.as('eve').put('/api/v1/admin/pauses/tuzi').send({ paused: true, reason: 'x' });
    await asEve().expect(200);
    await here.db('users').where({ id: userId }).update({ is_admin: false });
    await asEve().expect(403);
    assert.equal((await here.db('audit_log').where({ actor_id: userId })).length, 1);
  });
});

describe('setUserLimits', () => {
  const here = app();
  const limit = (body: object, name = 'bob') =>
    here
      .as('ada')
      .patch(`/api/v1/admin/users/${here.sessionOf(name).userId}/limits`)
      .send(body);

  it('holds over what the service and the user themself allow', async () => {
    const { body } = await limit({ tasksAtOnce: 1, maxDayMicros: 5, reason: 'trial' }).expect(200);
    assert.deepEqual(body.data.limits, { tasksAtOnce: 1, maxDayMicros: 5, maxMonthMicros: null });
    await here.as('bob').post('/api/v1/tasks').send(order).expect(202);
    const refused = await here.as('bob').post('/api/v1/tasks').send(order).expect(409);
    assert.deepEqual([refused.body.code, refused.body.detail], [5002, 'The limit of 1 active tasks is reached.']);
    const own = await here.as('bob').put('/api/v1/users/me/budget').send({ dayMicros: 1_000_000 }).expect(200);
    assert.deepEqual([own.body.data.dayMicros, own.body.data.maxDayMicros], [1_000_000, 5]);
    await limit({ tasksAtOnce: null, reason: 'no trial any more' }).expect(200);
    await here.as('bob').post('/api/v1/tasks').send(order).expect(202);
    const [first, second] = await here.db('audit_log').orderBy('id').pluck('changes');
    assert.deepEqual(first, [
      { field: 'tasksAtOnce', before: null, after: '1' },
      { field: 'maxDayMicros', before: null, after: '5' },
    ]);
    assert.deepEqual(second, [{ field: 'tasksAtOnce', before: '1', after: null }]);
  });

  it('refuses limits that are none, and to limit nothing', async () => {
    for (const wrong of [{ tasksAtOnce: -1 }, { maxDayMicros: 1.5 }, { maxMonthMicros: 'x' }])
      await limit({ ...wrong, reason: 'x' }).expect(400);
    await limit({ reason: 'x' }).expect(400);
    await limit({ tasksAtOnce: 1 }).expect(400);
    await here
      .as('bob')
      .patch(`/api/v1/admin/users/${missingId}/limits`)
      .send({ tasksAtOnce: 1, reason: 'x' })
      .expect(403);
    await here
      .as('ada')
      .patch(`/api/v1/admin/users/${missingId}/limits`)
      .send({ tasksAtOnce: 1, reason: 'x' })
      .expect(404);
  });
});
