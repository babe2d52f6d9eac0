import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { waitAfterMs } from '../../src/webhooks/backOff.ts';
import { type SendOptions, sendWebhook } from '../../src/webhooks/send.ts';
import { newWebhookSecret } from '../../src/webhooks/signature.ts';
import { eventually } from '../support/eventually.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const body = '{"type": "webhook.test", "data": {"text": "漫导"}}';

describe('sendWebhook', () => {
  let receiver: Receiver;
  const secrets = [newWebhookSecret()];
  const send = (options: SendOptions = {}, path = '') =>
    sendWebhook({ id: 'msg-1', body, url: receiver.url + path, secrets }, { allowPrivate: true, ...options });
  before(async () => {
    receiver = await startReceiver();
  });
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.reply = () => ({ status: 204 });
  });
  after(() => receiver.close());

  const only = () => {
    const [request] = receiver.received;
    assert.ok(request && receiver.received.length === 1);
    return { ...request, headers: request.headers as Record<string, string> };
  };

  it('sends the very bytes, signed so that any Standard Webhooks library accepts them', async () => {
    const sent = await send();
    assert.deepEqual(
      { ...sent, durationMs: 0 },
      {
        ok: true,
        httpStatus: 204,
        durationMs: 0,
        error: null,
        response: null,
        retryAfterMs: 0,
      },
    );
    const { body: got, headers } = only();
    assert.equal(got, body);
    assert.deepEqual(new Webhook(secrets[0] ?? '').verify(got, headers), JSON.parse(body));
    assert.equal(headers['content-type'], 'application/json');
    assert.throws(() => new Webhook(newWebhookSecret()).verify(got, headers));
    assert.throws(() => new Webhook(secrets[0] ?? '').verify(`${got} `, headers));
  });
  it('signs with both secrets during a rotation', async () => {
    const former = newWebhookSecret();
    await sendWebhook({ id: 'msg-2', body, url: receiver.url, secrets: [...secrets, former] }, { allowPrivate: true });
    const { body: got, headers } = only();
    for (const secret of [...secrets, former]) assert.ok(new Webhook(secret).verify(got, headers));
    assert.equal(headers['webhook-signature']?.split(' ').length, 2);
  });
  it('follows no redirect, wherever it leads', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      receiver.received.length = 0;
      receiver.reply = () => ({ status, headers: { location: `${receiver.url}/next` } });
      const { ok, error, httpStatus } = await send();
      assert.deepEqual([ok, error, httpStatus], [false, 'redirected', status]);
      assert.equal(only().path, '/hook');
    }
  });
  it('takes the beginning of an answer and the wait it asks for, and no more', async () => {
    const flood = '\u0000\u001b漫'.repeat(100_000);
    receiver.reply = () => ({ status: 503, headers: { 'retry-after': '120' }, body: flood });
    const { ok, error, httpStatus, response, retryAfterMs } = await send();
    assert.deepEqual([ok, error, httpStatus, retryAfterMs], [false, 'refused', 503, 120_000]);
    assert.match(response ?? '', /^漫+\ufffd?$/u);
    assert.ok(Buffer.byteLength(response ?? '') <= 1024);
  });
  it('waits for an answer only so long', async () => {
    receiver.reply = () => undefined;
    const { ok, error, httpStatus } = await send({ timeoutMs: 50 });
    assert.deepEqual([ok, error, httpStatus], [false, 'timed_out', null]);
    const slowName = () => new Promise<never>(() => undefined);
    assert.equal((await send({ timeoutMs: 50, resolve: slowName })).error, 'timed_out');
  });
  it('tells what was wrong with a receiver that cannot be reached', async () => {
    const lost = Object.assign(new Error('no such name'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' });
    const gone = await startReceiver();
    await gone.close();
    const at = (url: string, options: SendOptions = {}) =>
      sendWebhook({ id: 'msg-3', body, url, secrets }, { allowPrivate: true, ...options }).then(({ error }) => error);
    assert.equal(await at(gone.url), 'connection_failed');
    assert.equal(await at(receiver.url.replace('http:', 'https:')), 'connection_failed');
    assert.equal(await at('http://nowhere.example.com/', { resolve: () => Promise.reject(lost) }), 'name_not_found');
  });
  it('rejects when the process ends in the middle of it', async () => {
    receiver.reply = () => undefined;
    const ending = new AbortController();
    const sending = send({ signal: ending.signal });
    await eventually('the request arrived', () => receiver.received.length === 1);
    ending.abort(new Error('the process ends'));
    await assert.rejects(sending, /the process ends/);
  });
});

describe('the waits between attempts', () => {
  it('grow from seconds to a day and end after three days', () => {
    const waits = Array.from({ length: 9 }, (_, index) => waitAfterMs(index + 1, { random: () => 0 }) ?? 0);
    assert.deepEqual(waits.slice(0, 3), [5_000, 300_000, 1_800_000]);
    assert.deepEqual(
      [...waits].sort((a, b) => a - b),
      waits,
    );
    const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
    assert.ok(hours > 72 && hours < 80, `${hours} h`);
    assert.equal(waitAfterMs(10), undefined);
  });
  it('are stretched by what the receiver asks for, to a day at most', () => {
    assert.equal(waitAfterMs(1, { retryAfterMs: 60_000, random: () => 0 }), 60_000);
    assert.equal(waitAfterMs(1, { retryAfterMs: 1e12, random: () => 0 }), 86_400_000);
    assert.equal(waitAfterMs(1, { scale: 0.001, random: () => 1 }), 6);
  });
});
