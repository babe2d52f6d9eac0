import assert from 'node:assert/strict';
import { newId } from '../../src/db/ids.ts';
import { readUsage } from '../../src/db/tasks.ts';
import type { Step, StepContext } from '../../src/engine/step.ts';
import { allSteps, startRig, stopRigs } from '../engine/engineRig.ts';
import { useApp } from '../http/testApp.ts';
import { eventually } from '../support/eventually.ts';
import { missingId } from './fixtures.ts';

describe('the queue', () => {
  const app = useApp({ users: ['ada', 'bob'], config: { adminEmails: ['ada@example.com'], maxTasksPerUser: 50 } });
  const admin = (path: string) => `/api/v1/admin/${path}`;
  const list = (query: string) =>
    app
      .as('ada')
      .get(admin(`queue/steps?${query}`))
      .expect(200);
  const act = (stepId: string, what: string, body: object) =>
    app
      .as('ada')
      .post(admin(`steps/${stepId}/${what}`))
      .send(body);

  /** A task of bob's whose only step stands so. */
  async function addStep(status: string, error: object | null = null) {
    const order = { type: 'image', params: { prompt: 'a cat' } };
    const { id: taskId } = (await app.as('bob').post('/api/v1/tasks').send(order).expect(202)).body.data;
    const [step] = await app.db('steps').where({ task_id: taskId }).update({ status, error }).returning('id');
    if (status === 'dead' || status === 'failed')
      await app.db('tasks').where({ id: taskId }).update({ status: 'failed' });
    return { taskId, stepId: String(step.id) };
  }
  const taskOf = async (id: string) => (await app.as('bob').get(`/api/v1/tasks/${id}`).expect(200)).body.data;
  const addCall = (stepId: string, taskId: string) =>
    app.db('provider_calls').insert({
      ...{ id: newId(), op_key: `${stepId}:image:0`, step_id: stepId, task_id: taskId, vendor: 'gemini', model: 'x' },
      ...{
        user_id: app.sessionOf('bob').userId,
        purpose: 'image',
        status: 'ambiguous',
        request_hash: Buffer.alloc(32),
      },
      ...{ request: '{}', fence: 1, send_count: 1, doubt_count: 1, max_cost_micros: 40_000 },
    });

  describe('getQueue', () => {
    it('sums up steps, tasks, workers and pauses', async () => {
      await addStep('ready');
      await addStep('dead');
      const { data } = (await app.as('ada').get(admin('queue')).expect(200)).body;
      const of = (status: string) => data.steps.find((one: { status: string }) => one.status === status);
      assert.deepEqual([of('ready').count, of('dead').count], [1, 1]);
      assert.ok(of('ready').oldestSeconds >= 0);
      assert.deepEqual(data.tasks, { pending: 1, processing: 0 });
      assert.deepEqual(data.workers, { live: 0, draining: 0 });
      assert.equal(data.pauses.length, 4);
      await app.as('bob').get(admin('queue')).expect(403);
    });
  });

  describe('listQueueSteps', () => {
    it('keeps states, kinds and users apart, pages, and says what failed', async () => {
      const error = { code: 6000, key: 'step_crashed', params: { times: 8 } };
      const { stepId } = await addStep('dead', error);
      const dead = (await list('status=dead')).body.data;
      assert.ok(dead.items.every(({ status }: { status: string }) => status === 'dead'));
      const found = dead.items.find(({ id }: { id: string }) => id === stepId);
      assert.deepEqual(found.error, { code: 6000, detail: 'The step was ended by crashes 8 times.' });
      assert.deepEqual([found.username, found.kind, found.vendor, found.paused], ['bob', 'drawImage', 'gemini', false]);
      assert.equal((await list('kind=assembleFilm')).body.data.total, 0);
      assert.equal((await list(`userId=${app.sessionOf('ada').userId}`)).body.data.total, 0);
      const all = (await list('')).body.data;
      const pages = await Promise.all([1, 2].map((page) => list(`pageSize=2&page=${page}`)));
      assert.deepEqual(
        pages.flatMap(({ body }) => body.data.items.map(({ id }: { id: string }) => id)),
        all.items.slice(0, 4).map(({ id }: { id: string }) => id),
      );
      await app.as('ada').get(admin('queue/steps?status=done')).expect(400);
    });
  });

  describe('redriveStep', () => {
    it('makes a dead step ready again and its task go on, once', async () => {
      const { stepId, taskId } = await addStep('dead');
      await app.db('steps').where({ id: stepId }).update({ crash_count: 8, failures: 3 });
      const { body } = await act(stepId, 'redrive', { reason: 'more memory' }).expect(202);
      assert.deepEqual([body.data.status, body.data.interruptions, body.data.failures], ['ready', 0, 0]);
      assert.equal((await taskOf(taskId)).status, 'processing');
      assert.equal((await act(stepId, 'redrive', { reason: 'more memory' }).expect(409)).body.code, 4002);
      const [entry] = await app.db('audit_log').where({ subject: stepId });
      assert.deepEqual(
        [entry.action, entry.user_id, entry.changes[0].before],
        ['step.redrive', app.sessionOf('bob').userId, 'dead'],
      );
    });

    it('refuses what cannot go on, and leaves no trace of it', async () => {
      const { stepId, taskId } = await addStep('dead');
      await app.db('tasks').where({ id: taskId }).update({ status: 'cancelled' });
      await act(stepId, 'redrive', { reason: 'x' }).expect(409);
      await app.db('tasks').where({ id: taskId }).update({ status: 'failed', type: 'message' });
      await act(stepId, 'redrive', { reason: 'x' }).expect(409);
      await act(missingId, 'redrive', { reason: 'x' }).expect(404);
      const { body } = await act(stepId, 'redrive', {}).expect(400);
      assert.equal(body.errors[0].pointer, '/body/reason');
      await app
        .as('bob')
        .post(admin(`steps/${stepId}/redrive`))
        .send({ reason: 'x' })
        .expect(403);
      assert.equal(await app.db('audit_log').where({ subject: stepId }).first(), undefined);
    });
  });

  describe('resolveDoubt', () => {
    it('decides for anybody: anew, or as a loss', async () => {
      const again = await addStep('needs_review');
      await addCall(again.stepId, again.taskId);
      const { body } = await act(again.stepId, 'resolve', { decision: 'retry', reason: 'not charged' }).expect(200);
      assert.equal(body.data.status, 'ready');
      const lost = await addStep('needs_review');
      await addCall(lost.stepId, lost.taskId);
      await act(lost.stepId, 'resolve', { decision: 'accept_loss', reason: 'charged' }).expect(200);
      assert.equal((await taskOf(lost.taskId)).status, 'failed');
      const calls = await app.db('provider_calls').pluck('status');
      assert.deepEqual(calls, ['abandoned', 'abandoned']);
      await act(lost.stepId, 'resolve', { decision: 'retry', reason: 'x' }).expect(409);
      await act(lost.stepId, 'resolve', { decision: 'maybe', reason: 'x' }).expect(400);
      await act(missingId, 'resolve', { decision: 'retry', reason: 'x' }).expect(404);
      await app
        .as('bob')
        .post(admin(`steps/${lost.stepId}/resolve`))
        .send({ decision: 'retry', reason: 'x' })
        .expect(403);
      assert.equal((await app.db('audit_log').where({ action: 'step.resolve' })).length, 2);
    });
  });

  describe('with a worker running', () => {
    type Added = Awaited<ReturnType<typeof addStep>>;
    let sends = 0;
    let dead: Added;
    let inDoubt: Added;
    before(async () => {
      const { connectionString: url } = app.db.client.config.connection;
      await app.db('tasks').whereIn('status', ['pending', 'processing']).update({ status: 'cancelled' });
      await app.db('steps').whereNot({ status: 'done' }).update({ status: 'cancelled' });
      dead = await addStep('dead');
      inDoubt = await addStep('needs_review');
      await addCall(inDoubt.stepId, inDoubt.taskId);
      const buy = ({ pay }: StepContext) =>
        pay({
          ...{ vendor: 'gemini', purpose: 'image', model: 'test', request: {}, maxCostMicros: 1 },
          send: async () => {
            sends += 1;
            return { mediaId: missingId };
          },
          lookup: async () => undefined,
        });
      const draw: Step = async (context) => {
        const { answer: result } = await buy(context);
        return { end: 'done', result, taskResult: async () => result };
      };
      await startRig({ db: app.db, url }, { steps: allSteps(draw), policy: { idempotency: 'none' } });
    });
    after(stopRigs);
    const ended = (taskId: string) =>
      eventually('the task has ended', async () => (await taskOf(taskId)).status === 'completed');

    it('finishes the task of a step that was redriven', async () => {
      const { stepId, taskId } = dead;
      await act(stepId, 'redrive', { reason: 'mended' }).expect(202);
      await ended(taskId);
      assert.equal((await app.db('steps').where({ id: stepId }).first()).status, 'done');
    });

    it('buys anew and finishes the task of a doubt that was resolved', async () => {
      const { stepId, taskId } = inDoubt;
      const before = sends;
      await act(stepId, 'resolve', { decision: 'retry', reason: 'not charged' }).expect(200);
      await ended(taskId);
      assert.equal(sends, before + 1);
      const calls = await app.db('provider_calls').where({ step_id: stepId }).orderBy('created_at').pluck('status');
      assert.deepEqual(calls, ['abandoned', 'succeeded']);
      const bought = await app.db('provider_calls').where({ step_id: stepId, status: 'succeeded' }).first();
      const spent = 40_000 + Number(bought.cost_micros);
      assert.deepEqual(await readUsage(app.db, taskId), {
        calls: { screenplay: 0, image: 1, video: 0 },
        costMicros: spent,
      });
      const { data: usage } = (await app.as('bob').get('/api/v1/users/me/usage?groupBy=film').expect(200)).body;
      const paid = await app.db('provider_calls').sum({ accepted: 'cost_micros', lost: 'lost_micros' }).first();
      assert.equal(usage.total.costMicros, Number(paid?.accepted) + Number(paid?.lost));
    });
  });
});
