import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { findBinaries } from '../../src/media/binaries.ts';
import { databaseUrl } from '../../src/postgres/database.ts';
import { type Sandbox, startSandbox } from '../../src/providers/sandbox/server.ts';
import { type ProgramProcess, spawnProgram } from '../program/programProcess.ts';
import { makeDataDir } from '../support/dataDir.ts';
import { eventually } from '../support/eventually.ts';
import { fill, makeRoom, mountSmall, unmount } from './smallDisk.ts';

/** The whole program on one small disk, as a person has it who runs `npm start` and forgets about it. */
describe('a disk without room under the database', function () {
  this.timeout(180_000);
  let dataDir: string;
  let vendorDir: string;
  let vendor: Sandbox;
  let program: ProgramProcess | undefined;

  before(async () => {
    const { ffmpeg } = await findBinaries({});
    vendorDir = await mkdtemp(join(tmpdir(), 'directorai-vendor-'));
    const dir = vendorDir;
    vendor = await startSandbox({ dir, latencyScale: 0.2, idempotency: 'none', ffmpegPath: ffmpeg, prerendered: true });
  });
  beforeEach(async () => {
    dataDir = await makeDataDir('full-database');
  });
  afterEach(async () => {
    program?.child.kill('SIGTERM');
    await program?.end();
    program = undefined;
    await unmount(dataDir).catch(() => undefined);
    await rm(dataDir, { recursive: true, force: true });
  });
  after(async () => {
    await vendor.close();
    await rm(vendorDir, { recursive: true, force: true });
  });

  const start = (): ProgramProcess => {
    program = spawnProgram({
      DATA_DIR: dataDir,
      SANDBOX: 'off',
      GLM_BASE_URL: `${vendor.url}/api/paas/v4`,
      GEMINI_BASE_URL: vendor.url,
      TUZI_BASE_URL: vendor.url,
      ...Object.fromEntries(['GLM', 'GEMINI', 'TUZI'].map((name) => [`${name}_API_KEY`, 'a-key'])),
    });
    return program;
  };

  const connected = async <Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> => {
    const home = join(dataDir, 'postgres');
    const port = Number((await readFile(join(home, 'data', 'postmaster.pid'), 'utf8')).split('\n')[3]);
    const password = await readFile(join(home, 'password'), 'utf8');
    const client = new Client({ connectionString: databaseUrl(port, password), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  };

  /** Has the server want another file for its write-ahead log until it cannot have one. */
  const wantMoreLog = () =>
    eventually('the server has no room for its log', () =>
      connected((client) =>
        client.query("select pg_switch_wal(), pg_logical_emit_message(false, 'test', 'more')"),
      ).then(
        () => false,
        () => true,
      ),
    );

  it('is said with 503 and Retry-After; once there is some, the program goes on by itself, and no call is made twice', async function () {
    if (!(await mountSmall(dataDir, 400))) return this.skip();
    const { child, printed } = start();
    const url = await program?.url();
    const ask = async (path: string, token: string, body?: object) => {
      const answer = await fetch(`${url}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        ...(body && { body: JSON.stringify(body) }),
      });
      const { data } = (await answer.json()) as { data?: Record<string, string> };
      return { status: answer.status, retryAfter: answer.headers.get('retry-after'), data };
    };
    const account = { username: 'ada', email: 'ada@example.com', password: 'correct horse battery staple' };
    const { token = '' } = (await ask('/auth/register', '', account)).data ?? {};
    const params = { prompt: '一只想看海的小猫', sceneCount: 2, characterCount: 1, sceneSeconds: 5 };
    const order = () => ask('/tasks', token, { type: 'film', params });
    const { data } = await order();
    const drawn = "select 1 from steps where kind = 'drawCharacterSheet' and status = 'done'";
    await eventually('a picture is drawn', () => connected(async (client) => (await client.query(drawn)).rowCount));

    await fill(dataDir);
    await wantMoreLog();
    const refusal = await eventually('orders are refused', async () => {
      const answer = await order();
      return answer.status === 202 ? undefined : answer;
    });
    assert.deepEqual([refusal.status, Number(refusal.retryAfter) > 0], [503, true]);
    const says = 'the disk is full: free some space';
    await eventually('the log says what to do', () => printed().includes(says), 60_000);

    await makeRoom(dataDir);
    const since = performance.now();
    await eventually('orders are taken', async () => (await order()).status === 202, 30_000);
    assert.ok(performance.now() - since < 10_000, `${performance.now() - since} ms`);
    const isMade = async () => (await ask(`/tasks/${data?.id}/progress`, token)).data?.status === 'completed';
    await eventually('the film is made', isMade, 60_000);
    assert.equal(child.exitCode, null, 'the same program');
    const sends = 'select max(send_count)::int as most, count(*)::int as calls from provider_calls';
    const { rows } = await connected((client) => client.query<{ most: number; calls: number }>(sends));
    assert.equal(rows[0]?.most, 1, printed());
  });
});
