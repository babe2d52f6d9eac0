import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { connect } from '../../src/db/connect.ts';
import { allSteps, startRig } from './engineRig.ts';

describe('a worker whose connections fall silent while it starts', () => {
  it('says that it is lost instead of waiting for ever', async () => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      sockets.push(socket);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const url = `postgres://nobody@127.0.0.1:${port}/nothing`;
    const db = connect(url, { max: 1, applicationName: 'silent start' });
    const lost = Promise.withResolvers<string>();
    const steps = allSteps(async () => ({ end: 'done', result: {} }));
    const starting = startRig({ db, url }, { steps, startWithinMs: 200, onLost: lost.resolve });
    const ended = assert.rejects(starting);
    assert.equal(await lost.promise, 'it could not start in time');
    for (const socket of sockets) socket.destroy();
    server.close();
    await ended;
    await db.destroy();
  });
});
