import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';
import { openStream } from '../realtime/streamClient.ts';
import { eventually } from '../support/eventually.ts';
import { addMediaRow, addPicture, addScreenplay, missingId } from './fixtures.ts';

const title = 'The kitten and the sea';

describe('messages', () => {
  const app = useApp({ users: ['ada', 'bob'], config: { maxTasksPerUser: 3 } });
  const base = '/api/v1/conversations';
  const create = async (name = 'ada'): Promise<string> =>
    (await app.as(name).post(base).send({ title }).expect(201)).body.data.id;
  const say = (id: string, body: object = { content: '一只想看海的小猫' }, name = 'ada') =>
    app.as(name).post(`${base}/${id}/messages`).send(body);
  const countOf = async (table: string, where: object) =>
    Number((await app.db(table).where(where).count({ n: '*' }))[0]?.n);
  const endTurns = () => app.db('tasks').where({ type: 'message' }).update({ status: 'completed' });
  const without = ({ body }: { body: object }) => ({ ...body, requestId: '' });
  /** What is somebody else's and what is missing look the same, and a stranger to the service gets nowhere. */
  const hides = async (method: 'get' | 'post', path: (id: string) => string, id: string, body?: object) => {
    const foreign = await app.as('bob')[method](path(id)).send(body).expect(404);
    const missing = await app.as('bob')[method](path(missingId)).send(body).expect(404);
    assert.deepEqual(without(foreign), without(missing));
    await app.anyone()[method](path(id)).send(body).expect(401);
  };

  afterEach(endTurns);

  describe('createMessage', () => {
    it('keeps what was said and lets the agent answer', async () => {
      const id = await create();
      const { body, headers } = await say(id).expect(202);
      const { message, turn } = body.data;
      assert.deepEqual([message.role, message.type, message.metadata], ['user', 'text', { turnId: turn.id }]);
      assert.deepEqual([turn.status, turn.messageId, turn.completedAt], ['pending', message.id, null]);
      assert.equal(headers.location, `${base}/${id}/turns/${turn.id}`);
      const [step] = await app.db('steps').where({ task_id: turn.id });
      assert.deepEqual([step.kind, step.status], ['answerMessage', 'ready']);
    });

    it('tells the agent of the film that is looked at, as it stands then', async () => {
      const [id, own] = [await create(), await addScreenplay(app.db, app.sessionOf('ada').userId)];
      const { body } = await say(id, { content: 'Make scene 2 darker', screenplayId: own.id }).expect(202);
      const { message, turn } = body.data;
      assert.deepEqual(message.metadata, { turnId: turn.id, aboutScreenplayId: own.id });
      const [row] = await app.db('tasks').where({ id: turn.id });
      assert.match(row.params.seen, /Title: The Sea\nScreenplay: draft; film: missing\nScene 1 [\s\S]*第2幕。/);
      const foreign = await addScreenplay(app.db, app.sessionOf('bob').userId);
      await endTurns();
      for (const screenplayId of [foreign.id, missingId]) await say(id, { content: 'x', screenplayId }).expect(404);
    });

    it('keeps count, preview and times of the conversation true', async () => {
      const id = await create();
      const longAgo = new Date(Date.now() - 3_600_000);
      await app.db('conversations').where({ id }).update({ last_accessed_at: longAgo, updated_at: longAgo });
      await say(id, { content: `  A\n\nkitten ${'x'.repeat(300)}` }).expect(202);
      const { body } = await app.as('ada').get(base).expect(200);
      const item = body.data.items[0];
      assert.deepEqual([item.id, item.messageCount, item.previewText.length], [id, 1, 121]);
      assert.match(item.previewText, /^A kitten x+…$/);
      assert.ok(new Date(item.lastAccessedAt) > longAgo);
    });

    it('takes one message at a time', async () => {
      const id = await create();
      const answers = await Promise.all(Array.from({ length: 5 }, () => say(id)));
      assert.deepEqual(answers.map(({ status }) => status).sort(), [202, 409, 409, 409, 409]);
      assert.equal(answers.find(({ status }) => status === 409)?.body.code, 4002);
      assert.equal(await countOf('messages', { conversation_id: id }), 1);
      await endTurns();
      await say(id).expect(202);
    });

    it('makes one message of one key', async () => {
      const id = await create();
      const again = () => say(id).set('Idempotency-Key', `once-${id}`).expect(202);
      const [first, second] = [await again(), await again()];
      assert.deepEqual(first.body, second.body);
      assert.equal(second.headers['idempotent-replayed'], 'true');
    });

    it('refuses what is no message and leaves nothing behind', async () => {
      const id = await create();
      const video = await addMediaRow(app.db, app.sessionOf('ada').userId, 'video');
      const bad: [object, string][] = [
        [{}, '/body/content'],
        [{ content: ' \n ' }, '/body/content'],
        [{ content: 'a\u0000' }, '/body/content'],
        [{ content: 'x'.repeat(10_001) }, '/body/content'],
        [{ content: 'x', images: ['1'] }, '/body/images/0'],
        [{ content: 'x', images: Array(9).fill(missingId) }, '/body/images'],
        [{ content: 'x', images: [video] }, '/body/images/0'],
        [{ content: 'x', role: 'assistant' }, '/body/role'],
      ];
      for (const [body, pointer] of bad) {
        const answer = await say(id, body).expect(400);
        assert.equal(answer.body.errors[0].pointer, pointer);
      }
      await say(id, { content: 'x', images: [missingId] }).expect(404);
      assert.equal(await countOf('messages', { conversation_id: id }), 0);
      assert.equal(await countOf('tasks', { conversation_id: id }), 0);
    });

    it('takes pictures of one’s own and keeps them from being deleted while the agent looks', async () => {
      const [id, picture] = [await create(), await addPicture(app, 'ada')];
      const { body } = await say(id, { content: 'Like this', images: [picture] }).expect(202);
      assert.deepEqual([body.data.message.type, body.data.message.metadata.images], ['image', [picture]]);
      await app.as('ada').delete(`/api/v1/media/${picture}`).expect(409);
      const bobs = await create('bob');
      await say(bobs, { content: 'x', images: [picture] }, 'bob').expect(404);
    });

    it('hides a conversation from everyone but its owner, and lets nobody run more turns than tasks', async () => {
      const id = await create();
      await hides('post', (one) => `${base}/${one}/messages`, id, { content: 'x' });
      for (let open = 0; open < 3; open += 1) await say(await create()).expect(202);
      const { body } = await say(await create()).expect(409);
      assert.equal(body.code, 5002);
    });
  });

  it('a turn is no task: no list, no task operation and no quota of tasks knows it', async () => {
    const id = await create();
    const { turn } = (await say(id).expect(202)).body.data;
    const { body } = await app.as('ada').get('/api/v1/tasks').expect(200);
    assert.equal(body.data.total, 0);
    for (const path of ['', '/progress', '/events'])
      await app.as('ada').get(`/api/v1/tasks/${turn.id}${path}`).expect(404);
    for (const path of ['/cancel', '/retry']) await app.as('ada').post(`/api/v1/tasks/${turn.id}${path}`).expect(404);
  });

  describe('listMessages', () => {
    it('shows the newest first, by page and by cursor, whatever is said meanwhile', async () => {
      const id = await create();
      for (const content of ['one', 'two', 'three', 'four']) {
        await say(id, { content }).expect(202);
        await endTurns();
      }
      const list = async (query: object) =>
        (await app.as('ada').get(`${base}/${id}/messages`).query(query).expect(200)).body.data;
      const wordsOf = ({ items }: { items: { content: string }[] }) => items.map(({ content }) => content);
      const first = await list({ pageSize: 2 });
      assert.deepEqual([wordsOf(first), first.total], [['four', 'three'], 4]);
      await say(id, { content: 'five' }).expect(202);
      const second = await list({ pageSize: 2, cursor: first.nextCursor });
      assert.deepEqual([wordsOf(second), second.nextCursor, second.total], [['two', 'one'], null, 5]);
      assert.deepEqual(wordsOf(await list({ pageSize: 2, page: 3 })), ['one']);
    });

    it('refuses cursors and pages that are none', async () => {
      const [id, other] = [await create(), await create()];
      const { message } = (await say(other).expect(202)).body.data;
      for (const [query, pointer] of [
        [`cursor=${message.id}`, '/query/cursor'],
        [`cursor=${missingId}`, '/query/cursor'],
        ['cursor=x', '/query/cursor'],
        ['page=0', '/query/page'],
        ['order=asc', '/query/order'],
      ]) {
        const { body } = await app.as('ada').get(`${base}/${id}/messages?${query}`).expect(400);
        assert.equal(body.errors[0].pointer, pointer);
      }
    });

    it('hides them from everyone but the owner', async () =>
      hides('get', (one) => `${base}/${one}/messages`, await create()));
  });

  describe('getTurn', () => {
    it('tells how the answer stands, and why there is none in the language asked for', async () => {
      const id = await create();
      const { turn } = (await say(id).expect(202)).body.data;
      const path = `${base}/${id}/turns/${turn.id}`;
      const { body } = await app.as('ada').get(path).expect(200);
      assert.deepEqual(body.data, turn);
      const error = { code: 7002, key: 'provider_unavailable', params: { vendor: 'glm', reason: 'x' } };
      await app.db('tasks').where({ id: turn.id }).update({ status: 'failed', error });
      const failed = await app.as('ada').get(path).set('Accept-Language', 'zh').expect(200);
      assert.deepEqual([failed.body.data.status, failed.body.data.errorMessage], ['failed', 'glm 暂不可用：x']);
    });

    it('hides it from everyone but the owner, and from other conversations', async () => {
      const [id, other] = [await create(), await create()];
      const { turn } = (await say(id).expect(202)).body.data;
      await hides('get', (one) => `${base}/${id}/turns/${one}`, turn.id);
      await app.as('ada').get(`${base}/${other}/turns/${turn.id}`).expect(404);
      await app.as('ada').get(`${base}/${id}/turns/latest`).expect(400);
    });
  });

  describe('cancelTurn', () => {
    it('stops the agent, once, and lets the conversation go on', async () => {
      const id = await create();
      const { turn } = (await say(id).expect(202)).body.data;
      const cancel = () => app.as('ada').post(`${base}/${id}/turns/${turn.id}/cancel`);
      const { body } = await cancel().expect(200);
      assert.equal(body.data.status, 'cancelled');
      assert.equal((await cancel().expect(409)).body.code, 4002);
      assert.equal((await app.db('steps').where({ task_id: turn.id }).first()).status, 'cancelled');
      const { data } = await app.db('events').where({ type: 'message.cancelled' }).first();
      assert.deepEqual(data, { conversationId: id, turnId: turn.id, messageId: turn.answerId, error: null });
      await say(id).expect(202);
    });

    it('is told to whoever streams all events, and resumed readers see it too', async () => {
      const id = await create();
      const ticket = async () => (await app.as('ada').post('/api/v1/auth/stream-tickets').expect(201)).body.data.ticket;
      const path = `${app.url}/api/v1/events`;
      const live = await openStream(`${path}?ticket=${await ticket()}`);
      const { turn } = (await say(id).expect(202)).body.data;
      await app.as('ada').post(`${base}/${id}/turns/${turn.id}/cancel`).expect(200);
      await eventually('the end is told', () => live.events.length === 1);
      const [event] = live.events;
      assert.ok(event);
      const late = await openStream(`${path}?ticket=${await ticket()}`, { after: event.id - 1 });
      await late.until(event.id);
      assert.deepEqual(late.events, live.events);
      assert.equal(event.event, 'message.cancelled');
      assert.equal(JSON.parse(event.data).data.turnId, turn.id);
      for (const stream of [live, late]) stream.close();
      await Promise.all([live.ended, late.ended]);
    });

    it('is the owner’s alone', async () => {
      const id = await create();
      const { turn } = (await say(id).expect(202)).body.data;
      await hides('post', (one) => `${base}/${id}/turns/${one}/cancel`, turn.id);
    });
  });

  it('deleteConversation takes messages, turns and what the event log holds of them along', async () => {
    const id = await create();
    const { turn } = (await say(id).expect(202)).body.data;
    await app.as('ada').post(`${base}/${id}/turns/${turn.id}/cancel`).expect(200);
    await say(id).expect(202);
    await app.as('ada').delete(`${base}/${id}`).expect(200);
    assert.equal(await countOf('messages', { conversation_id: id }), 0);
    assert.equal(await countOf('tasks', { type: 'message', conversation_id: null }), 0);
    const told = await app.db('events').whereRaw("data ->> 'conversationId' = ?", [id]);
    assert.deepEqual(told, []);
  });
});
