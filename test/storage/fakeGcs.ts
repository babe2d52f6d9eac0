import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createProbe } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface Fake {
  endpoint: string;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createProbe();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return address && typeof address === 'object' ? address.port : 0;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline && child.exitCode === null; await delay(20)) {
    if (
      await fetch(url)
        .then((reply) => reply.ok)
        .catch(() => false)
    )
      return;
  }
  throw new Error('fake-gcs-server did not start');
}

/** Starts the real fake-gcs-server, on a free loopback port and in memory, with one bucket. */
export async function startFakeGcs(binary: string, bucket: string, publicPort?: number): Promise<Fake> {
  const port = await freePort();
  const shown = `127.0.0.1:${publicPort ?? port}`;
  const names = ['-public-host', shown, '-external-url', `http://${shown}`];
  const args = ['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port), '-backend', 'memory', ...names];
  const child = spawn(binary, args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const endpoint = `http://127.0.0.1:${port}`;
  await answers(`${endpoint}/storage/v1/b?project=test`, child);
  const made = await fetch(`${endpoint}/storage/v1/b?project=test`, {
    method: 'POST',
    body: JSON.stringify({ name: bucket }),
  });
  if (!made.ok) throw new Error(`fake-gcs-server made no bucket: ${made.status}`);
  const close = async () => {
    child.kill();
    await ended;
  };
  return { endpoint, close };
}

export type Fault = 'pass' | 'cut the request' | 'keep a part' | 'answer 503' | 'lose the answer' | 'damage the answer';

export interface FaultyProxy extends Fake {
  port: number;
  /** The origin behind it. */
  target: string;
  fault: (asked: IncomingMessage) => Fault;
}

const partBytes = 65_536;

function passPart(target: string, asked: IncomingMessage, done: () => void): void {
  let bytes = Buffer.alloc(0);
  asked.on('data', (more: Buffer) => {
    if (bytes.length >= partBytes) return;
    bytes = Buffer.concat([bytes, more]);
    if (bytes.length < partBytes) return;
    const headers = { 'content-range': `bytes 0-${partBytes - 1}/*` };
    const onward = request(target + (asked.url ?? ''), { method: 'PUT', headers }, (answer) =>
      answer.resume().once('end', done),
    );
    onward.end(bytes.subarray(0, partBytes));
  });
}

function pass(target: string, asked: IncomingMessage, reply: ServerResponse, kind: Fault): void {
  const onward = request(target + (asked.url ?? ''), { method: asked.method, headers: asked.headers }, (answer) => {
    if (kind === 'lose the answer') {
      answer.resume().once('end', () => reply.destroy());
      return;
    }
    reply.writeHead(answer.statusCode ?? 500, answer.headers);
    if (kind === 'pass') answer.pipe(reply);
    else answer.on('data', (bytes: Buffer) => reply.write(bytes.fill(0))).once('end', () => reply.end());
  });
  onward.once('error', () => reply.destroy());
  asked.pipe(onward);
}

/**
 * A real HTTP proxy in front of the fake that can keep a request from it, or lose or damage its answer. It answers the question how much
 * of an interrupted upload has arrived as Google does (308); the fake takes that question for the upload's end.
 */
export async function startFaultyProxy(): Promise<FaultyProxy> {
  let arrived: number | undefined;
  const server = createServer((asked: IncomingMessage, reply: ServerResponse) => {
    if (asked.method === 'POST') arrived = undefined;
    if (asked.headers['content-range'] === 'bytes */*' && arrived !== undefined) {
      reply.writeHead(308, arrived > 0 ? { range: `bytes=0-${arrived - 1}` } : {}).end();
      return;
    }
    const kind = proxy.fault(asked);
    if (kind === 'cut the request' || kind === 'answer 503') arrived = 0;
    if (kind === 'cut the request') asked.once('data', () => asked.destroy());
    else if (kind === 'answer 503') asked.resume().once('end', () => reply.writeHead(503).end());
    else if (kind === 'keep a part')
      passPart(proxy.target, asked, () => {
        arrived = partBytes;
        asked.destroy();
      });
    else pass(proxy.target, asked, reply, kind);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const proxy: FaultyProxy = { endpoint: `http://127.0.0.1:${port}`, port, target: '', fault: () => 'pass', close };
  return proxy;
}
