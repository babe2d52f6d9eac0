import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

type Method = 'PUT' | 'GET' | 'HEAD';

/** What may become of one request: a refusal, an answer that never comes or is lost, a body that is cut, shortened or damaged. */
export type BucketStrike =
  | { status: number; code: string }
  | { does: 'reset' | 'lost' | 'hang' }
  | { does: 'short' | 'damaged' };

/** An S3 bucket that outlives all processes of the program: its objects are files, each under its key, so that the checker reads them as they are. */
export interface Bucket {
  /** The folder that holds the objects. */
  root: string;
  /** For the program. */
  settings: Record<string, string>;
  /** The next request of this kind meets this; false where one still waits for its request. */
  lay(method: Method, strike: BucketStrike): boolean;
  /** For so long connections are refused, or requests are not answered. */
  leave(how: 'refusing' | 'silent', forMs: number): Promise<void>;
  /** How many of all these were met so far. */
  met(): number;
  /** Takes away what still waits, and ends what hangs. */
  calm(): void;
  close(): Promise<void>;
}

interface State {
  root: string;
  digests: Map<string, string>;
  laid: Map<string, BucketStrike>;
  away: 'refusing' | 'silent' | undefined;
  metWhileAway: boolean;
  met: number;
}

const bucketName = 'films';

export async function openBucket(root: string): Promise<Bucket> {
  const state: State = { root, digests: new Map(), laid: new Map(), away: undefined, metWhileAway: false, met: 0 };
  const server = createServer((req, res) => void answer(state, req, res).catch(() => res.destroy()));
  server.on('connection', (socket) => {
    if (state.away !== 'refusing') return;
    meetAway(state);
    socket.on('error', () => undefined).destroy();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return {
    root,
    settings: {
      ...{ STORAGE: 's3', S3_BUCKET: bucketName, S3_ENDPOINT: endpoint },
      ...{ S3_ACCESS_KEY_ID: 'campaign', S3_SECRET_ACCESS_KEY: 'a-key-of-the-campaign' },
    },
    lay(method, strike) {
      if (state.laid.has(method)) return false;
      state.laid.set(method, strike);
      return true;
    },
    async leave(how, forMs) {
      Object.assign(state, { away: how, metWhileAway: false });
      if (how === 'refusing') server.closeAllConnections();
      await delay(forMs);
      state.away = undefined;
    },
    met: () => state.met,
    calm() {
      state.laid.clear();
      server.closeAllConnections();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

function meetAway(state: State): void {
  if (!state.metWhileAway) state.met += 1;
  state.metWhileAway = true;
}

interface Reply {
  status: number;
  headers?: Record<string, string | number>;
  body?: Buffer | string;
}

async function answer(state: State, req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (state.away === 'silent') return meetAway(state);
  const method = req.method ?? '';
  const strike = state.laid.get(method);
  state.laid.delete(method);
  if (strike) state.met += 1;
  const how = strike && 'does' in strike ? strike.does : undefined;
  if (how === 'hang') return;
  if (how === 'reset' && method === 'PUT') await once(req, 'data');
  if (how === 'reset' && method !== 'GET') return void res.destroy();
  const body = await buffer(req);
  const reply = strike && 'status' in strike ? refusal(strike.status, strike.code) : replyTo(state, req, body);
  if (how === 'lost') return void res.destroy();
  const whole = Buffer.from(reply.body ?? '');
  if (how === 'damaged' && whole.length > 0) whole[0] = (whole[0] ?? 0) ^ 1;
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const said = how === 'short' ? half : whole;
  res.writeHead(reply.status, { 'content-length': said.length, ...reply.headers });
  if (how === 'reset') res.write(half, () => res.destroy());
  else res.end(method === 'HEAD' ? undefined : said);
}

const refusal = (status: number, code: string): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<Error><Code>${code}</Code></Error>`,
});

function replyTo({ root, digests }: State, req: IncomingMessage, body: Buffer): Reply {
  const key = decodeURIComponent(new URL(req.url ?? '', 'http://bucket').pathname.replace(`/${bucketName}/`, ''));
  const file = join(root, key);
  if (req.method === 'PUT') {
    const md5 = createHash('md5').update(body).digest('base64');
    if (req.headers['content-md5'] !== md5) return refusal(400, 'BadDigest');
    if (digests.has(key) && req.headers['if-none-match'] === '*') return refusal(412, 'PreconditionFailed');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, body);
    digests.set(key, String(req.headers['x-amz-meta-sha256'] ?? ''));
    return { status: 200 };
  }
  if (req.method === 'DELETE') {
    digests.delete(key);
    rmSync(file, { force: true });
    return { status: 204 };
  }
  if (!existsSync(file)) return refusal(404, 'NoSuchKey');
  const whole = readFileSync(file);
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(req.headers.range ?? '') ?? [];
  if (first !== undefined && Number(first) >= whole.length) return refusal(416, 'InvalidRange');
  const part = first === undefined ? whole : whole.subarray(Number(first), Number(last) + 1);
  return {
    status: first === undefined ? 200 : 206,
    headers: { 'x-amz-meta-sha256': digests.get(key) ?? '' },
    body: part,
  };
}
