import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Knex } from 'knex';
import { type Housekeeping, startHousekeeping } from '../../src/engine/housekeeping.ts';
import { startTask } from '../../src/engine/tasks.ts';
import { findBinaries } from '../../src/media/binaries.ts';
import { type Sandbox, startSandbox } from '../../src/providers/sandbox/server.ts';
import { silentLog, statusOf } from '../engine/engineRig.ts';
import { buildProgram, removeBuild } from '../faults/campaign/build.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';
import { addUser } from '../support/rows.ts';
import { endOf, spawnWorker, stopWorker } from './workerProcess.ts';

describe('a worker that loses its database while a vendor works for it', () => {
  const database = useDatabase();
  const build = `cut-${process.pid}`;
  let db: Knex;
  let userId: string;
  let dir: string;
  let vendor: Sandbox;
  let proxy: TcpProxy;
  let program: string;
  let housekeeping: Housekeeping;

  before(async function () {
    this.timeout(60_000);
    program = await buildProgram(build);
    db = database.db;
    userId = await addUser(db);
    dir = await mkdtemp(join(tmpdir(), 'directorai-cut-'));
    proxy = await startProxy(database.url);
    // A picture takes 6 s, the submission of a clip a little less.
    vendor = await startSandbox({
      dir: join(dir, 'vendor'),
      port: 0,
      idempotency: 'none',
      latencyScale: 3,
      ffmpegPath: (await findBinaries({})).ffmpeg,
      prerendered: true,
    });
    housekeeping = startHousekeeping(db, { crashLimit: 8, log: silentLog });
  });
  after(async () => {
    await housekeeping.stop();
    await vendor.close();
    await proxy.close();
    await removeBuild(build);
    await rm(dir, { recursive: true, force: true });
  });

  const settings = (url: string, onDoubt: string) => ({
    DATABASE_URL: url,
    DATA_DIR: join(dir, 'data'),
    GEMINI_BASE_URL: vendor.url,
    GEMINI_API_KEY: 'a-key-of-the-test',
    GEMINI_IDEMPOTENCY: 'none',
    GEMINI_ON_DOUBT: onDoubt,
  });
  const bought = async () =>
    (await readFile(join(dir, 'vendor', 'accepted.jsonl'), 'utf8').catch(() => '')).split('\n').filter(Boolean).length;

  for (const onDoubt of ['resend', 'hold']) {
    it(`keeps the answer it paid for, where doubt means ${onDoubt}: one call is bought, and the step is done`, async function () {
      this.timeout(90_000);
      const before = await bought();
      const first = spawnWorker(settings(proxy.url, onDoubt), program);
      const params = { prompt: 'a cat at the sea', size: '1024x1024' as const, references: [] };
      const task = await db.transaction((trx) => startTask(trx, { userId, type: 'image', params }));
      await eventually('the vendor has taken the call', async () => (await bought()) === before + 1, 40_000);
      proxy.refuse(true);
      // Somebody else is there to take the step over at once, and to buy the picture again.
      const second = spawnWorker(settings(database.url, onDoubt), program);
      await delay(2_000);
      proxy.refuse(false);
      assert.equal(await endOf(first), 70, first.output());
      await eventually('the picture is there', async () => (await statusOf(db, task.id)) === 'completed', 40_000);
      await stopWorker(second);
      assert.equal(await bought(), before + 1);
      const [call] = await db('provider_calls').where({ task_id: task.id });
      assert.deepEqual([call.status, call.send_count, call.doubt_count], ['succeeded', 1, 0]);
    });
  }
});
