import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { WebSocket } from 'ws';
import { loadConfig, secretsOf } from '../src/config.ts';
import { createLog, terminal } from '../src/log.ts';
import { type ProgramProcess, spawnProgram } from './program/programProcess.ts';
import { useDatabase } from './support/database.ts';
import { makeDataDir } from './support/dataDir.ts';
import { eventually } from './support/eventually.ts';

const encoded = (text: string, as: string): string =>
  Buffer.from(text)
    .toString(as as BufferEncoding)
    .replace(/=+$/, '');

type Line = Record<string, unknown>;
const readLines = (text: string): Line[] =>
  text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []));

const keys = { glm: 'glm-key-5f1e0a', gemini: 'gemini-key-77aa01', tuzi: 'tuzi-key-c0ffee' };
const password = 'correct horse battery staple';
const wrongPassword = 'a password of somewhere else';
const jwtSecret = 'the secret that signs all tokens, and more';

/** Vendors that refuse, and say the key back in every form; the receiver of webhooks that is never pleased. */
const stranger = createServer((req, res) => {
  const { authorization = '' } = req.headers;
  res.writeHead(req.url?.includes('/hook') ? 500 : 400, { 'content-type': 'application/json' });
  res.end(
    JSON.stringify({ error: { message: `Incorrect API key provided: ${authorization.slice(7)}, ${authorization}` } }),
  );
});

