import assert from 'node:assert/strict';
import { languageOf } from '../../src/http/language.ts';
import { useApp } from './testApp.ts';

const sea = { title: 'Sea' };

describe('problems', () => {
  const lines: string[] = [];
  const app = useApp({ users: ['ada'], onLog: (line) => lines.push(line) });
  const conversations = '/api/v1/conversations';

  it('are told in the language that is asked for', async () => {
    const bad = (language: string) =>
      app.as('ada').get(`${conversations}?page=0`).set('Accept-Language', language).expect(400);
    const english = await bad('en');
    assert.deepEqual(english.body, {
      type: 'urn:directorai:problem:invalid',
      title: 'The request is not valid.',
      status: 400,
      detail: 'The request is not valid: /query/page must be at least 1',
      code: 1000,
      requestId: english.headers['x-request-id'],
      errors: [{ pointer: '/query/page', detail: 'must be at least 1' }],
    });
    const chinese = await bad('zh-TW, en;q=0.5');
    assert.deepEqual([chinese.body.title, chinese.body.errors[0].detail], ['请求无效。', '不能小于 1']);
    assert.equal(chinese.headers['content-language'], 'zh');
    assert.match(chinese.headers.vary ?? '', /Accept-Language/);
  });

  it('keep room for what clients send', async () => {
    const { body } = await app
      .as('ada')
      .get(`${conversations}?${'x'.repeat(5000)}=1`)
      .expect(400);
    assert.equal(body.errors[0].pointer.length, 512);
  });

  it('tell nothing of what went wrong inside, but the log does', async () => {
    await app.db.raw('alter table conversations rename to hidden');
    const { body } = await app.as('ada').post(conversations).send(sea).expect(500);
    await app.db.raw('alter table hidden rename to conversations');
    assert.deepEqual([body.code, body.detail, body.errors], [6000, 'Something went wrong on our side.', []]);
    const line = lines.find((text) => text.includes(body.requestId) && text.includes('does not exist'));
    assert.match(line ?? '', /"stack":"error: insert into/);
  });

  it('call a database that does not answer unavailable', async () => {
    const { db } = app.services;
    const held = await Promise.all(Array.from({ length: 12 }, () => db.transaction()));
    const { acquireTimeoutMillis } = db.client.pool;
    const { logger } = db.client;
    db.client.pool.acquireTimeoutMillis = 50;
    db.client.logger = Object.assign(Object.create(logger), { error: () => undefined, warn: () => undefined });
    const { body, headers } = await app.as('ada').get(conversations).expect(503);
    Object.assign(db.client.pool, { acquireTimeoutMillis });
    db.client.logger = logger;
    await Promise.all(held.map((trx) => trx.rollback()));
    assert.deepEqual([body.code, headers['retry-after']], [6001, '2']);
    await app.as('ada').get(conversations).expect(200);
  });

  it('catch an answer that is not in the contract', async () => {
    await app.as('ada').post(conversations).send(sea).expect(201);
    await app.db('conversations').update({ message_count: -1 });
    const { body } = await app.as('ada').get(conversations).expect(500);
    assert.equal(body.code, 6000);
    assert.ok(lines.some((text) => text.includes(body.requestId) && text.includes('messageCount')));
  });

  it('and the log hold no secrets', async () => {
    const { token, refreshToken } = app.sessionOf('ada');
    const { body } = await app.as('ada').post('/api/v1/auth/stream-tickets').expect(201);
    await app.anyone().get(`/api/v1/tasks?ticket=${body.data.ticket}`).expect(401);
    const log = lines.join('');
    for (const secret of [token, refreshToken, body.data.ticket, 'sea-breeze and 42 lanterns', '$argon2id']) {
      assert.equal(log.includes(secret), false);
    }
  });
});

describe('languageOf', () => {
  it('weighs what is accepted', () => {
    const cases: [string | undefined, string][] = [
      [undefined, 'en'],
      ['', 'en'],
      ['zh', 'zh'],
      ['ZH-Hans-CN', 'zh'],
      ['fr, zh;q=0.3', 'zh'],
      ['en;q=0.2, zh;q=0.7', 'zh'],
      ['zh;q=0.2, en;q=0.7', 'en'],
      ['zh, en', 'en'],
      ['zh;q=0', 'en'],
      ['*', 'en'],
      ['zh;q=0.5, *;q=0.8', 'en'],
      ['fr', 'en'],
    ];
    for (const [header, language] of cases) assert.equal(languageOf(header), language, header);
  });
});
