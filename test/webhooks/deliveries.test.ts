import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { newId } from '../../src/db/ids.ts';
import { recordAttempt, topUpDeliveries } from '../../src/db/webhookAttempts.ts';
import { listWebhookDeliveries, restartDelivery } from '../../src/db/webhookDeliveries.ts';
import {
  findWebhookEndpoint,
  insertWebhookEndpoint,
  replaceWebhookSecret,
  updateWebhookEndpoint,
} from '../../src/db/webhookEndpoints.ts';
import { createLog } from '../../src/log.ts';
import { createDeliver } from '../../src/webhooks/deliver.ts';
import { type Deliveries, startDeliveries } from '../../src/webhooks/deliveries.ts';
import { webhookEvents } from '../../src/webhooks/events.ts';
import { sealWebhookSecret } from '../../src/webhooks/secrets.ts';
import { newWebhookSecret } from '../../src/webhooks/signature.ts';
import { schemaFinder } from '../contract/walkContract.ts';
import { allContentsOfWebhooks } from '../contract/walkWebhooks.ts';
import { allSteps, plan, startRig } from '../engine/engineRig.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addTask, addUser } from '../support/rows.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const secret = 'a secret of the test suite, 32 characters or more';
const log = createLog('silent');

describe('deliveries of webhooks', () => {
  const database = useDatabase();
  let receiver: Receiver;
  let deliveries: Deliveries;
  let userId: string;
  let users = 0;
  const options = () => ({ db: database.db, secret, log, allowPrivate: true, backOffScale: 1e-6 });

  before(async () => {
    receiver = await startReceiver();
    deliveries = await startDeliveries({ ...options(), databaseUrl: database.url, pollMs: 30 });
  });
  beforeEach(async () => {
    receiver.received.length = 0;
    receiver.reply = () => ({ status: 204 });
    users += 1;
    userId = await addUser(database.db, `user${users}`);
  });
  after(async () => {
    await deliveries.stop(1000);
    await receiver.close();
  });

  const addEndpoint = async (events: readonly string[] = webhookEvents, url = receiver.url) => {
    const id = newId();
    const signing = newWebhookSecret();
    const sealed = sealWebhookSecret(secret, id, signing);
    const endpoint = { id, userId, url, description: '', events: [...events], secret: sealed };
    await database.db.transaction((trx) => insertWebhookEndpoint(trx, endpoint, 20));
    return { id, signing };
  };
  const endTask = async (status: string, more: object = {}, type = 'film') => {
    const taskId = await addTask(database.db, userId, type);
    await database
      .db('tasks')
      .where({ id: taskId })
      .update({ status, ...more });
    return taskId;
  };
  const logOf = async (endpointId: string) =>
    (await listWebhookDeliveries(database.db, endpointId, { page: 1, pageSize: 20 })).items;
  const ended = (endpointId: string) =>
    eventually('a delivery has ended', async () =>
      (await logOf(endpointId)).find(({ status }) => status !== 'pending'),
    );

  it('tell each end of a task once, as the contract describes it, signed', async () => {
    const { id, signing } = await addEndpoint();
    const failed = await endTask('failed', { error: { code: 7001, key: 'provider_refused', params: {} } });
    const completed = await endTask('completed');
    const cancelled = await endTask('cancelled', {}, 'image');
    await database.db('tasks').where({ id: completed }).update({ status: 'completed', progress: 100 });
    await eventually('all three arrived', () => receiver.received.length === 3);
    const find = schemaFinder();
    const told = receiver.received.map(({ headers, body }) => {
      const event = new Webhook(signing).verify(body, headers as Record<string, string>) as {
        type: string;
        data: { taskId: string; errorCode: number };
      };
      assert.ok(find('#/components/schemas/TaskEndedEvent')(event), body);
      return `${event.type} ${event.data.taskId} ${event.data.errorCode}`;
    });
    assert.deepEqual(told.sort(), [
      `task.cancelled ${cancelled} null`,
      `task.completed ${completed} null`,
      `task.failed ${failed} 7001`,
    ]);
    await eventually('all are written down', async () =>
      (await logOf(id)).every(({ status }) => status === 'delivered'),
    );
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']));
    assert.deepEqual(ids, new Set((await logOf(id)).map((one) => one.id)));
  });

  it('tell of a task that workers finish', async () => {
    const { id } = await addEndpoint();
    const rig = await startRig(database, { steps: allSteps(async () => ({ end: 'done', result: {} })) });
    const taskId = await plan(database.db, userId, [{}, {}]);
    const { event, taskId: told } = await ended(id);
    assert.deepEqual([event, told, receiver.received.length], ['task.completed', taskId, 1]);
    await rig.stop();
  });

  it('tell that a step waits for a decision', async () => {
    await addEndpoint(['task.needs_review']);
    const taskId = await addTask(database.db, userId);
    const step = { id: newId(), task_id: taskId, user_id: userId, kind: 'shootSceneClip', stage: 'clips' };
    await database.db('steps').insert({ ...step, status: 'running' });
    await database.db('steps').where({ id: step.id }).update({ status: 'needs_review' });
    const { body } = await eventually('it arrived', () => receiver.received[0]);
    assert.ok(schemaFinder()('#/components/schemas/TaskReviewEvent')(JSON.parse(body)), body);
    assert.equal(JSON.parse(body).data.stepId, step.id);
  });

  it('reach only those who asked for the event, and never tell of the agent’s turns', async () => {
    const wants = await addEndpoint(['task.failed']);
    const others = await addEndpoint(['task.completed']);
    const disabled = await addEndpoint();
    await database.db('webhook_endpoints').where({ id: disabled.id }).update({ enabled: false });
    await endTask('failed', {}, 'message');
    await endTask('failed');
    await ended(wants.id);
    assert.deepEqual(
      [receiver.received.length, (await logOf(others.id)).length, (await logOf(disabled.id)).length],
      [1, 0, 0],
    );
  });

  it('are as durable as what they tell: an end that is rolled back is not told', async () => {
    const { id } = await addEndpoint();
    const taskId = await addTask(database.db, userId);
    const undone = database.db.transaction(async (trx) => {
      await trx('tasks').where({ id: taskId }).update({ status: 'completed' });
      throw new Error('undone');
    });
    await assert.rejects(undone, /undone/);
    assert.deepEqual(await logOf(id), []);
  });

  it('are tried again under the same id, each time with a fresh signature, until they are taken', async () => {
    const { id, signing } = await addEndpoint();
    const answers = [
      { status: 500, body: 'broken' },
      { status: 302, headers: { location: '/x' } },
      { status: 200, body: 'ok' },
    ];
    receiver.reply = () => answers.shift() ?? { status: 200 };
    await endTask('completed');
    const delivery = await ended(id);
    assert.deepEqual(
      delivery.attempts.map(({ number, httpStatus, error, response }) => [number, httpStatus, error, response]),
      [
        [1, 500, 'refused', 'broken'],
        [2, 302, 'redirected', null],
        [3, 200, null, 'ok'],
      ],
    );
    assert.equal(delivery.status, 'delivered');
    for (const { headers, body } of receiver.received) {
      assert.equal(headers['webhook-id'], delivery.id);
      assert.ok(new Webhook(signing).verify(body, headers as Record<string, string>));
    }
  });

  it('are given up after ten attempts, and can be started anew', async () => {
    const { id } = await addEndpoint();
    receiver.reply = () => ({ status: 400 });
    await endTask('completed');
    const delivery = await ended(id);
    assert.deepEqual([delivery.status, delivery.attempts.length, receiver.received.length], ['failed', 10, 10]);
    receiver.reply = () => ({ status: 200 });
    await restartDelivery(database.db, delivery.id, id);
    await eventually('it is delivered', async () => (await logOf(id))[0]?.status === 'delivered');
    assert.equal(receiver.received.at(-1)?.headers['webhook-id'], delivery.id);
  });

  it('end when an endpoint says it is gone, which is disabled then', async () => {
    const { id } = await addEndpoint();
    receiver.reply = () => ({ status: 410 });
    await endTask('completed');
    assert.deepEqual([(await ended(id)).status, receiver.received.length], ['failed', 1]);
    const endpoint = await findWebhookEndpoint(database.db, id, userId);
    assert.deepEqual([endpoint?.enabled, endpoint?.disabledReason], [false, 'gone']);
  });

  it('disable an endpoint that nothing reached for days', async () => {
    const { id } = await addEndpoint();
    await database
      .db('webhook_endpoints')
      .where({ id })
      .update({ failing_since: new Date(Date.now() - 6 * 86_400_000) });
    receiver.reply = () => ({ status: 500 });
    await endTask('completed');
    const { status, attempts } = await ended(id);
    assert.deepEqual([status, attempts.map(({ error }) => error)], ['failed', ['refused', 'endpoint_disabled']]);
    assert.equal((await findWebhookEndpoint(database.db, id, userId))?.disabledReason, 'failing');
  });

  it('say nothing of an endpoint that has another address meanwhile, and its failures stay behind', async () => {
    const { id } = await addEndpoint();
    const endpoint = () => database.db('webhook_endpoints').where({ id });
    await endpoint().update({ failing_since: new Date(Date.now() - 6 * 86_400_000) });
    const former = { id: newId(), attempt: 1, endpointId: id, url: receiver.url };
    const sent = { endpoint_id: id, user_id: userId, event_type: 'task.completed', payload: '{}', status: 'failed' };
    await database.db('webhook_deliveries').insert({ id: former.id, ...sent });
    const change = (url: string) => updateWebhookEndpoint(database.db, { id, ownerId: userId }, { url });
    await change(receiver.url);
    assert.notEqual((await endpoint().first()).failing_since, null);
    await change(`${receiver.url}/new`);
    const outcome = { ok: false, httpStatus: 410, durationMs: 1, error: 'refused', response: null };
    const limits = { retryInMs: undefined, failingAtMostMs: 1000 };
    assert.equal(await recordAttempt(database.db, former, { ...outcome, ...limits }), undefined);
    const { enabled, failing_since } = await endpoint().first();
    assert.deepEqual([enabled, failing_since], [true, null]);
    const present = { ...former, attempt: 2, url: `${receiver.url}/new` };
    assert.equal(await recordAttempt(database.db, present, { ...outcome, ...limits }), 'gone');
  });

  it('are signed with both secrets after a rotation', async () => {
    const { id, signing } = await addEndpoint();
    const next = newWebhookSecret();
    await replaceWebhookSecret(database.db, id, userId, sealWebhookSecret(secret, id, next));
    await endTask('completed');
    const { body, headers } = await eventually('it arrived', () => receiver.received[0]);
    for (const one of [signing, next]) assert.ok(new Webhook(one).verify(body, headers as Record<string, string>));
    await database
      .db('webhook_endpoints')
      .where({ id })
      .update({ previous_secret_until: new Date(0) });
    await endTask('completed');
    const later = await eventually('the next arrived', () => receiver.received[1]);
    assert.throws(() => new Webhook(signing).verify(later.body, later.headers as Record<string, string>));
  });

  it('are not sent with a secret that cannot be read any more', async () => {
    const { id } = await addEndpoint();
    const sealed = sealWebhookSecret(`another ${secret}`, id, newWebhookSecret());
    await database.db('webhook_endpoints').where({ id }).update({ secret: sealed });
    await endTask('completed');
    const { attempts } = await ended(id);
    assert.deepEqual([attempts[0]?.error, receiver.received.length], ['secret_unreadable', 0]);
  });

  it('are found again when their job or their worker was lost', async () => {
    const { id } = await addEndpoint();
    const deliveryId = newId();
    const row = { id: deliveryId, endpoint_id: id, user_id: userId, event_type: 'webhook.test', payload: '{}' };
    await database.db('webhook_deliveries').insert({ ...row, next_attempt_at: new Date(Date.now() - 31_000) });
    await topUpDeliveries(database.db);
    assert.equal((await ended(id)).id, deliveryId);
  });

  it('are one user’s four at a time, so that others have room', async () => {
    const { id } = await addEndpoint([]);
    receiver.reply = () => undefined;
    const ending = new AbortController();
    const deliver = createDeliver({ ...options(), signal: ending.signal });
    const ids = Array.from({ length: 6 }, newId);
    const rows = ids.map((one) => ({
      id: one,
      endpoint_id: id,
      user_id: userId,
      event_type: 'webhook.test',
      payload: '{}',
    }));
    await database.db('webhook_deliveries').insert(rows);
    const jobs = ids.map((deliveryId) => deliver({ deliveryId, userId }));
    await eventually('four are under way', () => receiver.received.length === 4);
    await Promise.all(jobs.slice(4));
    ending.abort(new Error('the process ends'));
    await Promise.all(jobs);
    const left = await database.db('webhook_deliveries').where({ endpoint_id: id, status: 'pending' });
    assert.deepEqual([left.length, receiver.received.length], [6, 4]);
    await database.db('webhook_endpoints').where({ id }).delete();
  });
});

describe('every webhook of the contract', () => {
  it('shows a valid example of each event there is', () => {
    const find = schemaFinder();
    const shown = allContentsOfWebhooks().map(({ schema, example }) => {
      assert.ok(find(schema)(example), `${schema}: ${JSON.stringify(example)}`);
      return (example as { type: string }).type;
    });
    assert.deepEqual(shown, [...webhookEvents, 'webhook.test']);
  });
});