describe('the log of a running service', () => {
  const database = useDatabase();
  const secrets: Record<string, string> = { password, wrongPassword, jwtSecret, ...keys };
  let dataDir: string;
  let program: ProgramProcess;
  let url: string;
  let token = '';
  let asked = 0;

  /** The data of an answer; every call is counted. */
  const call = async (method: string, path: string, body?: object | FormData | URLSearchParams, bearer = token) => {
    asked += 1;
    const plain = body instanceof FormData || body instanceof URLSearchParams;
    const answer = await fetch(path.startsWith('http') ? path : `${url}${path}`, {
      method,
      headers: {
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...(body && !plain && { 'content-type': 'application/json' }),
      },
      ...(body && { body: plain ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const data = answer.headers.get('content-type')?.includes('json') ? JSON.parse(text).data : undefined;
    return { status: answer.status, data };
  };
  const logIn = (secret: string) =>
    call('POST', '/auth/login', new URLSearchParams({ username: 'ada@example.com', password: secret }));

  before('does everything that has a secret', async () => {
    dataDir = await makeDataDir('log');
    await once(stranger.listen(0, '127.0.0.1'), 'listening');
    const away = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
    program = spawnProgram({
      ...{ DATABASE_URL: database.url, DATA_DIR: dataDir, JWT_SECRET: jwtSecret, LOG_LEVEL: 'trace' },
      ...{ GLM_API_KEY: keys.glm, GLM_BASE_URL: away, GEMINI_API_KEY: keys.gemini, GEMINI_BASE_URL: away },
      ...{ TUZI_API_KEY: keys.tuzi, TUZI_BASE_URL: away, WEBHOOKS_ALLOW_PRIVATE: 'on' },
    });
    url = await program.url();
    const registered = await call('POST', '/auth/register', { username: 'ada', email: 'ada@example.com', password });
    assert.equal((await logIn(wrongPassword)).status, 401);
    const session = await logIn(password);
    token = session.data.token;
    Object.assign(secrets, { first: registered.data.token, token, refresh: session.data.refreshToken });
    const renewed = await call('POST', '/auth/refresh', { refreshToken: session.data.refreshToken });
    const { data: key } = await call('POST', '/users/me/api-keys', { name: 'films' });
    Object.assign(secrets, { renewed: renewed.data.refreshToken, apiKey: key.key });
    assert.equal((await call('GET', '/auth/me', undefined, key.key)).status, 200);
    const hook = await call('POST', '/webhooks', {
      url: `${away}/hook?token=of-the-receiver`,
      events: ['task.failed'],
    });
    Object.assign(secrets, { webhook: hook.data.secret, hookToken: 'of-the-receiver' });
    await streamWithTickets();
    await showPicture();
    await failAtTheVendors();
  });

  async function streamWithTickets(): Promise<void> {
    const [one, two] = [await call('POST', '/auth/stream-tickets'), await call('POST', '/auth/stream-tickets')];
    Object.assign(secrets, { ticket: one.data.ticket, socketTicket: two.data.ticket });
    asked += 1;
    const left = new AbortController();
    const stream = await fetch(`${url}/events?ticket=${one.data.ticket}`, { signal: left.signal });
    assert.equal(stream.status, 200);
    left.abort();
    const socket = new WebSocket(`${url.replace('http', 'ws').replace('/api/v1', '')}/ws?ticket=${two.data.ticket}`);
    await once(socket, 'open');
    socket.close();
    await once(socket, 'close');
  }

  async function showPicture(): Promise<void> {
    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'sea.png');
    const kept = await call('POST', '/media', form);
    secrets.signature = new URL(kept.data.url).searchParams.get('signature') ?? assert.fail(kept.data.url);
    assert.equal((await call('GET', kept.data.url, undefined, '')).status, 200);
  }

  async function failAtTheVendors(): Promise<void> {
    const made = await call('POST', '/tasks', { type: 'screenplay', params: { prompt: 'a wish that is private' } });
    secrets.prompt = 'a wish that is private';
    const ended = async () => (await call('GET', `/tasks/${made.data.id}`)).data.status === 'failed';
    await eventually('the vendor refuses', ended);
    const { data: task } = await call('GET', `/tasks/${made.data.id}`);
    assert.ok(!JSON.stringify(task).includes(keys.glm), 'users are not shown it either');
    const tried = async () => (await call('GET', '/webhooks')).data.items[0].failingSince !== null;
    await eventually('the webhook was tried', tried);
  }

  after(async () => {
    program.child.kill('SIGTERM');
    await program.end();
    stranger.closeAllConnections();
    await new Promise((closed) => stranger.close(closed));
    await rm(dataDir, { recursive: true, force: true });
  });

  it('has none of the secrets in it', () => {
    for (const [name, secret] of Object.entries(secrets)) {
      assert.ok(secret && secret.length > 5, `${name} is a secret`);
      assert.ok(!program.printed().includes(secret), name);
      assert.ok(!program.printed().includes(encodeURIComponent(secret)), name);
    }
  });

  it('and no table either', async () => {
    // The address of a webhook and what was wished for are kept on purpose.
    const { hookToken: _, prompt: __, ...planted } = secrets;
    const { rows: tables } = await database.db.raw<{ rows: { name: string }[] }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^(pg_|information_schema)'`,
    );
    assert.ok(tables.length > 30);
    for (const { name: table } of tables) {
      const { rows } = await database.db.raw<{ rows: { row: string }[] }>(`select t::text as row from ${table} t`);
      const text = rows.map(({ row }) => row).join('\n');
      for (const [name, secret] of Object.entries(planted))
        for (const form of [secret, ...['hex', 'base64', 'base64url'].map((as) => encoded(secret, as))])
          assert.ok(!text.includes(form), `${name} is in ${table}`);
    }
  });

  it('has one line for every request: what was asked, by whom, and how it ended, without the query', async () => {
    const requests = () => readLines(program.printed()).filter(({ msg, operation }) => msg === 'request' && operation);
    await eventually('all are written', () => requests().length === asked);
    for (const line of requests()) {
      for (const name of ['requestId', 'method', 'operation', 'path']) assert.equal(typeof line[name], 'string', name);
      for (const name of ['status', 'ms']) assert.equal(typeof line[name], 'number', name);
      assert.ok(!String(line.path).includes('?'));
    }
    const { id } = await database.db('users').where({ username: 'ada' }).first<{ id: string }>('id');
    const of = (operation: string) => requests().find((line) => line.operation === operation);
    assert.equal(of('getCurrentUser')?.userId, id);
    assert.equal(of('registerUser')?.userId, undefined, 'it was nobody yet');
    assert.equal(of('streamEvents')?.whole, false, 'the reader left');
  });

  it('leads from the request to the step that it ordered', () => {
    const lines = readLines(program.printed());
    const ordered = lines.find(({ operation }) => operation === 'createTask');
    const failed = lines.find(({ msg }) => msg === 'step failed');
    assert.ok(failed?.requestId);
    assert.equal(failed?.requestId, ordered?.requestId);
    assert.ok(failed?.taskId && failed?.stepId);
  });

  it('loses no line when it is asked to stop', async () => {
    const lastOnes = Array.from({ length: 150 }, () => call('GET', '/auth/me', undefined, 'nobody'));
    await Promise.all(lastOnes);
    program.child.kill('SIGTERM');
    assert.equal(await program.end(), 0);
    const requests = readLines(program.printed()).filter(({ msg, operation }) => msg === 'request' && operation);
    assert.equal(requests.length, asked);
  });
});

describe('createLog', () => {
  const database = useDatabase();
  const write = (use: (log: ReturnType<typeof createLog>) => void, secrets: string[] = []): string => {
    const lines: string[] = [];
    use(createLog('info', { destination: { write: (line) => void lines.push(line) }, secrets }));
    return lines.join('');
  };

  it('takes out what is known to be secret wherever it stands, and what looks like it', () => {
    const inside = Object.assign(new Error('for postgres://ada:hunter22@db/films'), {
      config: { key: 'k-of-a-library' },
    });
    const outer = new Error('Bearer abc.def-123 was refused with "quo\\ted"', { cause: inside });
    const line = write(
      (log) => log.error({ err: outer, address: '/x?ticket=tick-et&a=1' }, 'dai_0123456789abcdef'),
      ['quo\\ted'],
    );
    for (const secret of ['hunter22', 'abc.def', 'quo', 'tick-et', '0123456789', 'k-of-a-library'])
      assert.ok(!line.includes(secret), secret);
    const { err } = JSON.parse(line);
    assert.equal(err.type, 'Error');
    assert.match(err.cause.message, /postgres:\/\/ada:\[redacted\]@db\/films/);
    assert.match(line, /&a=1/);
  });

  it('hides what stands under the name of a secret', () => {
    const given = { answer: { token: 'short', apiKey: 'of-glm', kept: 'kept' } };
    const line = write((log) => log.info(given, 'said'));
    assert.deepEqual(JSON.parse(line).answer, { token: '[redacted]', apiKey: '[redacted]', kept: 'kept' });
    assert.equal(given.answer.token, 'short', 'the answer itself is left alone');
  });

  it('is told every secret of the settings', () => {
    const given = {
      ...{ JWT_SECRET: jwtSecret, DATABASE_URL: 'postgres://ada:pass%20word@db/films', GLM_API_KEY: keys.glm },
      ...{ STORAGE: 's3', S3_BUCKET: 'films', S3_ACCESS_KEY_ID: 'id-of-it', S3_SECRET_ACCESS_KEY: 'secret-of-it' },
      ...{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_HEADERS: 'authorization=of-traces' },
    };
    const told = secretsOf(loadConfig(given));
    assert.deepEqual(told.toSorted(), [jwtSecret, 'pass word', keys.glm, 'secret-of-it', 'of-traces'].toSorted());
  });

  it('keeps what a user wrote out of the errors of the database', async () => {
    const row = { username: 'ada', email: 'ada@example.com', password_hash: 'a-hash-of-hers', no_column: 1 };
    const error = await database
      .db('users')
      .insert(row)
      .then(
        () => undefined,
        (cause: Error) => cause,
      );
    const line = write((log) => log.error({ err: error }, 'internal'));
    assert.match(line, /insert into/);
    assert.ok(!/ada@example|a-hash-of-hers/.test(line), line);
  });

  it('lets no text begin a line of its own, move the cursor or hide what follows', async () => {
    const nasty = 'sea\r\n{"level":60,"msg":"forged"}\u001b[2K\u001b]0;owned\u0007\u009b1A\u2028\u2029\u0085\u007f';
    const line = write((log) => log.error({ title: nasty, err: new Error(nasty) }, nasty));
    assert.equal(line.trimEnd().split(/[\r\n\u2028\u2029\u0085]/).length, 1);
    assert.doesNotMatch(line.trimEnd(), /[\p{Cc}\u2028\u2029]/u);
    const read = JSON.parse(line);
    assert.deepEqual([read.title, read.msg, read.err.message], [nasty, nasty, nasty], 'and nothing of it is lost');

    const screen = new PassThrough();
    let shown = '';
    screen.on('data', (chunk) => {
      shown += chunk;
    });
    const destination = await terminal(screen);
    createLog('info', { destination }).warn({ title: nasty }, nasty);
    await eventually('it is shown', () => shown.includes('sea'));
    assert.equal(shown.trimEnd().split('\n').length, 1, shown);
    // What is left are the colours of the terminal's own.
    const parts = shown.trimEnd().split('\u001b[');
    const plain = parts.map((part, index) => (index > 0 && /^\d+m/.test(part) ? part : `\u001b[${part}`)).slice(1);
    assert.doesNotMatch(`${parts[0]}${plain.join('')}`, /[\p{Cc}\u2028\u2029]/u);
  });

  it('is for people at a terminal', async () => {
    const screen = new PassThrough();
    const shown: string[] = [];
    screen.on('data', (chunk) => shown.push(String(chunk)));
    const destination = await terminal(screen);
    createLog('info', { destination }).info({ operation: 'createTask', requestId: 'r-1' }, 'request');
    await eventually('it is shown', () => shown.length > 0);
    assert.match(shown.join(''), /INFO.*request.*"operation":"createTask"/);
    assert.ok(!shown.join('').includes('r-1'), 'ids are for machines');
  });
});

describe('buffered', () => {
  it('writes many warnings at once without a word of its own', async () => {
    const module = JSON.stringify(new URL('../src/log.ts', import.meta.url).href);
    const script = `import { buffered, createLog } from ${module};
      const log = createLog('info', { destination: buffered() });
      for (let n = 0; n < 30; n += 1) log.warn({ n }, 'what is wrong');`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    assert.equal(stdout.trim().split('\n').length, 30);
    assert.equal(stderr, '');
  });
});
