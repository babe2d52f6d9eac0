import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import sharp from 'sharp';
import { WebSocket } from 'ws';
import type { DataOf } from '../../src/contract/operation.ts';
import { type Data, join as joinService, type Person } from '../program/client.ts';
import { type ProgramProcess, spawnProgram } from '../program/programProcess.ts';
import { type S3Server, startVersityGateway } from '../storage/versityGateway.ts';
import { useDatabase } from '../support/database.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { freePort, type Gateway, startGateway } from './gateway.ts';

interface Seen {
  id: number;
  data: string;
}

const clientsAtOnce = 50;

/** The events of a stream until its end, whatever ends it. */
async function follow(answer: Response, seen: Seen[]): Promise<void> {
  assert.ok(answer.body);
  const events = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  try {
    for await (const { id, data } of events) if (id) seen.push({ id: Number(id), data });
  } catch (error) {
    assert.ok(error instanceof Error, 'a cut stream is what the caller looks for');
  }
}

type UploadTicket = DataOf<'startUpload'>;
const binary = process.env.VERSITYGW ?? '';
if (!binary)
  throw new Error('Set VERSITYGW to the path of a versitygw binary: the nodes keep their files in a real store.');

describe('deploy/nginx.conf in front of two API nodes and two workers', function () {
  this.timeout(120_000);
  const database = useDatabase();
  const nodes: ProgramProcess[] = [];
  const apis: { program: ProgramProcess; url: string; metrics: string }[] = [];
  let dataDir: string;
  let gateway: Gateway;
  let store: S3Server;
  let api: string;
  let ada: Person;
  let filmed: string;

  before('starts them', async () => {
    dataDir = await makeDataDir('deploy');
    store = await startVersityGateway(binary, dataDir, 'films');
    const { accessKeyId, secretAccessKey } = store.credentials;
    const ports = await Promise.all([freePort(), freePort(), freePort(), freePort(), freePort()]);
    const [one = 0, two = 0, oneFigures = 0, twoFigures = 0, front = 0] = ports;
    const settings = {
      ...{ DATABASE_URL: database.url, DATA_DIR: dataDir, JWT_SECRET: 'gateway '.repeat(5), TRUST_PROXY: '1' },
      ...{ PUBLIC_URL: `http://127.0.0.1:${front}`, SANDBOX_LATENCY_SCALE: '0.2', VIDEO_POLL_MS: '100' },
      ...{ MAX_STREAMS_PER_USER: String(clientsAtOnce), RATE_LIMIT_PER_MINUTE: '1000' },
      ...{ STORAGE: 's3', S3_BUCKET: 'films', S3_ENDPOINT: store.endpoint, S3_PUBLIC_ENDPOINT: store.endpoint },
      ...{ S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey },
    };
    for (const [port, figures] of [
      [one, oneFigures],
      [two, twoFigures],
    ]) {
      const program = spawnProgram({ ...settings, PORT: String(port), METRICS_PORT: String(figures) }, ['api']);
      nodes.push(program);
      apis.push({ program, url: `http://127.0.0.1:${port}`, metrics: `http://127.0.0.1:${figures}/metrics` });
    }
    for (let count = 0; count < 2; count += 1) nodes.push(spawnProgram(settings, ['worker']));
    await eventually('all are ready', () => nodes.every((node) => /ready/.test(node.printed())), 90_000);
    gateway = await startGateway(dataDir, front, [`127.0.0.1:${one}`, `127.0.0.1:${two}`]);
    api = `${gateway.url}/api/v1`;
    ada = await joinService(api, 'ada');
  });
  after('ends them', async () => {
    await gateway?.stop();
    for (const { child } of nodes) child.kill('SIGTERM');
    await Promise.all(nodes.map((node) => node.end()));
    await store?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const stream = (path: string, lastId?: number) =>
    fetch(`${api}${path}`, {
      headers: {
        authorization: `Bearer ${ada.token}`,
        accept: 'text/event-stream',
        ...(lastId !== undefined && { 'last-event-id': String(lastId) }),
      },
    });
  const order = (sceneCount: number) => ({
    type: 'film',
    params: { prompt: 'a fox in the snow', sceneCount, characterCount: 1, sceneSeconds: 5 },
  });

  it('passes the events of workers on as they happen, by stream and by socket', async () => {
    const { data } = await ada.call('POST', '/auth/stream-tickets');
    const socket = new WebSocket(`${gateway.url.replace('http', 'ws')}/ws?ticket=${data.ticket}`);
    const heard: string[] = [];
    socket.on('message', (message) => heard.push(message.toString()));
    await once(socket, 'open');
    const made = await ada.call('POST', '/tasks', order(1));
    assert.equal(made.status, 202);
    const seen: Seen[] = [];
    const done = follow(await stream(`/tasks/${made.data.id}/events`), seen);
    await eventually(
      'the stream is unbuffered',
      () => seen.length > 0 && !/"completed"/.test(seen.at(-1)?.data ?? ''),
      20_000,
    );
    await done;
    assert.match(seen.at(-1)?.data ?? '', /"completed"/);
    await eventually('the socket heard the end', () => heard.some((message) => message.includes('"completed"')));
    socket.close();
    await once(socket, 'close');
    filmed = made.data.id;
  });

  it('sends whoever fetches the film to the bucket, by a signed address', async () => {
    const { data: task } = await ada.call('GET', `/tasks/${filmed}`);
    const { url } = task.result as { url: string };
    assert.ok(url.startsWith(gateway.url));
    const sent = await fetch(url, { redirect: 'manual' });
    assert.equal(sent.status, 307);
    const there = sent.headers.get('location') ?? '';
    assert.ok(there.startsWith(`${store.endpoint}/films/`) && there.includes('X-Amz-Signature='));
    const begun = await fetch(url, { headers: { range: 'bytes=0-11' } });
    assert.equal(begun.status, 206);
    assert.equal(Buffer.from(await begun.arrayBuffer()).toString('latin1', 4, 8), 'ftyp');
    const unsigned = await fetch(there.split('?')[0] ?? '');
    assert.equal(unsigned.status, 403);
    const keys = await readdir(join(dataDir, 'objects', 'films'), { recursive: true });
    assert.ok(
      keys.some((key) => key.endsWith('.mp4')),
      'nothing of it is on the nodes',
    );
    await assert.rejects(readdir(join(dataDir, 'media')));
  });

  it('takes an upload of the allowed size and refuses a larger one in the form of the API', async () => {
    const picture = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const send = (bytes: Uint8Array<ArrayBuffer>) => {
      const form = new FormData();
      form.set('file', new Blob([bytes], { type: 'image/png' }), 'sea.png');
      return fetch(`${api}/media`, { method: 'POST', body: form, headers: { authorization: `Bearer ${ada.token}` } });
    };
    const taken = await send(new Uint8Array(picture));
    assert.equal(taken.status, 201, await taken.text());
    const refused = await send(new Uint8Array(22 * 1024 * 1024));
    assert.equal(refused.status, 413);
    assert.match(refused.headers.get('content-type') ?? '', /application\/problem\+json/);
    assert.equal(((await refused.json()) as { code: number }).code, 1003);
  });

  it('has a picture sent straight to the bucket, and takes it over from there', async () => {
    const picture = await sharp({ create: { width: 80, height: 60, channels: 3, background: 'navy' } })
      .jpeg()
      .toBuffer();
    const about = { name: 'sea.jpg', mimeType: 'image/jpeg', byteSize: picture.length };
    const { data } = await ada.call('POST', '/media/uploads', about);
    const { uploadId, url, method, headers } = data as Data & UploadTicket;
    assert.ok(url.startsWith(`${store.endpoint}/films/uploads/`));
    const put = (body: Uint8Array<ArrayBuffer>) => fetch(url, { method, headers, body });
    assert.equal((await put(new Uint8Array(picture.length + 1))).status, 403, 'a length that was not signed');
    assert.equal((await put(new Uint8Array(picture))).status, 200);
    const made = await ada.call('POST', `/media/uploads/${uploadId}/complete`);
    assert.deepEqual([made.status, made.data.width, made.data.height], [201, 80, 60]);
    const keys = await readdir(join(dataDir, 'objects', 'films'), { recursive: true });
    assert.ok(!keys.some((key) => key.startsWith('uploads/') && key.endsWith('.jpg')), 'what was sent is gone');
  });

  it('lets nobody choose an address of their own, and believes the gateway alone', async () => {
    const ask = async (origin: string, claimed: string) => {
      const answer = await fetch(`${origin}/api/v1/tasks`, { headers: { 'x-forwarded-for': claimed } });
      assert.equal(answer.status, 401);
    };
    await ask(gateway.url, '198.51.100.1');
    await ask(apis[0]?.url ?? '', '203.0.113.7');
    const counted = (await database.db('rate_limits').pluck<string[]>('key')).filter((key) => key.includes('from '));
    assert.deepEqual(counted.toSorted(), ['requests:from 127.0.0.1', 'requests:from 203.0.113.7']);
  });

  it('passes on nothing of what a client claims of where it comes from, also where it asks for a socket', async () => {
    const arrived: IncomingMessage[] = [];
    const node = createServer((req, res) => {
      arrived.push(req);
      res.end();
    });
    node.on('upgrade', (req, connection) => {
      arrived.push(req);
      connection.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    });
    await once(node.listen(0, '127.0.0.1'), 'listening');
    const there = `127.0.0.1:${(node.address() as AddressInfo).port}`;
    const dir = await mkdtemp(join(dataDir, 'claims-'));
    const front = await startGateway(dir, await freePort(), [there, there]);
    const claimed = {
      ...{ 'x-forwarded-for': '198.51.100.1', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' },
      forwarded: 'for=198.51.100.1;host=evil.example',
    };
    for (const path of ['/', '/api/v1/tasks']) await fetch(`${front.url}${path}`, { headers: claimed });
    const socket = new WebSocket(`${front.url.replace('http', 'ws')}/ws`, { headers: claimed });
    await once(socket, 'error');
    await front.stop();
    node.close();
    const told = arrived.map(({ url, headers }) => [url, headers.host, headers['x-forwarded-for'], headers.upgrade]);
    assert.deepEqual(told, [
      ['/', '127.0.0.1', '127.0.0.1', undefined],
      ['/api/v1/tasks', '127.0.0.1', '127.0.0.1', undefined],
      ['/ws', '127.0.0.1', '127.0.0.1', 'websocket'],
    ]);
    for (const { headers } of arrived)
      for (const name of ['x-forwarded-host', 'x-forwarded-proto', 'forwarded']) assert.ok(!(name in headers), name);
  });

  it('keeps the figures inside', async () => {
    assert.equal((await fetch(`${gateway.url}/metrics`)).status, 404);
    for (const { metrics } of apis) assert.match(await (await fetch(metrics)).text(), /directorai_streams_open/);
  });

  /** All events of a task as a client gets them that comes back however often it is cut. */
  async function followToTheEnd(path: string, seen: Seen[]): Promise<number> {
    for (let connections = 1; ; connections += 1) {
      const answer = await stream(path, seen.at(-1)?.id);
      if (answer.status === 200) await follow(answer, seen);
      else assert.ok(answer.status >= 500, `answered ${answer.status}`);
      if (/"completed"/.test(seen.at(-1)?.data ?? '')) return connections;
      await delay(20);
    }
  }

  it('goes on over the other node when one is killed: fifty streams resume and miss nothing', async () => {
    const made = await ada.call('POST', '/tasks', order(3));
    const path = `/tasks/${made.data.id}/events`;
    const clients = Array.from({ length: clientsAtOnce }, (): Seen[] => []);
    const following = Promise.all(clients.map((seen) => followToTheEnd(path, seen)));
    const heldBy = async ({ metrics }: { metrics: string }) =>
      Number(/streams_open\{transport="sse"\} (\d+)/.exec(await (await fetch(metrics)).text())?.[1]);
    await eventually('both nodes hold streams', async () => {
      const held = await Promise.all(apis.map(heldBy));
      return held[0] && held[1] && held[0] + held[1] === clientsAtOnce;
    });
    await eventually('every one is told something', () => clients.every((seen) => seen.length > 0), 20_000);
    apis[0]?.program.child.kill('SIGKILL');
    const connections = await following;
    assert.ok(Math.max(...connections) > 1, 'some were cut in mid-film');
    const written = await database.db('events').where({ task_id: made.data.id }).orderBy('seq').pluck('seq');
    for (const seen of clients) {
      assert.deepEqual(
        seen.map(({ id }) => id),
        written,
      );
    }
  });
});
