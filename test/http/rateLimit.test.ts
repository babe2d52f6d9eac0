import assert from 'node:assert/strict';
import supertest from 'supertest';
import { addressOf } from '../../src/http/address.ts';
import { createApp } from '../../src/http/app.ts';
import { createRateLimiter } from '../../src/http/rateLimit.ts';
import { useApp } from './testApp.ts';

describe('rate limit', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai'], config: { rateLimitPerMinute: 12 } });
  const me = (name: string) => app.as(name).get('/api/v1/auth/me');

  it('counts per user, tells how much is left, and says when to come back', async () => {
    for (let left = 11; left >= 0; left -= 1) {
      const { headers } = await me('ada').expect(200);
      assert.deepEqual([headers['ratelimit-limit'], headers['ratelimit-remaining']], ['12', String(left)]);
      assert.ok(Number(headers['ratelimit-reset']) > 0 && Number(headers['ratelimit-reset']) <= 60);
    }
    const { body, headers } = await me('ada').set('Accept-Language', 'zh').expect(429);
    assert.equal(body.code, 5000);
    assert.match(body.detail, /^请求过于频繁/);
    assert.ok(Number(headers['retry-after']) > 0 && Number(headers['retry-after']) <= 60);
    await me('bob').expect(200);
  });

  it('is one limit for all nodes, and every refusal says when to come back', async () => {
    const other = createApp(app.services);
    await other.warmUp();
    const asked = Array.from({ length: 30 }, (_, index) => {
      const agent = index % 2 === 0 ? app.anyone() : supertest(other.express);
      return agent.get('/api/v1/auth/me').set('Authorization', `Bearer ${app.sessionOf('cai').token}`);
    });
    const answers = await Promise.all(asked);
    const letIn = answers.filter(({ status }) => status === 200);
    assert.ok(letIn.length <= 12 && letIn.length >= 10, `${letIn.length} were let in`);
    for (const { status, headers } of answers) {
      assert.ok(status === 200 || (status === 429 && Number(headers['retry-after']) > 0));
      assert.equal(headers['ratelimit-limit'], '12');
    }
  });

  it('counts strangers by address, whatever they forward, and leaves health and docs alone', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 14; index += 1) {
      const forwarded = `10.1.1.${index}`;
      const { status } = await app.anyone().get('/api/v1/auth/me').set('X-Forwarded-For', forwarded);
      statuses.push(status);
    }
    assert.equal(statuses.at(-1), 429);
    await app.anyone().get('/api/v1/health/live').expect(200);
    await app.anyone().get('/openapi.json').expect(200);
  });
});

describe('createRateLimiter', () => {
  const app = useApp();

  it('lets no more through two nodes together than through one', async () => {
    const nodes = [createRateLimiter(app.db, 100), createRateLimiter(app.db, 100)];
    const takes = Array.from({ length: 300 }, async (_, index) => nodes[index % 2]?.take('somebody'));
    const allowed = (await Promise.all(takes)).filter((answer) => answer?.allowed);
    assert.ok(allowed.length <= 100 && allowed.length >= 95, `${allowed.length} were let through`);
  });

  it('asks the database once per block', async () => {
    const limiter = createRateLimiter(app.db, 200);
    let waits = 0;
    for (let index = 0; index < 100; index += 1) {
      const answer = limiter.take('another');
      if (answer instanceof Promise) waits += 1;
      assert.equal((await answer).allowed, true);
    }
    assert.equal(waits, 10);
  });
});

describe('addressOf', () => {
  it('counts an IPv6 network as one', () => {
    const cases: [string | undefined, string][] = [
      ['127.0.0.1', '127.0.0.1'],
      ['::ffff:10.0.0.1', '10.0.0.1'],
      ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
      ['2001:db8:1:2:ffff::1', '2001:db8:1:2::/64'],
      ['2001:DB8::1', '2001:db8:0:0::/64'],
      ['::1', '0:0:0:0::/64'],
      ['fe80::1%eth0', 'fe80:0:0:0::/64'],
      [undefined, 'unknown'],
    ];
    for (const [ip, counted] of cases) assert.equal(addressOf(ip), counted);
  });
});
