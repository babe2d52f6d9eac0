import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../support/eventually.ts';
import { useApp } from './testApp.ts';

const gibibyte = 1024 ** 3;
const mebibyte = 1024 ** 2;

describe('upload abuse', () => {
  const app = useApp({ users: ['ada'] });
  const temporary = () => readdir(join(app.dir, 'tmp'));
  const part =
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n';

  /** Sends a head and then bytes for as long as the server takes them; answers how many it took and what it said. */
  const flood = (head: string[], most: number): Promise<{ taken: number; answer: string }> =>
    new Promise((resolve) => {
      const socket: Socket = connect(app.port, '127.0.0.1');
      const chunk = Buffer.alloc(64 * 1024, 97);
      let answer = '';
      let sent = 0;
      const push = () => {
        while (sent < most && socket.writable) {
          sent += chunk.length;
          if (!socket.write(frame(head, chunk))) return;
        }
      };
      socket.on('data', (data) => {
        answer += data;
        if (answer.includes('\r\n\r\n')) socket.destroy();
      });
      socket.on('drain', push).on('error', () => socket.destroy());
      socket.on('close', () => resolve({ taken: sent - socket.writableLength, answer }));
      socket.write(`${['POST /api/v1/media HTTP/1.1', 'Host: x', ...head].join('\r\n')}\r\n\r\n`);
      if (head.some((line) => line.startsWith('Authorization'))) socket.write(frame(head, Buffer.from(part)));
      push();
    });
  const frame = (head: string[], bytes: Buffer): Buffer =>
    head.includes('Transfer-Encoding: chunked')
      ? Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
      : bytes;
  const type = 'Content-Type: multipart/form-data; boundary=x';
  const bearer = () => `Authorization: Bearer ${app.sessionOf('ada').token}`;
  /** What the kernel's buffers on both ends take in without anybody having read it. */
  const buffers = 8 * mebibyte;

  it('refuses strangers before it reads the body', async () => {
    const head = 1000;
    for (const length of [`Content-Length: ${gibibyte}`, 'Transfer-Encoding: chunked']) {
      const before = app.bytesRead();
      const { taken, answer } = await flood([type, length], gibibyte);
      assert.match(answer, /^HTTP\/1.1 401 /);
      assert.match(answer, /connection: close/i);
      assert.ok(taken < buffers, `${taken} bytes were taken`);
      assert.ok(app.bytesRead() - before <= 64 * 1024 + head);
    }
  });

  it('refuses what says that it is too large before it reads it, and the rest as soon as it is', async () => {
    const told = await flood([type, bearer(), `Content-Length: ${100 * mebibyte}`], 100 * mebibyte);
    assert.match(told.answer, /^HTTP\/1.1 413 /);
    assert.match(told.answer, /"code":1003/);
    assert.ok(told.taken < buffers);
    const untold = await flood([type, bearer(), 'Transfer-Encoding: chunked'], 100 * mebibyte);
    assert.match(untold.answer, /^HTTP\/1.1 413 /);
    assert.ok(untold.taken < 20 * mebibyte + buffers);
    await eventually('the temporary files are gone', async () => (await temporary()).length === 0);
  });

  it('keeps nothing of uploads that break off', async () => {
    const breakOff = () =>
      new Promise((resolve) => {
        const socket = connect(app.port, '127.0.0.1', () => {
          const head = ['POST /api/v1/media HTTP/1.1', 'Host: x', type, bearer(), `Content-Length: ${mebibyte}`];
          socket.write(`${head.join('\r\n')}\r\n\r\n${part}some bytes`, () => setImmediate(() => socket.destroy()));
        });
        socket.on('close', resolve);
      });
    for (let round = 0; round < 5; round += 1) await Promise.all(Array.from({ length: 20 }, breakOff));
    await eventually('the temporary files are gone', async () => (await temporary()).length === 0);
    await app.as('ada').get('/api/v1/auth/me').expect(200);
  });

  it('survives malformed forms', async () => {
    const forms = [
      '--x\r\n\r\n\r\n--x--',
      '--x\r\nContent-Disposition: form-data; name=""\r\n\r\n1\r\n--x--',
      '--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--',
      `${part}no end`,
      '--x\r\nContent-Disposition: form-data; name="file[__proto__]"; filename="a"\r\n\r\n1\r\n--x--',
      `--x\r\n${'A: b\r\n'.repeat(100)}\r\n1\r\n--x--`,
      '',
    ];
    for (const form of forms) {
      const post = app.as('ada').post('/api/v1/media').set('Content-Type', 'multipart/form-data; boundary=x');
      const { status } = await post.send(form);
      assert.equal(status, 400, form);
    }
    assert.deepEqual(await temporary(), []);
  });
});
