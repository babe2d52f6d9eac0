import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { hangUp, refuse, useScripted } from './scripted.ts';
import { type Client, type LogEntry, sdk } from './sdk.ts';

const taskId = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03';
const event = (id: number, status = 'processing') => {
  const message = { type: 'task.progress', taskId, data: { status, progress: id, details: {} } };
  return `id: ${id}\nevent: task.progress\ndata: ${JSON.stringify(message)}\n\n`;
};

/** A connection that brings this and then ends, breaks, or stays open. */
const brings = (text: string, then: 'end' | 'break' | 'stay') => (res: ServerResponse) => {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write(`retry: 5\n\n${text}`, () => {
    if (then === 'end') res.end();
    if (then === 'break') setImmediate(() => res.destroy());
  });
};

const over = (res: ServerResponse) => void res.writeHead(204).end();

describe('a stream of the SDK', () => {
  const server = useScripted();
  const read = async (client: Client, options = {}) => {
    const ids: number[] = [];
    for await (const { id } of client.tasks.stream(taskId, options)) ids.push(id);
    return ids;
  };
  const resumedAt = () => server.heard.map(({ headers }) => headers['last-event-id']);

  it('goes on where it broke, and drops what it is told again', async () => {
    server.play(
      brings(event(1) + event(2), 'break'),
      hangUp,
      refuse(503, 'unavailable', { 'retry-after': '0' }),
      brings(event(2) + event(3), 'end'),
      brings(event(4, 'completed'), 'end'),
    );
    assert.deepEqual(await read(server.client()), [1, 2, 3, 4]);
    assert.deepEqual(resumedAt(), [undefined, '2', '2', '2', '3']);
  });

  it('is over at 204, also when its last event was lost on the way', async () => {
    server.play(brings(event(1), 'break'), over);
    assert.deepEqual(await read(server.client()), [1]);
    server.play(over);
    assert.deepEqual(await read(server.client(), { after: 9 }), []);
    assert.deepEqual(resumedAt(), ['9']);
  });

  it('goes on after a failure that was followed by another try', async () => {
    server.play(brings(event(1, 'failed') + event(2) + event(3, 'completed'), 'end'));
    assert.deepEqual(await read(server.client()), [1, 2, 3]);
  });

  it('gives every event of a number that several share', async () => {
    server.play(brings(event(5, 'completed') + event(5, 'completed'), 'end'));
    assert.deepEqual(await read(server.client(), { after: 2 }), [5, 5]);
  });

  it('takes a connection for lost on which nothing comes', async () => {
    server.play(brings(event(1), 'stay'), brings(event(2, 'completed'), 'end'));
    assert.deepEqual(await read(server.client(), { silenceMs: 50 }), [1, 2]);
  });

  it('reads events that come in pieces, between letters and within them', async () => {
    const bytes = Buffer.from(event(1).replace('"details":{}', '"details":{"message":"看海"}') + event(2, 'completed'));
    server.play((res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const byte of bytes) res.write(Buffer.of(byte));
      res.end();
    });
    const messages: (string | undefined)[] = [];
    for await (const { data } of server.client().tasks.stream(taskId)) messages.push(data.details.message);
    assert.deepEqual(messages, ['看海', undefined]);
  });

  it('says when it is open, closes its connection when it is left, and is aborted by its signal', async () => {
    let closed = false;
    let opened = 0;
    server.play((res) => {
      res.once('close', () => {
        closed = true;
      });
      brings(event(1), 'stay')(res);
    });
    for await (const _ of server.client().tasks.stream(taskId, { onOpen: () => opened++ })) break;
    const aborted = server.client().tasks.stream(taskId, { signal: AbortSignal.timeout(50) });
    await aborted.next();
    await assert.rejects(aborted.next(), { name: 'TimeoutError' });
    assert.deepEqual([closed, opened], [true, 1]);
  });

  it('gives up where it never opened, where it may not, and after as long as it was told', async () => {
    server.play(hangUp);
    await assert.rejects(read(server.client({ maxRetries: 0 })), sdk.ConnectionError);
    server.play(brings(event(1), 'break'), refuse(403, 'forbidden'));
    await assert.rejects(read(server.client()), sdk.PermissionError);
    server.play(brings(event(1), 'break'), hangUp);
    await assert.rejects(read(server.client(), { reconnectForMs: 30 }), sdk.ConnectionError);
  });

  it('waits for its place, which the connection it lost may still hold', async () => {
    const full = refuse(409, 'quota_reached', {}, { code: 5002 });
    server.play(brings(event(1), 'break'), full, full, brings(event(2, 'completed'), 'end'));
    assert.deepEqual(await read(server.client()), [1, 2]);
    server.play(brings(event(1), 'break'), full);
    await assert.rejects(read(server.client(), { reconnectForMs: 30 }), sdk.ConflictError);
    server.play(full);
    await assert.rejects(read(server.client()), sdk.ConflictError, 'at first there is nothing to wait for');
  });

  it('goes on from where it was opened when it is lost before its first event', async () => {
    server.play(brings('id: 7\n\n', 'break'), brings(event(8, 'completed'), 'end'));
    assert.deepEqual(await read(server.client()), [8]);
    assert.deepEqual(resumedAt(), [undefined, '7']);
  });

  it('counts how long it is away from when it was lost, also where it had nothing to tell', async () => {
    server.play(brings(event(1), 'break'), brings('', 'stay'), brings(event(2, 'completed'), 'end'));
    assert.deepEqual(await read(server.client(), { reconnectForMs: 200, silenceMs: 250 }), [1, 2]);
  });

  it('says so where what comes is no event', async () => {
    server.play(brings('id: 1\ndata: <html>\n\n', 'end'));
    await assert.rejects(read(server.client()), { name: 'DirectorAIError' });
  });

  it('tells the log that it is made anew', async () => {
    const lines: LogEntry[] = [];
    server.play(brings(event(1), 'break'), over);
    await read(server.client({ logger: (line) => lines.push(line) }));
    const [reconnect] = lines.filter((line) => line.event === 'reconnect');
    assert.match(reconnect?.url ?? '', new RegExp(`/api/v1/tasks/${taskId}/events$`));
  });
});
