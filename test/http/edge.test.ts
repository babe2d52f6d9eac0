import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import supertest from 'supertest';
import { createApp } from '../../src/http/app.ts';
import { useApp } from './testApp.ts';

const id = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02';
const pathOf = (path: string) => `/api/v1${path.replaceAll(/\{\w+\}/g, id)}`;

describe('the HTTP edge', () => {
  const app = useApp({ users: ['ada'], config: { corsOrigins: ['https://studio.example.com'] } });
  const me = '/api/v1/auth/me';

  /** A request line as it stands, which clients would tidy up. */
  const raw = (method: string, path: string, headers: Record<string, string> = {}) =>
    new Promise<number>((resolve, reject) => {
      const options = { port: app.port, host: '127.0.0.1', method, path, headers, agent: false };
      const sent = request(options, (res) => {
        res.resume();
        resolve(res.statusCode ?? 0);
      });
      sent.on('error', reject).end();
    });

  it('answers 404 to every address that is not exactly one of the contract', async () => {
    const bearer = { authorization: `Bearer ${app.sessionOf('ada').token}` };
    for (const path of [me, `${me}?`]) assert.equal(await raw('GET', path, bearer), 200);
    const near = ['/', '/me', '//me', '/./me', '/ME', '/m%65', '/me%2e', '%2fme', '/me%00', '/me/..', '/../auth/me'];
    const paths = [
      '/api/v1',
      '/api/v1/',
      '/api/v1/nothing',
      '/api/V1/auth/me',
      '/nothing',
      '/auth/me',
      '/docs/',
      `${me}/`,
    ];
    for (const path of [...paths, ...near.map((end) => `/api/v1/auth${end}`)].filter((path) => path !== me)) {
      assert.equal(await raw('GET', path, bearer), 404, path);
    }
    const { body } = await app.anyone().get('/api/v1/nothing').expect(404);
    assert.equal(body.code, 3000);
  });

  it('answers 405 with Allow to every other method, and knows no overrides', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND']) {
      assert.equal(await raw(method, me), 405, method);
    }
    const { body, headers } = await app.as('ada').delete(me).set('X-HTTP-Method-Override', 'GET').expect(405);
    assert.deepEqual([body.code, headers.allow], [3001, 'GET, HEAD, OPTIONS']);
    const list = await app.as('ada').patch('/api/v1/conversations').expect(405);
    assert.equal(list.headers.allow, 'GET, POST, HEAD, OPTIONS');
  });

  it('answers OPTIONS with Allow and HEAD like GET without the body', async () => {
    const options = await app.anyone().options(pathOf('/tasks/{taskId}/events')).expect(204);
    assert.equal(options.headers.allow, 'GET, OPTIONS');
    const whole = await app.as('ada').get(me).expect(200);
    const { headers, text } = await app.as('ada').head(me).expect(200);
    assert.deepEqual([headers['content-length'], text], [whole.headers['content-length'], undefined]);
    await app.anyone().head(me).expect(401);
  });

  it('answers 406 to who wants no JSON', async () => {
    const ask = (accept: string) => app.as('ada').get(me).set('Accept', accept);
    const { body, headers } = await ask('text/html').expect(406);
    assert.equal(body.code, 1002);
    assert.match(headers['content-type'] ?? '', /problem\+json/);
    await ask('application/json;q=0, */*').expect(406);
    for (const accept of ['*/*', 'application/*', 'text/html, application/json;q=0.1', ''])
      await ask(accept).expect(200);
  });

  it('takes a sane request id over and makes one otherwise', async () => {
    const ask = async (given: string) =>
      (await app.as('ada').get(me).set('X-Request-Id', given).expect(200)).headers['x-request-id'] ?? '';
    assert.equal(await ask('order-17.a_B'), 'order-17.a_B');
    for (const given of ['a b', 'x'.repeat(129), '<script>', '']) assert.match(await ask(given), /^[0-9a-f-]{36}$/);
    const { body } = await app.anyone().get(me).set('X-Request-Id', 'r1').expect(401);
    assert.equal(body.requestId, 'r1');
  });

  it('protects every answer, the failures too', async () => {
    for (const path of [me, '/api/v1/nothing', '/nothing', '/', '/docs', '/openapi.yaml']) {
      const { headers } = await app.anyone().get(path);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.match(headers['content-security-policy'] ?? '', /^default-src 'none'/);
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.ok(headers['strict-transport-security']);
      assert.equal(headers['x-powered-by'], undefined);
      assert.equal(headers.server, undefined);
    }
  });

  it('lets the pages of listed origins in, and no others', async () => {
    const origin = 'https://studio.example.com';
    const good = await app.as('ada').get(me).set('Origin', origin).expect(200);
    assert.equal(good.headers['access-control-allow-origin'], origin);
    assert.equal(good.headers['access-control-allow-credentials'], undefined);
    assert.match(good.headers.vary ?? '', /Origin/);
    const preflight = (from: string) =>
      app.anyone().options(me).set('Origin', from).set('Access-Control-Request-Method', 'GET').expect(204);
    const { headers } = await preflight(origin);
    assert.equal(headers['access-control-allow-origin'], origin);
    for (const name of ['Authorization', 'Idempotency-Key', 'Last-Event-ID', 'Prefer'])
      assert.ok(headers['access-control-allow-headers']?.split(',').includes(name), name);
    for (const name of ['X-Request-Id', 'RateLimit-Remaining', 'Retry-After', 'Idempotent-Replayed', 'Location'])
      assert.ok(good.headers['access-control-expose-headers']?.split(',').includes(name), name);
    for (const from of ['null', 'https://evil.example.com', `${origin}.evil.com`, 'http://studio.example.com']) {
      assert.equal((await preflight(from)).headers['access-control-allow-origin'], undefined);
      const { headers } = await app.as('ada').get(me).set('Origin', from).expect(200);
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
  });

  it('answers with problems outside the API too', async () => {
    const ask = async (method: 'get' | 'post' | 'delete', path: string) => {
      const { status, body, headers } = await app.anyone()[method](path);
      assert.match(headers['content-type'] ?? '', /^application\/problem\+json/, path);
      assert.equal(body.requestId, headers['x-request-id']);
      return [status, body.code, headers.allow];
    };
    for (const path of ['/nothing', '/docs/x', '/api', '/ws', '/openapi.json/']) {
      for (const method of ['get', 'post'] as const) assert.deepEqual(await ask(method, path), [404, 3000, undefined]);
    }
    for (const path of ['/', '/docs', '/openapi.yaml', '/openapi.json']) {
      assert.deepEqual(await ask('post', path), [405, 3001, 'GET, HEAD, OPTIONS']);
      assert.deepEqual(await ask('delete', path), [405, 3001, 'GET, HEAD, OPTIONS']);
      assert.equal((await app.anyone().options(path).expect(204)).headers.allow, 'GET, HEAD, OPTIONS');
      await app.anyone().head(path).expect(200);
    }
  });

  it('answers with a problem what is no HTTP', async () => {
    const say = (text: string) =>
      new Promise<string>((resolve, reject) => {
        let answer = '';
        const socket = connect(app.port, '127.0.0.1', () => socket.write(text));
        socket.on('data', (chunk) => {
          answer += String(chunk);
        });
        socket.on('error', reject).on('close', () => resolve(answer));
      });
    const cases: [string, number, number][] = [
      ['nonsense\r\n\r\n', 400, 1000],
      [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 1003],
    ];
    for (const [text, status, code] of cases) {
      const [head = '', body = ''] = (await say(text)).split('\r\n\r\n');
      assert.match(head, new RegExp(`^HTTP/1.1 ${status} [^]*content-type: application/problem\\+json`, 'i'));
      const problem = JSON.parse(body) as { code: number; requestId: string };
      assert.equal(problem.code, code);
      assert.ok(head.includes(problem.requestId));
    }
  });

  it('answers 503 until it is warm, and fast from the first request on', async () => {
    const api = createApp(app.services);
    await supertest(api.express).get('/api/v1/health/live').expect(503);
    await supertest(api.express).get('/docs').expect(200);
    await api.warmUp();
    const startedAt = performance.now();
    await supertest(api.express).get('/api/v1/health/ready').expect(200);
    assert.ok(performance.now() - startedAt < 150);
  });
});
