import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { DirectorAI, sdk } from './sdk.ts';

const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;
const another = `whsec_${Buffer.from('another secret of 24 byte').toString('base64')}`;
const data = {
  taskId: '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03',
  taskType: 'film',
  conversationId: null,
  errorCode: null,
};
const body = JSON.stringify({ type: 'task.completed', timestamp: '2026-11-24T09:34:12.481Z', data });
const id = 'msg_1';

function signed(by = [secret], at = new Date(), text = body) {
  const signatures = by.map((one) => new Webhook(one).sign(id, at, text));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

describe('webhooks.unwrap', () => {
  const { webhooks } = new DirectorAI({ webhookSecret: secret });
  const rejects = (call: Promise<unknown>, why: RegExp) =>
    assert.rejects(call, (error: unknown) => error instanceof sdk.WebhookVerificationError && why.test(error.message));

  it('gives the event of a webhook signed by the library everybody uses, text or bytes, whatever holds the headers', async () => {
    const event = { ...JSON.parse(body), timestamp: new Date('2026-11-24T09:34:12.481Z'), webhookId: id };
    const headers = signed();
    assert.deepEqual(await webhooks.unwrap(body, headers), event);
    assert.deepEqual(await webhooks.unwrap(Buffer.from(body), new Headers(headers)), event);
    assert.deepEqual(await webhooks.unwrap(body, Object.entries(headers)), event);
    const upper = { 'Webhook-Id': id, 'Webhook-Timestamp': headers['webhook-timestamp'] };
    assert.deepEqual(
      await webhooks.unwrap(body, { ...upper, 'Webhook-Signature': headers['webhook-signature'] }),
      event,
    );
  });

  it('gives an event of a kind that came later as it is', async () => {
    const later = JSON.stringify({ type: 'film.praised', data: { by: '看海' } });
    const event = await webhooks.unwrap(later, signed([secret], ago(0), later));
    assert.deepEqual(event, { ...JSON.parse(later), webhookId: id });
  });

  it('takes either secret while one is being replaced', async () => {
    await webhooks.unwrap(body, signed([another, secret]));
    await webhooks.unwrap(body, signed([another]), { secret: [secret, another] });
    await rejects(webhooks.unwrap(body, signed([another])), /no signature is right/);
  });

  it('refuses a body, an id or a time that was changed', async () => {
    await rejects(webhooks.unwrap(`${body} `, signed()), /no signature/);
    await rejects(webhooks.unwrap(body, { ...signed(), 'webhook-id': 'msg_2' }), /no signature/);
    const later = String(Math.floor(Date.now() / 1000) + 1);
    await rejects(webhooks.unwrap(body, { ...signed(), 'webhook-timestamp': later }), /no signature/);
  });

  it('refuses what is too old or of the future, by the tolerance asked for', async () => {
    await rejects(webhooks.unwrap(body, signed([secret], ago(310))), /too old/);
    await rejects(webhooks.unwrap(body, signed([secret], ago(-310))), /future/);
    await webhooks.unwrap(body, signed([secret], ago(310)), { toleranceSeconds: 600 });
    await webhooks.unwrap(body, signed([secret], ago(290)));
  });

  it('refuses headers that are missing or no headers of a webhook, and a body that is no JSON', async () => {
    await rejects(webhooks.unwrap(body, {}), /headers are missing/);
    await rejects(webhooks.unwrap(body, { ...signed(), 'webhook-timestamp': '1e9' }), /no time/);
    await rejects(webhooks.unwrap(body, { ...signed(), 'webhook-signature': 'v1,?? v2,abc nonsense' }), /no signature/);
    await rejects(webhooks.unwrap('hello', signed([secret], ago(0), 'hello')), /no JSON/);
    await rejects(new DirectorAI().webhooks.unwrap(body, signed()), /no webhook secret/);
    await rejects(webhooks.unwrap(body, signed(), { secret: 'whsec_!' }), /not base64/);
  });
});
