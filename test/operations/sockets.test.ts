import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { useApp } from '../http/testApp.ts';
import { eventually } from '../support/eventually.ts';

describe('the socket at /ws', () => {
  const app = useApp({ users: ['ada', 'bob'] });

  const ticketOf = async (agent = app.as('ada')): Promise<string> =>
    (await agent.post('/api/v1/auth/stream-tickets').expect(201)).body.data.ticket;
  const addressOf = (query: string) => `${app.url.replace('http', 'ws')}/ws${query}`;
  const open = async (query: string, headers: Record<string, string> = {}) => {
    const socket = new WebSocket(addressOf(query), { headers });
    await once(socket, 'open');
    return socket;
  };
  const refusal = async (query: string, headers: Record<string, string> = {}): Promise<number> => {
    const socket = new WebSocket(addressOf(query), { headers });
    socket.on('error', () => undefined);
    const [, response] = await once(socket, 'unexpected-response');
    response.destroy();
    return response.statusCode;
  };
  const close = async (socket: WebSocket) => {
    socket.close();
    await once(socket, 'close');
  };

  it('is asked for with thousands of headers, and neither opens nor ends the service', async () => {
    const ask = (headers: string): Promise<string> =>
      new Promise((resolve) => {
        const connection = connect(app.port, '127.0.0.1');
        let said = '';
        connection.on('data', (bytes) => (said += bytes)).on('error', () => undefined);
        connection.once('close', () => resolve(said));
        const asked = 'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n';
        const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
        connection.write(`${asked}${key}${headers}\r\n`);
      });
    // Within the 16 KiB that a head may have, and beyond.
    assert.match(await ask('a:\r\n'.repeat(3_000)), /^HTTP\/1\.1 (4\d\d) /);
    assert.match(await ask('a-header: of some length\r\n'.repeat(3_000)), /^HTTP\/1\.1 431 /);
    await app.anyone().get('/api/v1/health/live').expect(200);
    await close(await open(`?ticket=${await ticketOf()}`));
  });

  it('is opened by a ticket, once, within its minute, and by nothing that is no access', async () => {
    const ticket = await ticketOf();
    const socket = await open(`?ticket=${ticket}`);
    assert.equal(await refusal(`?ticket=${ticket}`), 401);
    const late = await ticketOf();
    const { rows } = await app.db.raw(
      'select max(extract(epoch from expires_at - now()))::float8 as seconds from stream_tickets',
    );
    assert.ok(rows[0].seconds > 0 && rows[0].seconds <= 60, `${rows[0].seconds} s`);
    await app.db('stream_tickets').update({ expires_at: new Date(0) });
    assert.equal(await refusal(`?ticket=${late}`), 401);
    assert.equal(await refusal('?ticket=guessed'), 401);
    assert.equal(await refusal('', { authorization: `Bearer ${app.sessionOf('ada').refreshToken}` }), 401);
    assert.equal(await refusal(`?ticket=${await ticketOf()}`, { origin: 'https://evil.example' }), 403);
    await close(socket);
  });

  it('tells its user’s tasks and nobody else’s, and answers a stranger’s task like a missing one', async () => {
    const socket = await open('', { authorization: `Bearer ${app.sessionOf('bob').token}` });
    const heard: string[] = [];
    socket.on('message', (message) => heard.push(message.toString()));
    const order = { type: 'image', params: { prompt: 'a cat' } };
    const start = async (name: string): Promise<string> =>
      (await app.as(name).post('/api/v1/tasks').send(order).expect(202)).body.data.id;
    const [foreign, own] = [await start('ada'), await start('bob')];
    for (const taskId of [foreign, '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03'])
      socket.send(JSON.stringify({ type: 'subscribe', taskId, after: 0 }));
    await eventually('two errors', () => heard.length === 2);
    assert.equal(heard[0], heard[1]);
    await app.as('ada').post(`/api/v1/tasks/${foreign}/cancel`).expect(200);
    await app.as('bob').post(`/api/v1/tasks/${own}/cancel`).expect(200);
    await eventually('the own task ended', () => heard.length === 3);
    assert.match(heard[2] ?? '', new RegExp(`"taskId":"${own}","data":\\{"status":"cancelled"`));
    await close(socket);
  });

  it('ends with the key that opened it, also by way of a ticket', async () => {
    const { body } = await app.as('ada').post('/api/v1/users/me/api-keys').send({ name: 'socket' }).expect(201);
    const { id, key } = body.data;
    const authorization = `Bearer ${key}`;
    const sockets = [
      await open('', { authorization }),
      await open(
        `?ticket=${(await app.anyone().post('/api/v1/auth/stream-tickets').set({ authorization }).expect(201)).body.data.ticket}`,
      ),
    ];
    const stays = await open(`?ticket=${await ticketOf()}`);
    const ended = Promise.all(sockets.map((socket) => once(socket, 'close')));
    await app.as('ada').delete(`/api/v1/users/me/api-keys/${id}`).expect(200);
    await ended;
    assert.equal(stays.readyState, stays.OPEN);
    await close(stays);
    assert.equal(await refusal('', { authorization }), 401);
  });
});
