import assert from 'node:assert/strict';
import { v7 } from 'uuid';
import { useApp } from '../http/testApp.ts';
import { missingId } from './fixtures.ts';

interface Item {
  id: string;
  type: string;
  status: string;
}

describe('listTasks', () => {
  const app = useApp({ users: ['ada', 'bob'] });
  const list = (query: string, name = 'ada') => app.as(name).get(`/api/v1/tasks?${query}`);
  const idsOf = ({ items }: { items: Item[] }) => items.map(({ id }) => id);
  let ids: string[];
  let conversationId: string;

  /** Twelve tasks a second apart, the newest first; the microseconds of four are beyond what a JavaScript date can hold. */
  before(async () => {
    const { body } = await app.as('ada').post('/api/v1/conversations').send({ title: 'x' }).expect(201);
    conversationId = body.data.id;
    const { userId } = app.sessionOf('ada');
    const at = (index: number) => `2026-11-01T10:00:${index < 4 ? `00.00000${9 - index}` : `0${(12 - index) % 9}`}Z`;
    const rows = Array.from({ length: 12 }, (_, index) => ({
      id: v7(),
      user_id: userId,
      type: index % 2 ? 'image' : 'film',
      status: index % 3 ? 'completed' : 'failed',
      created_at: at(index),
      conversation_id: index === 5 ? conversationId : null,
    }));
    await app.db('tasks').insert(rows);
    const { body: all } = await list('pageSize=100').expect(200);
    ids = idsOf(all.data);
    assert.equal(ids.length, 12);
  });

  it('keeps what the filters ask for, and counts only that', async () => {
    const { items, total } = (await list('type=image&status=failed').expect(200)).body.data;
    assert.deepEqual([items.length, total], [2, 2]);
    assert.ok(items.every(({ type, status }: Item) => type === 'image' && status === 'failed'));
    assert.equal((await list(`conversationId=${conversationId}`).expect(200)).body.data.total, 1);
    const from = '2026-11-01T10:00:03Z';
    const later = (await list(`createdAfter=${from}`).expect(200)).body.data.total;
    const earlier = (await list(`createdBefore=${encodeURIComponent(from)}`).expect(200)).body.data.total;
    assert.equal(later + earlier, 11);
    assert.equal((await list('', 'bob').expect(200)).body.data.total, 0);
  });

  it('goes through a list by cursor without a gap, a repetition, or what came meanwhile', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 5 && (pages === 0 || cursor); pages += 1) {
      const { data } = (await list(`pageSize=5${cursor}`).expect(200)).body;
      seen.push(...idsOf(data));
      cursor = data.nextCursor && `&cursor=${data.nextCursor}`;
      const newer = { id: v7(), user_id: app.sessionOf('ada').userId, type: 'film', status: 'failed' };
      await app.db('tasks').insert(newer);
    }
    assert.deepEqual(seen, ids);
    const filtered = (await list(`status=failed&type=image&pageSize=1`).expect(200)).body.data;
    const next = (await list(`status=failed&type=image&pageSize=1&cursor=${filtered.nextCursor}`).expect(200)).body
      .data;
    assert.deepEqual([next.items.length, next.nextCursor], [1, null]);
  });

  it('refuses what is no filter, and a cursor that is not one’s own like one that never was', async () => {
    for (const [query, field] of [
      ['type=message', 'type'],
      ['status=dead', 'status'],
      ['conversationId=1', 'conversationId'],
      ['createdAfter=yesterday', 'createdAfter'],
      ['cursor=x', 'cursor'],
    ]) {
      const { body } = await list(`${query}`).expect(400);
      assert.equal(body.errors[0].pointer, `/query/${field}`);
    }
    const [foreign, missing] = [await list(`cursor=${ids[0]}`, 'bob'), await list(`cursor=${missingId}`, 'bob')];
    assert.equal(foreign.status, 400);
    assert.deepEqual({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' });
  });
});
