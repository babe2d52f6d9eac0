import assert from 'node:assert/strict';
import { password, useApp } from './testApp.ts';

describe('login throttle', () => {
  const app = useApp({ users: ['ada', 'bob'], trustProxy: 1 });
  const login = (name: string, secret: string, from: string) =>
    app
      .anyone()
      .post('/api/v1/auth/login')
      .set('X-Forwarded-For', from)
      .type('form')
      .send({ username: `${name}@example.com`, password: secret });
  const fail = async (times: number, from: string) => {
    for (let index = 0; index < times; index += 1) await login('ada', 'wrong', from).expect(401);
  };
  /** As if the waits were over, while the counts stay. */
  const waitIsOver = () => app.db('rate_limits').where('key', 'like', 'login-wait:%').delete();

  afterEach(() => app.db('rate_limits').delete());

  it('lets an account wait after ten failures, longer each time, and never for good', async () => {
    await fail(10, '10.0.0.1');
    const { body, headers } = await login('ada', password, '10.0.0.2').expect(429);
    assert.equal(body.code, 5000);
    const firstWait = Number(headers['retry-after']);
    assert.ok(firstWait > 5 && firstWait <= 15);
    await login('bob', password, '10.0.0.1').expect(200);
    await waitIsOver();
    await fail(1, '10.0.0.3');
    const second = await login('ada', password, '10.0.0.3').expect(429);
    assert.ok(Number(second.headers['retry-after']) > 15);
    await waitIsOver();
    await login('ada', password, '10.0.0.3').expect(200);
    await fail(9, '10.0.0.3');
    await login('ada', password, '10.0.0.3').expect(200);
  });

  it('does not lock the owner out at an address that is known', async () => {
    await login('ada', password, '10.0.0.7').expect(200);
    await fail(10, '10.6.6.6');
    await login('ada', password, '10.6.6.6').expect(429);
    await login('ada', password, '10.0.0.7').expect(200);
  });

  it('lets no crowd of guesses through at once', async () => {
    const guesses = Array.from({ length: 30 }, () => login('ada', 'wrong', '10.0.0.9'));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 401).length, 10);
    assert.equal(statuses.filter((status) => status === 429).length, 20);
  });

  it('lets an address wait that tries many accounts', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 60; index += 1) {
      statuses.push((await login(`nobody${index}`, 'Summer2026!', '10.0.0.8')).status);
    }
    assert.equal(statuses.filter((status) => status === 401).length, 50);
    await login('bob', password, '10.0.0.8').expect(429);
    await login('bob', password, '10.0.0.4').expect(200);
  });
});
