import assert from 'node:assert/strict';
import { answer, hangUp, refuse, stayAway, user, useScripted } from './scripted.ts';
import { type Client, sdk } from './sdk.ts';

const { retryAfterMs } = await import('../../sdk/dist/retry.js');

const order = { type: 'image', params: { prompt: 'a lantern' } } as const;
const summary = { id: user.id, type: 'image', status: 'pending', progress: 0, createdAt: user.createdAt };

describe('the SDK tries again', () => {
  const server = useScripted();
  const fails = (status: number, key = 'x') => refuse(status, key, { 'retry-after': '0' });
  const tries = () => server.heard.length;

  for (const [name, act] of [
    ['408', fails(408)],
    ['429', fails(429)],
    ['500', fails(500)],
    ['502', fails(502)],
    ['503', fails(503)],
    ['a key still in use', fails(409, 'idempotency_in_flight')],
    ['a connection that breaks', hangUp],
  ] as const) {
    it(`after ${name}, with the same idempotency key`, async () => {
      server.play(act, answer(summary, 202));
      assert.equal((await server.client().tasks.create(order)).id, summary.id);
      const keys = server.heard.map(({ headers }) => headers['idempotency-key']);
      assert.equal(keys.length, 2);
      assert.match(String(keys[0]), /^[0-9a-f-]{36}$/);
      assert.equal(keys[0], keys[1]);
      assert.equal(server.heard[0]?.body, server.heard[1]?.body);
    });
  }

  for (const [name, act, kind] of [
    ['400', refuse(400, 'invalid'), sdk.BadRequestError],
    ['402', refuse(402, 'over_budget'), sdk.BudgetError],
    ['403', refuse(403, 'forbidden'), sdk.PermissionError],
    ['404', refuse(404, 'not_found'), sdk.NotFoundError],
    ['409 of another kind', refuse(409, 'wrong_state', { 'retry-after': '0' }), sdk.ConflictError],
    ['413', refuse(413, 'too_large'), sdk.ContentTooLargeError],
    ['415', refuse(415, 'media_type'), sdk.UnsupportedMediaTypeError],
    ['422', refuse(422, 'idempotency_reused'), sdk.UnprocessableError],
    ['401 with an API key', refuse(401, 'unauthenticated'), sdk.AuthenticationError],
  ] as const) {
    it(`not after ${name}`, async () => {
      server.play(act);
      await assert.rejects(server.client().tasks.create(order), kind);
      assert.equal(tries(), 1);
    });
  }

  it('as often as it is told, and then throws the last failure', async () => {
    server.play(fails(503));
    await assert.rejects(server.client({ maxRetries: 2 }).auth.me(), sdk.ServerError);
    assert.equal(tries(), 3);
    server.play(fails(503));
    await assert.rejects(server.client().auth.me({ maxRetries: 0 }), sdk.ServerError);
    assert.equal(tries(), 1);
  });

  const waited = async (client: Client) => {
    const since = performance.now();
    await client.auth.me();
    return performance.now() - since;
  };

  it('not before Retry-After, in seconds or as a date', async () => {
    server.play(refuse(429, 'rate_limited', { 'retry-after': '0.4' }), answer(user));
    assert.ok((await waited(server.client())) >= 400);
    const date = new Headers({ 'retry-after': 'Tue, 24 Nov 2026 09:30:07 GMT' });
    assert.equal(retryAfterMs(date, Date.UTC(2026, 10, 24, 9, 30)), 7000);
    assert.equal(retryAfterMs(date, Date.UTC(2026, 10, 24, 9, 31)), 0, 'it is past');
    assert.equal(retryAfterMs(new Headers({ 'retry-after': 'soon' })), undefined);
  });

  it('not where Retry-After asks for more than a minute, and says for how much', async () => {
    server.play(refuse(429, 'rate_limited', { 'retry-after': '90' }));
    await assert.rejects(server.client().auth.me(), { name: 'RateLimitError', retryAfterMs: 90_000 });
    assert.equal(tries(), 1);
  });

  it('not what would do something else the second time', async () => {
    const registration = { username: 'ada', email: 'ada@example.com', password: 'correct horse' };
    server.play(hangUp);
    await assert.rejects(server.client().auth.register(registration), sdk.ConnectionError);
    assert.equal(tries(), 1);
    server.play(fails(429), answer({ userId: user.id, token: 't', refreshToken: 'r', expiresIn: 3600 }));
    await server.client().auth.register(registration);
    assert.equal(tries(), 2, 'a refusal has done nothing');
  });

  it('and takes a delete for done whose answer was lost and which then finds nothing', async () => {
    server.play(hangUp, refuse(404, 'not_found'));
    await server.client().conversations.delete(user.id);
    assert.equal(tries(), 2);
    await assert.rejects(server.client().conversations.delete(user.id), sdk.NotFoundError);
  });

  it('and takes another key for another call, or the one it is given', async () => {
    server.play(answer(summary, 202));
    const client = server.client();
    await Promise.all([client.tasks.create(order), client.tasks.create(order)]);
    await client.tasks.create(order, { idempotencyKey: 'film-1' });
    const keys = server.heard.map(({ headers }) => headers['idempotency-key']);
    assert.equal(new Set(keys).size, 3);
    assert.ok(keys.includes('film-1'));
  });

  it('but not once its signal is aborted, while it asks or while it waits', async () => {
    server.play(stayAway);
    const asking = server.client().auth.me({ signal: AbortSignal.timeout(50) });
    await assert.rejects(asking, { name: 'TimeoutError' });
    server.play(refuse(503, 'unavailable', { 'retry-after': '30' }));
    const controller = new AbortController();
    const waiting = server.client({ logger: ({ event }) => event === 'retry' && controller.abort() });
    await assert.rejects(waiting.auth.me({ signal: controller.signal }), { name: 'AbortError' });
    assert.equal(tries(), 1);
    await assert.rejects(waiting.auth.me({ signal: AbortSignal.abort(new Error('no more')) }), /no more/);
  });

  it('when there is no answer in time, also in the middle of one', async () => {
    server.play(stayAway, (res) => void res.writeHead(200).write('{"code":'), answer(user));
    const client = server.client({ timeoutMs: 60 });
    assert.equal((await client.auth.me()).username, 'ada');
    assert.equal(tries(), 3);
    server.play(stayAway);
    await assert.rejects(client.auth.me({ maxRetries: 0 }), sdk.ConnectionTimeoutError);
  });
});

