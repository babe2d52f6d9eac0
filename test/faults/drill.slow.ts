import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startHousekeeping } from '../../src/engine/housekeeping.ts';
import { resolveStep, startTask } from '../../src/engine/tasks.ts';
import type { FilmParams } from '../../src/film/params.ts';
import { findBinaries } from '../../src/media/binaries.ts';
import { type Sandbox, startSandbox } from '../../src/providers/sandbox/server.ts';
import { silentLog, statusOf } from '../engine/engineRig.ts';
import { endOf, spawnWorker, stopWorker } from '../recovery/workerProcess.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { restore, takeSnapshot } from './snapshot.ts';

const keyOf = (opKey: string): string => createHash('sha256').update(opKey).digest('hex');

describe('a backup taken in mid-film', () => {
  const original = useDatabase();
  const restored = useDatabase();
  let dataDir: string;
  let vendor: Sandbox;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'directorai-drill-'));
    const { ffmpeg } = await findBinaries({});
    const dir = join(dataDir, 'vendor');
    vendor = await startSandbox({ dir, latencyScale: 0.2, idempotency: 'none', ffmpegPath: ffmpeg, prerendered: true });
  });
  after(async () => {
    await vendor.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  /** A vendor that knows no keys: it charges for whatever it is sent. */
  const settings = (databaseUrl: string): Record<string, string> => ({
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    SANDBOX: 'off',
    VIDEO_POLL_MS: '200',
    GLM_BASE_URL: `${vendor.url}/api/paas/v4`,
    GEMINI_BASE_URL: vendor.url,
    TUZI_BASE_URL: vendor.url,
    ...Object.fromEntries(['GLM', 'GEMINI', 'TUZI'].map((name) => [`${name}_API_KEY`, 'a-key'])),
  });

  /** How often the vendor charged, by the key it was sent. */
  async function charges(): Promise<Map<string, number>> {
    const lines = (await readFile(join(dataDir, 'vendor', 'accepted.jsonl'), 'utf8')).trim().split('\n');
    const counts = new Map<string, number>();
    for (const line of lines) {
      const { key } = JSON.parse(line) as { key: string };
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  }

  it('is restored and the film goes on: no call that the backup’s ledger knows of is paid again', async function () {
    this.timeout(60_000);
    const userId = await addUser(original.db);
    const order = { userId, type: 'film', params: film } as const;
    const task = await original.db.transaction((trx) => startTask(trx, order));
    const first = spawnWorker(settings(original.url));
    await eventually(
      'some of the pictures are paid for',
      async () => {
        const bought = await original.db('provider_calls').where({ purpose: 'image', status: 'succeeded' }).pluck('id');
        return bought.length >= 2;
      },
      20_000,
    );
    const snapshot = await takeSnapshot(original.url);
    first.child.kill('SIGKILL');
    await endOf(first);
    await restore(restored.url, snapshot);
    const known: { op_key: string }[] = await restored
      .db('provider_calls')
      .whereIn('status', ['accepted', 'succeeded']);
    assert.ok(known.length >= 3);
    const before = await charges();

    const housekeeping = startHousekeeping(restored.db, { crashLimit: 8, log: silentLog });
    const second = spawnWorker(settings(restored.url));
    await eventually(
      'the film is finished',
      async () => {
        const doubt = await restored
          .db('steps')
          .where({ status: 'needs_review' })
          .first<{ id: string } | undefined>('id');
        if (doubt) await resolveStep(restored.db, task.id, doubt.id, userId, 'retry');
        return (await statusOf(restored.db, task.id)) === 'completed';
      },
      40_000,
    );
    await stopWorker(second);
    await housekeeping.stop();
    const after = await charges();
    for (const { op_key: opKey } of known) assert.equal(after.get(keyOf(opKey)), before.get(keyOf(opKey)), opKey);
  });
});

const film: FilmParams = {
  prompt: '一只想看海的小猫',
  images: [],
  sceneCount: 2,
  characterCount: 1,
  sceneSeconds: 5,
  language: 'zh',
  render: { aspectRatio: '16:9' },
};
