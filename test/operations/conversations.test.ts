import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';

const nobodys = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02';

describe('conversations', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai'] });
  const create = async (name: string, title = 'The kitten and the sea') => {
    const { body } = await app.as(name).post('/api/v1/conversations').send({ title }).expect(201);
    return body.data;
  };
  const without = ({ body }: { body: object }) => ({ ...body, requestId: '' });

  describe('createConversation', () => {
    it('starts an empty one and says where it is', async () => {
      const title = '一只想看海的小猫 🐱';
      const answer = await app.as('ada').post('/api/v1/conversations').send({ title }).expect(201);
      const { id, messageCount, isPinned } = answer.body.data;
      assert.deepEqual([answer.body.data.title, messageCount, isPinned], [title, 0, false]);
      assert.equal(answer.headers.location, `/api/v1/conversations/${id}`);
    });

    it('refuses what is no title', async () => {
      for (const title of ['', '   ', 'x'.repeat(256), 7, null, 'a\u0000b', 'a\ud800b']) {
        const { body } = await app.as('ada').post('/api/v1/conversations').send({ title }).expect(400);
        assert.equal(body.errors[0].pointer, '/body/title');
      }
    });
  });

  describe('listConversations', () => {
    it('lists one’s own, the latest activity first, page by page', async () => {
      const titles = ['one', 'two', 'three'];
      for (const title of titles) await create('cai', title);
      const list = (query: object) => app.as('cai').get('/api/v1/conversations').query(query).expect(200);
      const { body } = await list({ pageSize: 2 });
      assert.deepEqual([body.data.page, body.data.pageSize, body.data.total], [1, 2, 3]);
      assert.deepEqual(
        body.data.items.map(({ title }: { title: string }) => title),
        ['three', 'two'],
      );
      const second = await list({ pageSize: 2, page: 2 });
      assert.deepEqual(second.body.data.items[0].title, 'one');
      const beyond = await list({ page: 100 });
      assert.deepEqual([beyond.body.data.items, beyond.body.data.total], [[], 3]);
    });

    it('keeps pinned or unpinned ones only', async () => {
      const { id } = await create('cai', 'pinned');
      await app.as('cai').put(`/api/v1/conversations/${id}`).send({ isPinned: true }).expect(200);
      const pinned = await app.as('cai').get('/api/v1/conversations?pinned=true').expect(200);
      assert.deepEqual([pinned.body.data.total, pinned.body.data.items[0].id], [1, id]);
      const others = await app.as('cai').get('/api/v1/conversations?pinned=false').expect(200);
      assert.equal(others.body.data.total, 3);
    });

    it('refuses pages that do not exist and parameters it does not know', async () => {
      for (const query of [
        'page=0',
        'page=x',
        'page=1.5',
        'pageSize=0',
        'pageSize=101',
        'pinned=maybe',
        'sort=title',
      ]) {
        const { body } = await app.as('ada').get(`/api/v1/conversations?${query}`).expect(400);
        assert.equal(body.errors[0].pointer, `/query/${query.split('=')[0]}`);
      }
      await app.as('ada').get('/api/v1/conversations?page=1&page=2').expect(400);
    });
  });

  describe('getConversation', () => {
    it('shows one’s own and hides it from everyone else like a missing one', async () => {
      const { id } = await create('ada');
      await app.as('ada').get(`/api/v1/conversations/${id}`).expect(200);
      const foreign = await app.as('bob').get(`/api/v1/conversations/${id}`).expect(404);
      const missing = await app.as('bob').get(`/api/v1/conversations/${nobodys}`).expect(404);
      assert.equal(foreign.body.code, 3000);
      assert.deepEqual(without(foreign), without(missing));
      await app.anyone().get(`/api/v1/conversations/${id}`).expect(401);
    });

    it('notes that it was looked at, not more than once a minute', async () => {
      const { id } = await create('ada');
      const longAgo = new Date(Date.now() - 3_600_000);
      await app.db('conversations').where({ id }).update({ last_accessed_at: longAgo });
      await app.as('ada').get(`/api/v1/conversations/${id}`).expect(200);
      const { last_accessed_at: now } = await app.db('conversations').where({ id }).first();
      assert.ok(now > longAgo);
    });

    it('takes no id that is none', async () => {
      const { body } = await app.as('ada').get('/api/v1/conversations/mine').expect(400);
      assert.equal(body.errors[0].pointer, '/path/conversationId');
    });
  });

  describe('updateConversation', () => {
    it('changes what is given and keeps the rest', async () => {
      const { id } = await create('ada');
      const put = (body: object) => app.as('ada').put(`/api/v1/conversations/${id}`).send(body);
      const renamed = await put({ title: 'Storm' }).expect(200);
      assert.deepEqual(renamed.body.data, { id, title: 'Storm', isPinned: false });
      const pinned = await put({ isPinned: true }).expect(200);
      assert.deepEqual(pinned.body.data, { id, title: 'Storm', isPinned: true });
      await put({}).expect(400);
      await put({ isPinned: 'yes' }).expect(400);
      await put({ userId: nobodys }).expect(400);
    });

    it('leaves a stranger’s as it is', async () => {
      const { id } = await create('ada');
      await app.as('bob').put(`/api/v1/conversations/${id}`).send({ title: 'Mine' }).expect(404);
      const row = await app.db('conversations').where({ id }).first();
      assert.equal(row.title, 'The kitten and the sea');
    });
  });

  describe('deleteConversation', () => {
    it('deletes one’s own, once', async () => {
      const { id } = await create('ada');
      await app.as('bob').delete(`/api/v1/conversations/${id}`).expect(404);
      await app.as('ada').delete(`/api/v1/conversations/${id}`).expect(200, { code: 200, message: 'Deleted' });
      await app.as('ada').delete(`/api/v1/conversations/${id}`).expect(404);
    });
  });
});