describe('an error of the SDK', () => {
  const server = useScripted();

  it('carries the code, the request id and the faulty fields', async () => {
    const errors = [{ pointer: '/body/params/prompt', detail: 'must not be empty' }];
    server.play(refuse(400, 'invalid', {}, { code: 1000, requestId: 'request-7', errors }));
    const error: unknown = await server
      .client()
      .tasks.create(order)
      .catch((thrown: unknown) => thrown);
    assert.ok(error instanceof sdk.BadRequestError && error instanceof sdk.APIError && error instanceof Error);
    assert.deepEqual([error.status, error.code, error.requestId, error.errors], [400, 1000, 'request-7', errors]);
    assert.match(error.message, /\/body\/params\/prompt: must not be empty.*code 1000, request request-7/);
  });

  it('is one of its own also where a proxy answers, or the answer is no JSON', async () => {
    server.play((res) => void res.writeHead(413, { 'content-type': 'text/html' }).end('<h1>Too large</h1>'));
    await assert.rejects(server.client().auth.me(), { name: 'ContentTooLargeError', code: undefined, status: 413 });
    server.play((res) => void res.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'));
    await assert.rejects(server.client().auth.me(), { name: 'DirectorAIError' });
    await assert.rejects(new sdk.DirectorAI({ baseUrl: 'http://127.0.0.1:1', maxRetries: 0 }).auth.me(), {
      name: 'ConnectionError',
    });
  });

  it('is one of its own also where JavaScript gives no id', async () => {
    const { tasks } = server.client();
    await assert.rejects(Promise.resolve(Reflect.apply(tasks.get, tasks, [])), { name: 'DirectorAIError' });
  });

  it('tells of a wrong setting at once', () => {
    const setUp = (options: object) => () => new sdk.DirectorAI(options);
    assert.throws(setUp({ baseUrl: 'films.example.com' }), /no web address/);
    assert.throws(setUp({ baseUrl: 'https://ada:secret@films.example.com' }), /no user/);
    assert.throws(setUp({ apiKey: 'dai_x', token: 'y' }), /one of/);
    assert.throws(setUp({ email: 'ada@example.com' }), /together/);
  });
});

describe('the log hook of the SDK', () => {
  const server = useScripted();

  it('is told of answers, failures and retries, and never of a secret', async () => {
    const lines: unknown[] = [];
    const secrets = ['s3cret-token', 's3cret-password', 's3cret-refresh', 's3cret-prompt'];
    const client = server.client({ apiKey: undefined, token: 's3cret-token', logger: (entry) => lines.push(entry) });
    server.play(refuse(503, 'unavailable', { 'retry-after': '0' }), answer(user));
    await client.auth.me();
    server.play(answer({ userId: user.id, token: 's3cret-token', refreshToken: 's3cret-refresh', expiresIn: 60 }));
    await client.auth.login({ email: 'ada@example.com', password: 's3cret-password' });
    await client.auth.refresh('s3cret-refresh');
    server.play(refuse(400, 'invalid', {}, { detail: 's3cret-prompt' }));
    await assert.rejects(client.tasks.create({ type: 'film', params: { prompt: 's3cret-prompt' } }));
    const printed = JSON.stringify(lines);
    assert.deepEqual(
      secrets.filter((secret) => printed.includes(secret)),
      [],
    );
    const events = lines.map((line) => (line as { event: string }).event);
    assert.deepEqual(events, ['failure', 'retry', 'answer', 'answer', 'answer', 'failure']);
    assert.ok(!JSON.stringify(client).includes('s3cret'));
  });
});
