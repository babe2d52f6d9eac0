import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { vendorFetch } from '../../src/providers/http.ts';
import { retryAfterMs } from '../../src/providers/retryAfter.ts';
import { callOf, failureOf, meaningOf, never, secret, serving, settingsFor } from './support.ts';

const Answer = z.object({ id: z.string() });

interface Try {
  method?: 'GET' | 'POST' | 'DELETE';
  timeoutMs?: number;
  maxBytes?: number;
  signal?: AbortSignal;
}

function ask(origin: string, { method = 'POST', timeoutMs = 5000, maxBytes = 10_000, signal = never }: Try = {}) {
  const json = method === 'POST' ? { json: { prompt: 'a cat' } } : {};
  const call = callOf('key-1', signal);
  return vendorFetch(settingsFor('tuzi', origin), '/v1/videos', {
    method,
    ...json,
    call,
    timeoutMs,
    maxBytes,
    schema: Answer,
  });
}

/** Answers every request with one status and body. */
const answering =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (req, res) => {
    req.resume().on('end', () => {
      res.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  };

const failing = (handler: RequestListener, tried: Try = {}) =>
  serving(handler, (origin) => failureOf(ask(origin, tried)));

const error = (code: string | number, message: string, more: object = {}) => ({ error: { code, message, ...more } });

describe('vendorFetch', () => {
  it('sends the bearer, the key and the body once, and gives the checked answer', async () => {
    const seen: unknown[] = [];
    const handler: RequestListener = (req, res) => {
      const { authorization, 'idempotency-key': key, 'content-type': type } = req.headers;
      seen.push([req.method, req.url, authorization, key, type]);
      answering(200, { id: 'v1', extra: true })(req, res);
    };
    assert.deepEqual(await serving(handler, (origin) => ask(origin)), { id: 'v1' });
    assert.deepEqual(seen, [['POST', '/v1/videos', `Bearer ${secret}`, 'key-1', 'application/json']]);
  });

  const table: [string, number, unknown, string, string][] = [
    ['a bad request', 400, error('bad', 'size is wrong'), '7000 provider_failed no final', 'size is wrong'],
    ['an error as a plain string', 422, { error: 'no such size' }, '7000 provider_failed no final', 'no such size'],
    ['a list of details', 422, { detail: [{ loc: ['size'] }] }, '7000 provider_failed no final', 'size'],
    ['a web page', 404, '<html>not found</html>', '7000 provider_failed no final', 'HTTP 404'],
    ['a wrong key', 401, error('invalid_api_key', 'nope'), '7000 provider_credentials no final', 'TUZI_API_KEY'],
    ['a forbidden key', 403, error('forbidden', 'nope'), '7000 provider_credentials no final', 'TUZI_API_KEY'],
    [
      'an empty purse',
      403,
      error('insufficient_user_quota', 'no quota left'),
      '7000 provider_failed no final',
      'no quota left',
    ],
    ['a payment due', 402, error('', 'pay first'), '7000 provider_failed no final', 'pay first'],
    ['a time-out there', 408, '', '7002 provider_unavailable unknown retry', 'HTTP 408'],
    ['a conflict', 409, '', '7002 provider_unavailable unknown retry', 'HTTP 409'],
    ['too many calls', 429, error('rate', 'slow down'), '7002 provider_unavailable no retry cool', 'slow down'],
    ['a crash', 500, 'oops', '7002 provider_unavailable unknown retry', 'HTTP 500'],
    ['a bad gateway', 502, '', '7002 provider_unavailable unknown retry', 'HTTP 502'],
    ['a gateway time-out', 504, '', '7002 provider_unavailable unknown retry', 'HTTP 504'],
    ['a missing model', 404, error('model_not_found', 'x'), '7000 provider_model_retired no final', 'VIDEO_MODEL'],
    [
      'no channel for a model',
      503,
      error('model_not_found', 'x'),
      '7000 provider_model_retired no final',
      'VIDEO_MODEL',
    ],
    [
      'a retired model',
      400,
      error('', 'The model `sora-1` has been deprecated'),
      '7000 provider_model_retired no final',
      'sora-1',
    ],
    [
      'a model gone, in Chinese',
      400,
      error(1211, '模型不存在，请检查模型代码。'),
      '7000 provider_model_retired no final',
      'VIDEO_MODEL',
    ],
    ['refused content', 400, error('content_policy_violation', 'no'), '7001 provider_refused no final', '(prompt)'],
    ['refused content at a 500', 500, error('moderation_blocked', 'no'), '7001 provider_refused no final', '(prompt)'],
    [
      'a refused picture',
      400,
      error('moderation', 'no', { param: 'input_reference' }),
      '7001 provider_refused no final',
      '(reference)',
    ],
    [
      'a picture refused in words',
      400,
      error('x', 'The uploaded image violates our content policy'),
      '7001 provider_refused no final',
      '(reference)',
    ],
    ['not JSON', 200, '<html>', '7003 provider_bad_output unknown retry', 'not JSON'],
    ['nothing', 200, '', '7003 provider_bad_output unknown retry', 'wrong type'],
    ['another shape', 200, { id: 7 }, '7003 provider_bad_output unknown retry', 'id is missing or of the wrong type'],
    ['an error in a success', 200, error('x', 'all busy'), '7003 provider_bad_output unknown retry', 'all busy'],
    ['a refusal in a success', 200, error('1301', 'no'), '7001 provider_refused no final', '(prompt)'],
    ['too much', 200, { id: 'x'.repeat(20_000) }, '7003 provider_bad_output unknown retry', 'more than 10000 bytes'],
  ];
  for (const [name, status, body, meaning, words] of table) {
    it(`knows what ${name} (${status}) means`, async () => {
      const failure = await failing(answering(status, body));
      assert.equal(meaningOf(failure), meaning);
      assert.ok(failure.message.includes(words), failure.message);
    });
  }

  it('takes nothing that only reads for a possible charge', async () => {
    const meaning = async (status: number) => meaningOf(await failing(answering(status, ''), { method: 'GET' }));
    assert.equal(await meaning(500), '7002 provider_unavailable no retry');
    assert.equal(await meaning(404), '7000 provider_failed no retry');
    assert.equal(await meaning(200), '7003 provider_bad_output no retry');
  });

  it('gives the time a vendor asks to wait', async () => {
    const wait = async (status: number, header: string) =>
      (await failing(answering(status, '', { 'retry-after': header }))).retryAfterMs;
    assert.equal(await wait(429, '7'), 7000);
    assert.equal(await wait(503, '2'), 2000);
    assert.equal(await wait(429, 'soon'), undefined);
  });

  it('follows no redirect', async () => {
    await serving(answering(200, { id: 'stolen' }), async (elsewhere, seen) => {
      const failure = await failing(answering(307, '', { location: `${elsewhere}/v1/videos` }));
      assert.equal(meaningOf(failure), '7000 provider_failed no final');
      assert.equal(seen(), 0);
    });
  });

  it('counts bytes after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, 'a'));
    const failure = await failing((_req, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    assert.equal(meaningOf(failure), '7003 provider_bad_output unknown retry');
  });

  it('keeps credentials, inline pictures and long speeches out of the reason', async () => {
    const speech = `key ${secret} Bearer abcdefghijkl data:image/png;base64,${'A'.repeat(500)}\u001b[31m\nend ${'z'.repeat(5000)}`;
    const { message } = await failing(answering(400, error('bad', speech)));
    assert.doesNotMatch(message, /secret|abcdefghijkl|AAAA|\n/);
    assert.ok(message.length < 400);
  });
});

describe('vendorFetch without an answer', () => {
  it('is in doubt where the connection broke after the request was written', async () => {
    const failure = await failing((req) => req.resume().on('end', () => req.socket.destroy()));
    assert.equal(meaningOf(failure), '7002 provider_unavailable unknown retry');
  });

  it('is in doubt where the answer broke off', async () => {
    const failure = await failing((_req, res) => {
      res.writeHead(200, { 'content-length': 100 }).write('{"id":', () => res.destroy());
    });
    assert.equal(meaningOf(failure), '7002 provider_unavailable unknown retry');
  });

  it('is in doubt where no answer came in time', async () => {
    const failure = await failing((req) => req.resume(), { timeoutMs: 80 });
    assert.equal(meaningOf(failure), '7002 provider_unavailable unknown retry');
    assert.match(failure.message, /no answer within 0.08 s/);
  });

  it('is in doubt where the answer never ended', async () => {
    const failure = await failing((_req, res) => res.writeHead(200).write('{"id"'), { timeoutMs: 80 });
    assert.equal(meaningOf(failure), '7002 provider_unavailable unknown retry');
  });

  const surely = '7002 provider_unavailable no retry';
  it('is sure that nothing left where nobody listens', async () => {
    const gone = await serving(answering(200, ''), async (origin) => origin);
    assert.equal(meaningOf(await failureOf(ask(gone))), surely);
  });

  it('is sure that nothing left where the name does not resolve', async () => {
    assert.equal(meaningOf(await failureOf(ask('http://vendor.invalid'))), surely);
  });

  it('is sure that nothing left where TLS failed', async () => {
    const failure = await serving(answering(200, ''), (origin) => failureOf(ask(origin.replace('http:', 'https:'))));
    assert.equal(meaningOf(failure), surely);
  });

  it('is sure that nothing left where the key fits no header', async () => {
    const settings = { ...settingsFor('glm', 'http://vendor.invalid'), apiKey: 'line\nbreak' };
    const request = { method: 'GET', call: { signal: never }, timeoutMs: 100, maxBytes: 10, schema: Answer } as const;
    const failure = await failureOf(vendorFetch(settings, '/', request));
    assert.equal(meaningOf(failure), '7000 provider_credentials no final');
    assert.match(failure.message, /GLM_API_KEY/);
  });

  it('ends with the reason of the signal that ended it, before and while it runs', async () => {
    const reason = new Error('cancelled by the user');
    await assert.rejects(
      serving(answering(200, {}), (origin) => ask(origin, { signal: AbortSignal.abort(reason) })),
      reason,
    );
    const stopping = new AbortController();
    const handler: RequestListener = (req) => req.resume().on('end', () => stopping.abort(reason));
    await assert.rejects(
      serving(handler, (origin) => ask(origin, { signal: stopping.signal })),
      reason,
    );
  });
});

describe('retryAfterMs', () => {
  it('reads seconds and dates, and never waits longer than an hour', () => {
    const now = Date.parse('2026-11-24T10:00:00Z');
    assert.equal(retryAfterMs('1.5', now), 1500);
    assert.equal(retryAfterMs('Tue, 24 Nov 2026 10:00:30 GMT', now), 30_000);
    assert.equal(retryAfterMs('Tue, 24 Nov 2026 09:00:00 GMT', now), 0);
    assert.equal(retryAfterMs('999999999', now), 3_600_000);
    for (const nonsense of [undefined, null, '', '-5x', 'NaN']) assert.equal(retryAfterMs(nonsense, now), undefined);
  });
});
