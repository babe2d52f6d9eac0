import assert from 'node:assert/strict';
import { createApp } from '../../src/http/app.ts';
import { hashSecret } from '../../src/operations/accounts/tokens.ts';
import { password, useApp } from '../http/testApp.ts';
import { openStream } from '../realtime/streamClient.ts';
import { missingId } from './fixtures.ts';

describe('API keys', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai', 'dan'] });
  const keys = '/api/v1/users/me/api-keys';
  const create = async (name = 'ada', body: object = { name: 'nightly films' }) =>
    (await app.as(name).post(keys).send(body).expect(201)).body.data;
  const withKey = (key: string) => app.anyone().set('Authorization', `Bearer ${key}`);
  const revoke = (id: string, name = 'ada') => app.as(name).delete(`${keys}/${id}`);

  describe('createApiKey', () => {
    it('shows a key once, keeps its hash, and lets it in wherever a token is taken', async () => {
      const { id, key, prefix, ...rest } = await create();
      assert.match(key, /^dai_[A-Za-z0-9_-]{51}$/);
      assert.equal(prefix, key.slice(0, 12));
      assert.deepEqual(
        [rest.name, rest.expiresAt, rest.lastUsedAt, rest.revokedAt],
        ['nightly films', null, null, null],
      );
      const row = await app.db('api_keys').where({ id }).first();
      assert.ok(row.key_hash.equals(hashSecret(key)) && !JSON.stringify(row).includes(key.slice(12)));
      const { body } = await withKey(key).get('/api/v1/auth/me').expect(200);
      assert.equal(body.data.id, app.sessionOf('ada').userId);
      await withKey(key)
        .post('/api/v1/tasks')
        .send({ type: 'image', params: { prompt: 'a cat' } })
        .expect(202);
      await withKey(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)
        .get('/api/v1/auth/me')
        .expect(401);
    });

    it('notes when a key was used, at most once a minute', async () => {
      const { id, key } = await create();
      const used = async () => (await app.db('api_keys').where({ id }).first()).last_used_at as Date;
      await withKey(key).get('/api/v1/auth/me').expect(200);
      const first = await used();
      await withKey(key).get('/api/v1/auth/me').expect(200);
      assert.deepEqual(await used(), first);
      await app
        .db('api_keys')
        .where({ id })
        .update({ last_used_at: new Date(Date.now() - 61_000) });
      await withKey(key).get('/api/v1/auth/me').expect(200);
      assert.ok((await used()) >= first);
    });

    it('ends with its time', async () => {
      const { id, key } = await create('ada', {
        name: 'short',
        expiresAt: new Date(Date.now() + 60_000).toISOString(),
      });
      await withKey(key).get('/api/v1/auth/me').expect(200);
      await app
        .db('api_keys')
        .where({ id })
        .update({ expires_at: new Date(Date.now() - 1000) });
      await withKey(key).get('/api/v1/auth/me').expect(401);
    });

    it('makes one key for one Idempotency-Key and keeps it unreadable', async () => {
      const post = () => app.as('ada').post(keys).set('Idempotency-Key', 'k1').send({ name: 'once' }).expect(201);
      const first = await post();
      const again = await post();
      assert.deepEqual([again.text, again.headers['idempotent-replayed']], [first.text, 'true']);
      const { body } = await app.db('idempotency_keys').where({ key: 'k1' }).first();
      assert.ok(!String(body).includes(first.body.data.key));
    });

    it('refuses what is no name, no future, and too many', async () => {
      const bad: [object, string][] = [
        [{}, 'name'],
        [{ name: '' }, 'name'],
        [{ name: 'x'.repeat(101) }, 'name'],
        [{ name: 'a\u0000' }, 'name'],
        [{ name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
        [{ name: 'x', expiresAt: 'tomorrow' }, 'expiresAt'],
      ];
      for (const [body, field] of bad) {
        const { body: fault } = await app.as('bob').post(keys).send(body).expect(400);
        assert.equal(fault.errors[0].pointer, `/body/${field}`);
      }
      assert.equal((await app.as('bob').get(keys).expect(200)).body.data.total, 0);
      const many = await Promise.all(Array.from({ length: 55 }, () => app.as('bob').post(keys).send({ name: 'x' })));
      assert.equal(many.filter(({ status }) => status === 201).length, 50);
      assert.ok(many.every(({ status, body }) => status === 201 || (status === 409 && body.code === 5002)));
    });
  });

  describe('listApiKeys', () => {
    it('lists one’s own, the newest first, without the keys', async () => {
      const first = await create('cai', { name: 'first' });
      const second = await create('cai', { name: 'second' });
      const { body, text } = await app.as('cai').get(keys).expect(200);
      assert.deepEqual(
        body.data.items.map(({ id }: { id: string }) => id),
        [second.id, first.id],
      );
      assert.ok(!text.includes(first.key.slice(12)));
      await app.as('cai').get(`${keys}?pageSize=0`).expect(400);
    });
  });

  describe('revokeApiKey', () => {
    it('kills the key at once and ends the streams it opened, and only those', async () => {
      const { id, key } = await create();
      const ticket = async (agent: ReturnType<typeof withKey>) =>
        (await agent.post('/api/v1/auth/stream-tickets').expect(201)).body.data.ticket;
      const unused = await ticket(withKey(key));
      const stream = await openStream(`${app.url}/api/v1/events?ticket=${await ticket(withKey(key))}`);
      const own = await openStream(`${app.url}/api/v1/events?ticket=${await ticket(app.as('ada'))}`);
      await revoke(id, 'bob').expect(404);
      await revoke(id).expect(200);
      await withKey(key).get('/api/v1/auth/me').expect(401);
      await stream.ended;
      assert.equal((await openStream(`${app.url}/api/v1/events?ticket=${unused}`)).status, 401);
      assert.equal(own.response.complete, false);
      own.close();
      await revoke(id).expect(200);
      await revoke(missingId).expect(404);
      await revoke('mine').expect(400);
      const { body } = await app.as('ada').get(keys).expect(200);
      assert.ok(body.data.items.find((item: { id: string }) => item.id === id).revokedAt);
    });
  });

  describe('and webhooks', () => {
    const hooks = '/api/v1/webhooks';
    const hook = { url: 'https://hooks.example.com/a', events: ['task.completed'] };
    const makeHook = async (as: Pick<ReturnType<typeof withKey>, 'post'>) =>
      (await as.post(hooks).send(hook).expect(201)).body.data as { id: string; apiKeyId: string | null };
    const look = async (id: string) => {
      const { enabled, disabledReason, apiKeyId } = (await app.as('dan').get(`${hooks}/${id}`).expect(200)).body.data;
      return [enabled, disabledReason, apiKeyId];
    };
    const change = (as: Pick<ReturnType<typeof withKey>, 'patch'>, id: string, body: object) =>
      as.patch(`${hooks}/${id}`).send(body).expect(200);

    it('disables the webhook endpoints that a revoked key set up, and no others', async () => {
      const [lost, other] = [await create('dan'), await create('dan')];
      const [mine, others, own] = await Promise.all([
        makeHook(withKey(lost.key)),
        makeHook(withKey(other.key)),
        makeHook(app.as('dan')),
      ]);
      assert.deepEqual([mine.apiKeyId, others.apiKeyId, own.apiKeyId], [lost.id, other.id, null]);
      await revoke(lost.id, 'dan').expect(200);
      assert.deepEqual(await look(mine.id), [false, 'key_revoked', lost.id]);
      assert.deepEqual(await look(others.id), [true, null, other.id]);
      assert.deepEqual(await look(own.id), [true, null, null]);
    });

    it('leaves one alone that somebody else has enabled, before or after', async () => {
      const [lost, next] = [await create('dan'), await create('dan')];
      const [first, second] = [await makeHook(withKey(lost.key)), await makeHook(withKey(lost.key))];
      await change(withKey(next.key), first.id, { enabled: true });
      await revoke(lost.id, 'dan').expect(200);
      assert.deepEqual(await look(first.id), [true, null, next.id]);
      await change(app.as('dan'), second.id, { enabled: true });
      await revoke(lost.id, 'dan').expect(200);
      assert.deepEqual(await look(second.id), [true, null, null]);
    });

    it('disables one whose address a revoked key has changed, not one whose events it chose', async () => {
      const lost = await create('dan');
      const [moved, narrowed] = [await makeHook(app.as('dan')), await makeHook(app.as('dan'))];
      await change(withKey(lost.key), moved.id, { url: 'https://hooks.example.com/b' });
      await change(withKey(lost.key), narrowed.id, { events: ['task.failed'] });
      await revoke(lost.id, 'dan').expect(200);
      assert.deepEqual(await look(moved.id), [false, 'key_revoked', lost.id]);
      assert.deepEqual(await look(narrowed.id), [true, null, null]);
    });

    it('leaves no endpoint enabled that was asked for while its key was being revoked', async () => {
      for (let round = 0; round < 5; round += 1) {
        const { id, key } = await create('cai');
        const asked = Array.from({ length: 3 }, () => withKey(key).post(hooks).send(hook));
        await Promise.all([...asked.map((request) => request.then(({ status }) => status)), revoke(id, 'cai')]);
        const left = await app.db('webhook_endpoints').where({ api_key_id: id, enabled: true });
        assert.deepEqual(left, []);
      }
    });
  });

  it('opens sockets, and is named there so that they end with it', async () => {
    const { id, key } = await create();
    const api = createApp(app.services);
    const who = (token: string) => api.authenticateSocket({ ticket: undefined, token });
    assert.deepEqual(await who(key), { userId: app.sessionOf('ada').userId, grant: `key:${id}` });
    await revoke(id).expect(200);
    assert.equal(await who(key), undefined);
    assert.match((await who(app.sessionOf('ada').token))?.grant ?? '', /^session:/);
  });

  it('may neither manage keys nor decide about the account', async () => {
    const { id, key } = await create();
    const refused = [
      withKey(key).get(keys),
      withKey(key).post(keys).send({ name: 'another' }),
      withKey(key).delete(`${keys}/${id}`),
      withKey(key).post('/api/v1/users/me/password').send({ currentPassword: password, newPassword: 'another one' }),
      withKey(key).delete('/api/v1/users/me').send({ password }),
      withKey(key).put('/api/v1/users/me/budget').send({ dayMicros: null }),
    ];
    for (const { status, body } of await Promise.all(refused))
      assert.deepEqual([status, body.code, body.type], [403, 2003, 'urn:directorai:problem:key_forbidden']);
    await app
      .db('users')
      .where({ id: app.sessionOf('ada').userId })
      .update({ is_admin: true });
    const { body: refusal } = await withKey(key).get('/api/v1/admin/queue').expect(403);
    assert.equal(refusal.detail, 'An API key may not do that; log in.');
    await app.as('ada').get('/api/v1/auth/me').expect(200);
    await withKey(key).get('/api/v1/auth/me').expect(200);
  });
});
