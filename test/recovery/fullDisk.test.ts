import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import ffmpegPackage from '@ffmpeg-installer/ffmpeg';
import ffprobePackage from '@ffprobe-installer/ffprobe';
import { startTask } from '../../src/engine/tasks.ts';
import { findBinaries } from '../../src/media/binaries.ts';
import { assembleFilm } from '../../src/media/film.ts';
import { type Sandbox, startSandbox } from '../../src/providers/sandbox/server.ts';
import { saysNoRoom } from '../../src/steps/mediaTroubles.ts';
import { statusOf } from '../engine/engineRig.ts';
import { binaries, makeClip, toolsWith } from '../media/support.ts';
import { story } from '../operations/fixtures.ts';
import { useDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { addUser } from '../support/rows.ts';
import { balloonIn, fill, isBalloon, makeRoom, mountSmall, unmount } from './smallDisk.ts';
import { spawnWorker, stopWorker, type WorkerProcess } from './workerProcess.ts';

const packaged = { ffmpegPath: ffmpegPackage.path, ffprobePath: ffprobePackage.path };

describe('a disk without room', () => {
  const database = useDatabase();
  let dataDir: string;
  let vendor: Sandbox;
  let vendorDir: string;
  let userId: string;
  let worker: WorkerProcess | undefined;
  const mounted: string[] = [];

  before(async () => {
    const { ffmpeg } = await findBinaries({});
    vendorDir = await mkdtemp(join(tmpdir(), 'directorai-vendor-'));
    const dir = vendorDir;
    vendor = await startSandbox({ dir, latencyScale: 0, idempotency: 'key', ffmpegPath: ffmpeg, prerendered: true });
    userId = await addUser(database.db);
  });
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'directorai-full-'));
  });
  afterEach(async () => {
    if (worker) await stopWorker(worker);
    worker = undefined;
    for (const dir of mounted.splice(0)) await unmount(dir);
    await rm(dataDir, { recursive: true, force: true });
  });
  after(async () => {
    await vendor.close();
    await rm(vendorDir, { recursive: true, force: true });
  });

  const start = (): void => {
    worker = spawnWorker({
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      SANDBOX: 'off',
      VIDEO_POLL_MS: '100',
      GLM_BASE_URL: `${vendor.url}/api/paas/v4`,
      GEMINI_BASE_URL: vendor.url,
      TUZI_BASE_URL: vendor.url,
      ...Object.fromEntries(['GLM', 'GEMINI', 'TUZI'].map((name) => [`${name}_IDEMPOTENCY`, 'key'])),
      ...Object.fromEntries(['GLM', 'GEMINI', 'TUZI'].map((name) => [`${name}_API_KEY`, 'a-key'])),
    });
  };
  const filesUnder = async (dir: string): Promise<string[]> =>
    (await readdir(dir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);

  for (const [what, folder] of [
    ['the store', 'media'],
    ['temporary files', 'tmp'],
  ] as const) {
    it(`for ${what} costs nothing twice and leaves nothing half done: the film waits, and is made once there is some`, async function () {
      this.timeout(120_000);
      const { db } = database;
      const full = join(dataDir, folder);
      await mkdir(full, { recursive: true });
      if (!(await mountSmall(full, 24))) return this.skip();
      mounted.push(full);
      const params = { ...story, sceneCount: 1, characterCount: 1, render: { aspectRatio: '16:9' as const } };
      const { id } = await db.transaction((trx) => startTask(trx, { type: 'film', params, userId }));
      const steps = () => db('steps').where({ task_id: id });
      const waits = (kind: string) => async () =>
        (await steps().where({ kind }).whereNotNull('away_since').first())?.status;

      await fill(full);
      start();
      await eventually('a picture waits for room', waits('drawCharacterSheet'), 40_000);
      assert.deepEqual(
        (await filesUnder(join(dataDir, 'media'))).filter((name) => !isBalloon(name)),
        [],
      );
      await makeRoom(full);
      const clip = () => steps().where({ kind: 'shootSceneClip', status: 'waiting' }).first();
      await eventually('a clip is being shot', clip, 40_000);
      await fill(full);
      await eventually(
        'the clip, or the film, waits for room',
        async () => (await waits('shootSceneClip')()) ?? (await waits('assembleFilm')()),
        40_000,
      );
      await makeRoom(full);
      await eventually('the film is made', async () => (await statusOf(db, id)) === 'completed', 40_000);

      assert.deepEqual(await steps().where('failures', '>', 1), []);
      const calls = await db('provider_calls').whereIn('step_id', steps().select('id'));
      assert.ok(calls.every(({ send_count: sends, status }) => sends === 1 && status === 'succeeded'));
      const media = await db('media_files').where({ task_id: id });
      for (const { storage_path: path, size } of media)
        assert.equal((await readFile(join(dataDir, 'media', path))).length, Number(size), path);
      assert.deepEqual(await readdir(join(dataDir, 'tmp', 'jobs')), []);
      assert.deepEqual(await readdir(join(dataDir, 'media', 'unfinished')), []);
    });
  }

  it('is what a film that was cut short on it says, by any ffmpeg, and nothing of it is left', async function () {
    this.timeout(60_000);
    const full = join(dataDir, 'full');
    await mkdir(full);
    if (!(await mountSmall(full, 24))) return this.skip();
    mounted.push(full);
    const clip = await makeClip(join(dataDir, 'clip.mp4'), { sound: true, size: '640x360' });
    await fill(full);
    const { size } = await stat(balloonIn(full));
    await truncate(balloonIn(full), size - 40_000);
    const out = (name: string) => join(full, name);
    const files = { out: out('film.mp4'), poster: out('film.jpg'), srt: out('film.srt'), vtt: out('film.vtt') };
    const clips = [clip, clip, clip];
    for (const found of [await binaries(), await findBinaries(packaged)]) {
      const film = { ...files, clips, subtitles: [], width: 640, height: 360, workDir: join(dataDir, 'jobs') };
      await assert.rejects(assembleFilm(toolsWith(found), film), saysNoRoom);
      assert.deepEqual(await filesUnder(full), [basename(balloonIn(full))]);
    }
  });
});
