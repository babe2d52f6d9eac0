import assert from 'node:assert/strict';
import { photo, upload } from '../operations/fixtures.ts';
import { useApp } from './testApp.ts';

describe('idempotency keys', () => {
  const app = useApp({ users: ['ada', 'bob'], config: { maxTasksPerUser: 50 } });
  const order = { type: 'image', params: { prompt: 'a cat', references: [] } };
  const create = (name: string, key: string, body: object = order) =>
    app.as(name).post('/api/v1/tasks').set('Idempotency-Key', key).send(body);
  const countTasks = async () => (await app.db('tasks').select('id')).length;

  it('answer the same request again with the first answer', async () => {
    const first = await create('ada', 'one').expect(202);
    assert.equal(first.headers['idempotent-replayed'], undefined);
    const tasks = await countTasks();
    const again = await create('ada', 'one').expect(202);
    assert.equal(again.text, first.text);
    assert.deepEqual([again.headers['idempotent-replayed'], again.headers.location], ['true', first.headers.location]);
    const reordered = { params: { references: [], prompt: 'a cat' }, type: 'image' };
    await create('ada', 'one', reordered).expect(202).expect('Idempotent-Replayed', 'true');
    assert.equal(await countTasks(), tasks);
  });

  it('are not for another request', async () => {
    await create('ada', 'two').expect(202);
    const other = { type: 'image', params: { prompt: 'a dog' } };
    const { body } = await create('ada', 'two', other).expect(422);
    assert.equal(body.code, 4003);
    const post = app.as('ada').post('/api/v1/conversations').set('Idempotency-Key', 'two');
    await post.send({ title: 'x' }).expect(422);
  });

  it('belong to one user', async () => {
    const mine = await create('ada', 'three').expect(202);
    const theirs = await create('bob', 'three').expect(202);
    assert.notEqual(mine.body.data.id, theirs.body.data.id);
  });

  it('make one task of twenty requests at once', async () => {
    const before = await countTasks();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create('ada', 'four')));
    assert.equal(await countTasks(), before + 1);
    const accepted = answers.filter(({ status }) => status === 202);
    assert.equal(new Set(accepted.map(({ body }) => body.data.id)).size, 1);
    assert.equal(accepted.filter(({ headers }) => !headers['idempotent-replayed']).length, 1);
    const refused = answers.filter(({ status }) => status !== 202);
    assert.ok(refused.every(({ status, body }) => status === 409 && body.code === 4000));
  });

  it('stay free when the request is refused', async () => {
    const film = { type: 'film', params: { screenplayId: '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02' } };
    await create('ada', 'five', film).expect(404);
    await create('ada', 'five').expect(202);
  });

  it('are forgotten after thirty days', async () => {
    const first = await create('ada', 'six').expect(202);
    await app
      .db('idempotency_keys')
      .where({ key: 'six' })
      .update({ created_at: new Date(Date.now() - 31 * 86_400_000) });
    const later = await create('ada', 'six', { type: 'image', params: { prompt: 'a dog' } }).expect(202);
    assert.notEqual(later.body.data.id, first.body.data.id);
    await create('ada', 'six').expect(422);
  });

  it('work for conversations, retries and decisions too', async () => {
    const ask = (path: string, body?: object) =>
      app.as('bob').post(`/api/v1${path}`).set('Idempotency-Key', `key of ${path}`).send(body);
    const conversation = await ask('/conversations', { title: 'x' }).expect(201);
    const again = await ask('/conversations', { title: 'x' }).expect(201);
    assert.equal(again.text, conversation.text);
    const { body } = await create('bob', 'seven').expect(202);
    const path = `/tasks/${body.data.id}`;
    await app.as('bob').post(`/api/v1${path}/cancel`).expect(200);
    const retried = await ask(`${path}/retry`).expect(202);
    assert.equal((await ask(`${path}/retry`).expect(202)).text, retried.text);
    const step = await app.db('steps').where({ task_id: body.data.id }).first();
    await app.db('steps').where({ id: step.id }).update({ status: 'needs_review' });
    const decide = () => ask(`${path}/steps/${step.id}/resolve`, { decision: 'retry' });
    const decided = await decide().expect(200);
    assert.equal((await decide().expect(200)).text, decided.text);
  });

  it('keep one file of many equal uploads, told apart by their bytes', async () => {
    const bytes = await photo();
    const send = (key: string, sent = bytes, filename = 'a.jpg') =>
      upload(app.as('ada'), sent, filename).set('Idempotency-Key', key);
    const first = await send('upload').expect(201);
    const again = await send('upload').expect(201);
    assert.deepEqual([again.text, again.headers['idempotent-replayed']], [first.text, 'true']);
    await send('upload', Buffer.concat([bytes, Buffer.alloc(1)])).expect(422);
    await send('upload', bytes, 'b.jpg').expect(422);
    const many = await Promise.all(Array.from({ length: 20 }, () => send('uploads')));
    const kept = many.filter(({ status }) => status === 201);
    assert.equal(new Set(kept.map(({ body }) => body.data.id)).size, 1);
    assert.ok(many.every(({ status, body }) => status === 201 || (status === 409 && body.code === 4000)));
    assert.equal((await app.db('media_files').select('id')).length, 2);
  });
});
