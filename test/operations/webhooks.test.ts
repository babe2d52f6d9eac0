import assert from 'node:assert/strict';
import { useApp } from '../http/testApp.ts';

const base = '/api/v1/webhooks';
const nobodys = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02';
const url = 'https://hooks.example.com/directorai';
const secretShape = /^whsec_[A-Za-z0-9+/]{43}=$/;

describe('webhooks', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai', 'dan'] });
  const create = async (name: string, wish: object = {}) => {
    const order = { url, events: ['task.completed'], ...wish };
    return (await app.as(name).post(base).send(order).expect(201)).body.data;
  };
  const countOf = async (table: string) => Number((await app.db(table).count({ n: '*' }))[0]?.n);
  const without = ({ body }: { body: object }) => ({ ...body, requestId: '' });

  describe('createWebhookEndpoint', () => {
    it('shows the secret once and keeps it unreadable', async () => {
      const events = ['task.failed', 'task.completed', 'task.failed'];
      const { body, headers } = await app.as('ada').post(base).send({ url, events, description: '工作室' }).expect(201);
      const { id, secret, createdAt, updatedAt, ...rest } = body.data;
      assert.match(secret, secretShape);
      assert.equal(headers.location, `${base}/${id}`);
      assert.ok(createdAt && updatedAt);
      assert.deepEqual(rest, {
        url,
        events: ['task.failed', 'task.completed'],
        description: '工作室',
        enabled: true,
        disabledReason: null,
        apiKeyId: null,
      });
      const row = await app.db('webhook_endpoints').where({ id }).first<{ secret: Buffer }>('secret');
      assert.ok(row && !row.secret.includes(secret) && !row.secret.includes(secret.slice(6, 20)));
    });
    it('refuses addresses that are not of the internet and leaves nothing behind', async () => {
      const before = await countOf('webhook_endpoints');
      const closed = [
        'https://127.0.0.1/',
        'https://2130706433/',
        'https://[::1]/',
        'https://localhost/',
        'http://example.com/',
      ];
      for (const bad of [
        ...closed,
        'https://metadata.google.internal/',
        'https://a:b@example.com/',
        'https://example.com:8080/',
      ]) {
        const { body } = await app
          .as('ada')
          .post(base)
          .send({ url: bad, events: ['task.failed'] })
          .expect(400);
        assert.deepEqual([body.code, body.errors[0].pointer], [1000, '/body/url'], bad);
      }
      assert.equal(await countOf('webhook_endpoints'), before);
    });
    it('refuses events it does not know, none at all, and fields it does not know', async () => {
      const wishes: [object, string][] = [
        [{ url, events: ['task.started'] }, '/body/events/0'],
        [{ url, events: [] }, '/body/events'],
        [{ url }, '/body/events'],
        [{ events: ['task.failed'] }, '/body/url'],
        [{ url: 'ftp://example.com', events: ['task.failed'] }, '/body/url'],
        [{ url, events: ['task.failed'], description: 'a\u0000b' }, '/body/description'],
        [{ url, events: ['task.failed'], secret: 'mine' }, '/body/secret'],
      ];
      for (const [wish, pointer] of wishes) {
        const { body } = await app.as('ada').post(base).send(wish).expect(400);
        assert.equal(body.errors[0].pointer, pointer);
      }
    });
    it('gives the same secret again for the same Idempotency-Key, kept unreadable', async () => {
      const order = { url, events: ['task.failed'] };
      const ask = () => app.as('bob').post(base).set('Idempotency-Key', 'hook-1').send(order).expect(201);
      const [first, again] = [await ask(), await ask()];
      assert.equal(again.headers['idempotent-replayed'], 'true');
      assert.deepEqual(again.body, first.body);
      const kept = await app.db('idempotency_keys').where({ key: 'hook-1' }).first<{ body: string }>('body');
      assert.ok(kept && !JSON.stringify(kept).includes(first.body.data.secret.slice(6, 20)));
    });
    it('stops at twenty', async () => {
      for (let made = 0; made < 20; made += 1) await create('dan');
      const { body } = await app
        .as('dan')
        .post(base)
        .send({ url, events: ['task.failed'] })
        .expect(409);
      assert.equal(body.code, 5002);
    });
  });

  describe('listWebhookEndpoints', () => {
    it('lists one’s own, the newest first, without secrets', async () => {
      const [one, two] = [await create('cai'), await create('cai')];
      const { body } = await app.as('cai').get(base).query({ pageSize: 1 }).expect(200);
      assert.deepEqual([body.data.total, body.data.items.length], [2, 1]);
      assert.equal(body.data.items[0].id, two.id);
      const all = await app.as('cai').get(base).expect(200);
      assert.equal(all.body.data.items[1].id, one.id);
      assert.ok(!JSON.stringify(all.body).includes('whsec_'));
    });
    it('refuses pages that do not exist', async () => {
      const { body } = await app.as('cai').get(`${base}?page=0`).expect(400);
      assert.equal(body.errors[0].pointer, '/query/page');
    });
  });

  describe('getWebhookEndpoint', () => {
    it('shows one, without its secret', async () => {
      const { secret, ...made } = await create('ada');
      const { body } = await app.as('ada').get(`${base}/${made.id}`).expect(200);
      assert.deepEqual(body.data, made);
    });
  });

  describe('updateWebhookEndpoint', () => {
    it('changes what is named and leaves the rest', async () => {
      const { id } = await create('ada', { description: 'old' });
      const to = 'https://hooks.example.com/other';
      const change = { url: to, enabled: false };
      const { body } = await app.as('ada').patch(`${base}/${id}`).send(change).expect(200);
      assert.deepEqual([body.data.url, body.data.enabled, body.data.description], [to, false, 'old']);
    });
    it('forgets why the service disabled it when it is enabled again', async () => {
      const { id } = await create('ada');
      const broken = { enabled: false, disabled_reason: 'failing', failing_since: new Date(0) };
      await app.db('webhook_endpoints').where({ id }).update(broken);
      const { body } = await app.as('ada').patch(`${base}/${id}`).send({ enabled: true }).expect(200);
      assert.deepEqual([body.data.enabled, body.data.disabledReason], [true, null]);
      const row = await app
        .db('webhook_endpoints')
        .where({ id })
        .first<{ failing_since: Date | null }>('failing_since');
      assert.equal(row?.failing_since, null);
    });
    it('refuses a private address and an empty change, and changes nothing', async () => {
      const { id } = await create('ada');
      const { body } = await app.as('ada').patch(`${base}/${id}`).send({ url: 'https://10.0.0.1/' }).expect(400);
      assert.equal(body.errors[0].pointer, '/body/url');
      await app.as('ada').patch(`${base}/${id}`).send({}).expect(400);
      const kept = await app.as('ada').get(`${base}/${id}`).expect(200);
      assert.equal(kept.body.data.url, url);
    });
  });

  describe('deleteWebhookEndpoint', () => {
    it('deletes it with its log', async () => {
      const { id } = await create('ada');
      await app.as('ada').post(`${base}/${id}/test`).expect(202);
      await app.as('ada').delete(`${base}/${id}`).expect(200);
      await app.as('ada').get(`${base}/${id}`).expect(404);
      assert.equal(await app.db('webhook_deliveries').where({ endpoint_id: id }).first(), undefined);
    });
  });

  describe('rotateWebhookSecret', () => {
    it('answers a new secret and keeps the former for a day', async () => {
      const { id, secret } = await create('ada');
      const { body } = await app.as('ada').post(`${base}/${id}/rotate-secret`).expect(200);
      assert.match(body.data.secret, secretShape);
      assert.notEqual(body.data.secret, secret);
      const hours = (Date.parse(body.data.previousSecretExpiresAt) - Date.now()) / 3_600_000;
      assert.ok(hours > 23.9 && hours < 24.1);
    });
  });

  describe('testWebhookEndpoint', () => {
    it('starts a delivery that the list shows', async () => {
      const { id } = await create('ada');
      const { body } = await app.as('ada').post(`${base}/${id}/test`).expect(202);
      const { createdAt, nextAttemptAt, id: deliveryId, ...rest } = body.data;
      assert.deepEqual(rest, { event: 'webhook.test', taskId: null, status: 'pending', attempts: [] });
      const list = await app.as('ada').get(`${base}/${id}/deliveries`).query({ status: 'pending' }).expect(200);
      assert.deepEqual([list.body.data.total, list.body.data.items], [1, [body.data]]);
      const none = await app.as('ada').get(`${base}/${id}/deliveries`).query({ status: 'failed' }).expect(200);
      assert.equal(none.body.data.total, 0);
      assert.ok(deliveryId && createdAt && nextAttemptAt);
    });
    it('refuses a disabled endpoint and leaves nothing behind', async () => {
      const { id } = await create('ada');
      await app.as('ada').patch(`${base}/${id}`).send({ enabled: false }).expect(200);
      const { body } = await app.as('ada').post(`${base}/${id}/test`).expect(409);
      assert.equal(body.code, 4002);
      assert.equal(await app.db('webhook_deliveries').where({ endpoint_id: id }).first(), undefined);
    });
  });

  describe('redeliverWebhook', () => {
    it('starts an ended delivery anew, under its own id', async () => {
      const { id } = await create('ada');
      const { body } = await app.as('ada').post(`${base}/${id}/test`).expect(202);
      const deliveryId = body.data.id;
      await app.db('webhook_deliveries').where({ id: deliveryId }).update({ status: 'failed', tries: 9 });
      const again = await app.as('ada').post(`${base}/${id}/deliveries/${deliveryId}/redeliver`).expect(202);
      assert.deepEqual([again.body.data.id, again.body.data.status], [deliveryId, 'pending']);
      const row = await app.db('webhook_deliveries').where({ id: deliveryId }).first<{ tries: number }>('tries');
      assert.equal(row?.tries, 0);
    });
    it('finds a delivery under its own endpoint only', async () => {
      const [one, other] = [await create('ada'), await create('ada')];
      const { body } = await app.as('ada').post(`${base}/${one.id}/test`).expect(202);
      await app.as('ada').post(`${base}/${other.id}/deliveries/${body.data.id}/redeliver`).expect(404);
    });
  });

  it('are nobody else’s, in the same words as if there were none', async () => {
    const { id } = await create('ada');
    const { body } = await app.as('ada').post(`${base}/${id}/test`).expect(202);
    const asks = (hook: string, delivery: string) => [
      app.as('bob').get(`${base}/${hook}`),
      app.as('bob').patch(`${base}/${hook}`).send({ enabled: false }),
      app.as('bob').delete(`${base}/${hook}`),
      app.as('bob').post(`${base}/${hook}/rotate-secret`),
      app.as('bob').post(`${base}/${hook}/test`),
      app.as('bob').get(`${base}/${hook}/deliveries`),
      app.as('bob').post(`${base}/${hook}/deliveries/${delivery}/redeliver`),
    ];
    const missing = await Promise.all(asks(nobodys, nobodys).map((ask) => ask.expect(404)));
    const strangers = await Promise.all(asks(id, body.data.id).map((ask) => ask.expect(404)));
    assert.deepEqual(strangers.map(without), missing.map(without));
    await app.as('ada').get(`${base}/${id}`).expect(200);
    await app.anyone().get(base).expect(401);
  });
  it('are found by ids only', async () => {
    const { body } = await app.as('ada').get(`${base}/one`).expect(400);
    assert.equal(body.errors[0].pointer, '/path/webhookId');
  });
});
