import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';

const options = { users: ['ada', 'bob'], config: { adminEmails: ['ada@example.com'] } };

describe('setPause', () => {
  const app = useApp(options);
  const put = (scope: string, body: object, name = 'ada') =>
    app.as(name).put(`/api/v1/admin/pauses/${scope}`).send(body);
  const pauses = async () => (await app.as('ada').get('/api/v1/admin/pauses').expect(200)).body.data.items;
  const models = async () =>
    (await app.as('bob').get('/api/v1/models').expect(200)).body.data.items.map(
      (one: { paused: boolean }) => one.paused,
    );
  const stepOf = async (taskId: string) => (await app.as('bob').get(`/api/v1/tasks/${taskId}`)).body.data.steps[0];

  it('is seen wherever somebody could wonder why nothing moves', async () => {
    const order = { type: 'image', params: { prompt: 'a cat' } };
    const { body } = await put('gemini', { paused: true, reason: ' double charges ' }).expect(200);
    assert.deepEqual(
      [body.data.paused, body.data.reason, body.data.by],
      [true, 'double charges', app.sessionOf('ada').userId],
    );
    const { id } = (await app.as('bob').post('/api/v1/tasks').send(order).expect(202)).body.data;
    assert.equal((await stepOf(id)).paused, true);
    assert.deepEqual(await models(), [false, true, false]);
    await put('all', { paused: true, reason: 'the invoice' }).expect(200);
    assert.deepEqual(await models(), [true, true, true]);
    await put('gemini', { paused: false, reason: 'mended' }).expect(200);
    assert.deepEqual(
      (await pauses()).filter((one: { paused: boolean }) => one.paused).map((one: { scope: string }) => one.scope),
      ['all'],
    );
    assert.equal((await stepOf(id)).paused, true);
    await put('all', { paused: false, reason: 'mended' }).expect(200);
    await put('all', { paused: false, reason: 'surely' }).expect(200);
    assert.equal((await stepOf(id)).paused, false);
    assert.deepEqual(await models(), [false, false, false]);
  });

  it('keeps since when, whatever reason is given later', async () => {
    const first = (await put('tuzi', { paused: true, reason: 'a' }).expect(200)).body.data;
    const second = (await put('tuzi', { paused: true, reason: 'b' }).expect(200)).body.data;
    assert.deepEqual([second.since, second.reason], [first.since, 'b']);
    await put('tuzi', { paused: false, reason: 'c' }).expect(200);
  });

  it('refuses what it does not know', async () => {
    assert.equal(
      (await put('sora', { paused: true, reason: 'x' }).expect(400)).body.errors[0].pointer,
      '/path/pauseScope',
    );
    assert.equal(
      (await put('tuzi', { paused: 'yes', reason: 'x' }).expect(400)).body.errors[0].pointer,
      '/body/paused',
    );
    assert.equal((await put('tuzi', { paused: true }).expect(400)).body.errors[0].pointer, '/body/reason');
    await put('tuzi', { paused: true, reason: 'x' }, 'bob').expect(403);
    await app.as('bob').get('/api/v1/admin/pauses').expect(403);
    assert.equal(await app.db('spending_pauses').first(), undefined);
  });
});

describe('listAuditEntries', () => {
  const app = useApp(options);
  const list = async (query = '') => (await app.as('ada').get(`/api/v1/admin/audit?${query}`).expect(200)).body.data;
  const put = (paused: boolean, reason: string) =>
    app.as('ada').put('/api/v1/admin/pauses/glm').send({ paused, reason }).expect(200);

  it('tells who did what to what, when, why and from where, the latest first', async () => {
    const { userId: ada } = app.sessionOf('ada');
    const { userId: bob } = app.sessionOf('bob');
    const answer = await put(true, 'the invoice');
    await put(false, 'mended');
    await app.as('ada').post(`/api/v1/admin/users/${bob}/disable`).send({ reason: 'spam' }).expect(200);
    const { items, total } = await list();
    assert.equal(total, 3);
    const { id: _, at, ...first } = items[2];
    assert.ok(Date.now() - Date.parse(at) < 60_000);
    assert.deepEqual(first, {
      ...{ actorId: ada, actorName: 'ada', action: 'spending.pause', subject: 'glm', userId: null },
      ...{ reason: 'the invoice', changes: [{ field: 'paused', before: 'false', after: 'true' }] },
      ...{ address: '127.0.0.1', requestId: answer.headers['x-request-id'] },
    });
    assert.deepEqual((await list(`userId=${bob}`)).items, [items[0]]);
    assert.deepEqual((await list('action=spending.resume')).items, [items[1]]);
    assert.deepEqual((await list('pageSize=1&page=2')).items, [items[1]]);
    assert.equal((await list(`actorId=${bob}`)).total, 0);
    await app.as('ada').get('/api/v1/admin/audit?action=nonsense').expect(400);
    await app.join('carol');
    await app.as('carol').get('/api/v1/admin/audit').expect(403);
  });

  it('cannot be rewritten, and outlives who is in it', async () => {
    const rewritten = [
      app.db('audit_log').update({ reason: 'another' }),
      app.db('audit_log').delete(),
      app.db.raw('truncate audit_log'),
    ];
    for (const query of rewritten) await assert.rejects(Promise.resolve(query), { code: 'DA002' });
    await app
      .db('users')
      .where({ id: app.sessionOf('bob').userId })
      .delete();
    assert.equal((await list()).total, 3);
  });

  it('is written in the commit of the deed, or neither is', async () => {
    await app.db.raw(
      "create function no_more() returns trigger language plpgsql as $$ begin raise exception 'full'; end $$",
    );
    await app.db.raw('create trigger full_log before insert on audit_log for each row execute function no_more()');
    await app.as('ada').put('/api/v1/admin/pauses/glm').send({ paused: true, reason: 'x' }).expect(500);
    assert.equal(await app.db('spending_pauses').first(), undefined);
  });
});
