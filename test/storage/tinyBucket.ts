import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { ObjectStore } from '../../src/storage/objectStore.ts';
import { openStore } from '../../src/storage/store.ts';

export interface TinyBucket {
  origin: string;
  /** What it holds, by key. */
  objects: Map<string, Buffer>;
  /** The headers of every PUT, in order. */
  puts: { key: string; headers: IncomingMessage['headers']; status: number }[];
  store: ObjectStore;
  /** For a program that is to use it. */
  settings: Record<string, string>;
  close(): Promise<void>;
}

/**
 * As much of an S3 bucket as the service and its clients ask for, without looking at signatures: for tests of what is done with a bucket.
 * Whether the protocol is spoken rightly is tried with a real server (`test/storage/s3.slow.ts`, `test/deploy/gateway.slow.ts`).
 * With `isOpenToPages` any page may read from it.
 */
export async function openTinyBucket({ isOpenToPages = false } = {}): Promise<TinyBucket> {
  const bucket = { objects: new Map<string, Buffer>(), puts: [] as TinyBucket['puts'] };
  const server = createServer((req, res) => {
    if (isOpenToPages) res.setHeader('access-control-allow-origin', '*');
    void answer(bucket, req, res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const places = { bucket: 'films', region: 'eu-west-1', endpoint: origin, publicEndpoint: origin, pathStyle: true };
  const credentials = { accessKeyId: 'films', secretAccessKey: 'films-secret' };
  return {
    ...bucket,
    origin,
    store: await openStore({ kind: 's3', ...places, credentials }),
    settings: {
      ...{ STORAGE: 's3', S3_BUCKET: 'films', S3_REGION: 'eu-west-1', S3_ENDPOINT: origin, S3_PUBLIC_ENDPOINT: origin },
      ...{ S3_ACCESS_KEY_ID: 'films', S3_SECRET_ACCESS_KEY: 'films-secret' },
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function answer(
  { objects, puts }: Pick<TinyBucket, 'objects' | 'puts'>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const key = new URL(req.url ?? '', 'http://bucket').pathname.replace('/films/', '');
  const there = objects.get(key);
  if (req.method === 'PUT') {
    const bytes = await buffer(req);
    const status = there && req.headers['if-none-match'] === '*' ? 412 : 200;
    if (status === 200) objects.set(key, bytes);
    puts.push({ key, headers: req.headers, status });
    return void res.writeHead(status).end();
  }
  if (req.method === 'DELETE') objects.delete(key);
  if (req.method === 'DELETE') return void res.writeHead(204).end();
  if (!there) return void res.writeHead(404).end(req.method === 'GET' ? '<Error><Code>NoSuchKey</Code></Error>' : '');
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(req.headers.range ?? '') ?? [];
  const part = first === undefined ? there : there.subarray(Number(first), Number(last) + 1);
  const type = puts.findLast((put) => put.key === key)?.headers['content-type'] ?? 'application/octet-stream';
  res.writeHead(first === undefined ? 200 : 206, { 'content-length': part.length, 'content-type': type });
  res.end(req.method === 'GET' ? part : undefined);
}
