import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi } from '../../src/cli/api.ts';
import { followTask, type ProgressData } from '../../src/cli/follow.ts';
import { ApiProblem, Unreachable } from '../../src/cli/problem.ts';

const taskId = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03';

function eventText(id: number, status: ProgressData['status']): string {
  const details = { stage: 'images', step: 'drawSceneImage', done: id, total: 9 };
  const data = JSON.stringify({ type: 'task.progress', taskId, data: { status, progress: id, details } });
  return `event: task.progress\nid: ${id}\ndata: ${data}\n\n`;
}

/** One answer after the other, each to one connection; what each asked for is kept. */
function scripted(...answers: RequestListener[]) {
  const asked: (string | undefined)[] = [];
  const server: Server = createServer((req, res) => {
    const answer = answers[asked.length];
    asked.push(req.headers['last-event-id']?.toString());
    res.setHeader('content-type', 'text/event-stream');
    if (answer) answer(req, res);
    else res.destroy();
  });
  return {
    asked,
    async follow(more: { signal?: AbortSignal; patienceMs?: number } = {}) {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const api = createApi({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, language: 'en' });
      const seen: number[] = [];
      const breaks: number[] = [];
      const options = { signal: new AbortController().signal, onBreak: () => breaks.push(seen.length), retryMs: 10 };
      try {
        for await (const { progress } of followTask(api, taskId, { ...options, ...more })) seen.push(progress);
        return { seen, breaks };
      } finally {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  };
}

const write =
  (...events: string[]): RequestListener =>
  (_req, res) =>
    void res.write(`:ok\n\n${events.join('')}`, () => res.destroy());
const end =
  (...events: string[]): RequestListener =>
  (_req, res) =>
    void res.end(events.join(''));
const problem =
  (status: number, code: number): RequestListener =>
  (_req, res) =>
    void res.writeHead(status).end(JSON.stringify({ code, detail: 'no', errors: [] }));

describe('followTask', () => {
  it('goes on after the last event when the connection breaks, until the task is over', async () => {
    const service = scripted(
      write(eventText(3, 'processing'), eventText(4, 'processing')),
      problem(503, 6001),
      end(eventText(7, 'processing')),
      end(eventText(8, 'completed')),
    );
    assert.deepEqual(await service.follow(), { seen: [3, 4, 7, 8], breaks: [2, 2, 3] });
    assert.deepEqual(service.asked, [undefined, '4', '4', '7']);
  });

  it('ends at once where there is nothing newer', async () => {
    const service = scripted((_req, res) => void res.writeHead(204).end());
    assert.deepEqual(await service.follow(), { seen: [], breaks: [] });
  });

  it('reads events that arrive in pieces, in the middle of a character', async () => {
    const text = Buffer.from(`: 海\n${eventText(9, 'completed')}`);
    const service = scripted((_req, res) => {
      res.write(text.subarray(0, 3), () => setImmediate(() => res.end(text.subarray(3))));
    });
    assert.deepEqual((await service.follow()).seen, [9]);
  });

  it('throws what the service refuses', async () => {
    const refused = scripted(problem(404, 3000)).follow();
    await assert.rejects(refused, (error) => error instanceof ApiProblem && error.code === 3000);
  });

  it('gives a service up that stays away', async () => {
    await assert.rejects(scripted().follow({ patienceMs: 100 }), Unreachable);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const service = scripted((_req, res) => {
      res.write(eventText(1, 'processing'), () => controller.abort());
    });
    await assert.rejects(service.follow({ signal: controller.signal }));
    assert.equal(service.asked.length, 1);
  });
});
