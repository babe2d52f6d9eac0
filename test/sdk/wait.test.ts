import assert from 'node:assert/strict';
import { answer, hangUp, refuse, useScripted } from './scripted.ts';
import { sdk } from './sdk.ts';

const id = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03';
const progress = { stage: 'clips', step: 'shootSceneClip', done: 0, total: 2 };

/** A stream that tells this, and then stays open. */
const tells =
  (...events: { status?: string; needsReview?: number }[]) =>
  (res: import('node:http').ServerResponse) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const [index, { status = 'processing', needsReview }] of events.entries()) {
      const details = { ...progress, ...(needsReview && { needsReview }) };
      const data = { type: 'task.progress', taskId: id, data: { status, progress: index, details } };
      res.write(`id: ${index + 1}\nevent: task.progress\ndata: ${JSON.stringify(data)}\n\n`);
    }
    if (events.at(-1)?.status === 'completed') res.end();
  };

const step = (number: number, status: string) => ({
  id: `01975f2e-8f10-7c3a-9a51-3b1f0c6d2e1${number}`,
  ...{ kind: 'shootSceneClip', status, attempts: 1, failures: 0, interruptions: 0, waitsFor: 0 },
  ...{ nextTryAt: null, sceneUuid: null, error: null, costMicros: null },
});

const taskWith = (statuses: string[], status = 'processing', result: object | null = null) =>
  answer({
    ...{ id, type: 'video', status, progress: 50, conversationId: null, params: {}, result, errorMessage: null },
    ...{ createdAt: '2026-11-24T09:30:00.000Z', updatedAt: '2026-11-24T09:30:00.000Z', completedAt: null },
    steps: statuses.map((one, index) => step(index, one)),
  });

describe('tasks.wait, while a step waits for a decision', () => {
  const server = useScripted();

  it('goes on as long as others move, then throws an error that names the steps', async () => {
    const seen: (number | undefined)[] = [];
    server.play(
      tells({}, { needsReview: 1 }, { needsReview: 1 }),
      taskWith(['needs_review', 'running', 'blocked']),
      taskWith(['needs_review', 'failed', 'blocked']),
    );
    const waiting = server.client().tasks.wait(id, { onProgress: ({ details }) => seen.push(details.needsReview) });
    await assert.rejects(waiting, (error: unknown) => {
      assert.ok(error instanceof sdk.TaskNeedsReviewError && error instanceof sdk.TaskError);
      assert.deepEqual([error.task.id, error.stepIds], [id, [step(0, '').id]]);
      return true;
    });
    assert.deepEqual(seen, [undefined, 1, 1]);
    assert.equal(server.heard.length, 3);
  });

  it('asks for nothing of what was decided long ago, but the present state', async () => {
    const result = { mediaId: id, url: 'http://localhost/film.mp4' };
    server.play(tells({ needsReview: 1 }, {}, { status: 'completed' }), taskWith(['done'], 'completed', result));
    const task = await server.client().tasks.wait(id);
    assert.equal(task.status, 'completed');
  });

  it('notices it also where it has to ask now and then', async () => {
    const problem = { type: 'urn:directorai:problem:quota_reached', title: 'quota', status: 409, code: 5002 };
    server.play(
      (res) => {
        res.writeHead(409, { 'content-type': 'application/problem+json' });
        res.end(JSON.stringify({ ...problem, detail: 'quota', requestId: 'r', errors: [] }));
      },
      answer({ taskId: id, status: 'processing', progress: 3, details: { ...progress, needsReview: 1 } }),
      taskWith(['needs_review']),
    );
    await assert.rejects(server.client().tasks.wait(id), sdk.TaskNeedsReviewError);
  });
});

describe('tasks.wait, while the service is away', () => {
  const server = useScripted();
  const result = { mediaId: id, url: 'http://localhost/film.mp4' };
  const done = taskWith(['done'], 'completed', result);
  const at = (status: string) => answer({ taskId: id, status, progress: 3, details: progress });
  const away = refuse(503, 'unavailable', { 'retry-after': '0' });
  const full = refuse(409, 'quota_reached', {}, { code: 5002 });

  for (const [where, ...acts] of [
    ['before the stream was open', hangUp, away, tells({ status: 'completed' }), done],
    ['where it asks now and then', full, at('processing'), hangUp, away, at('completed'), done],
    ['when only the result is left to be read', tells({ status: 'completed' }), hangUp, away, done],
  ] as const) {
    it(`goes on waiting ${where}`, async () => {
      server.play(...acts);
      const task = await server.client({ maxRetries: 0 }).tasks.wait(id);
      assert.deepEqual(task.result, result);
      assert.equal(server.heard.length, acts.length);
    });
  }

  it('gives up after as long as it was told, and at once where it may not', async () => {
    const client = server.client({ maxRetries: 0 });
    for (const acts of [[hangUp], [full, hangUp], [tells({ status: 'completed' }), hangUp]]) {
      server.play(...acts);
      await assert.rejects(client.tasks.wait(id, { reconnectForMs: 1 }), sdk.ConnectionError);
    }
    server.play(refuse(404, 'not_found'));
    await assert.rejects(client.tasks.wait(id), sdk.NotFoundError);
    server.play(hangUp);
    await assert.rejects(client.tasks.wait(id, { timeoutMs: 50 }), sdk.TaskWaitTimeoutError);
  });
});
