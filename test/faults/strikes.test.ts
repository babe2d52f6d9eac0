import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MediaFailed } from '../../src/media/failures.ts';
import { runProcess } from '../../src/media/runProcess.ts';
import type { ObjectStore } from '../../src/storage/objectStore.ts';
import { openStore } from '../../src/storage/store.ts';
import { newKey, objectStoreSuite } from '../storage/objectStoreSuite.ts';
import { eventually } from '../support/eventually.ts';
import { type Bucket, openBucket } from './campaign/bucket.ts';
import { type MediaSite, type MediaStrike, openMediaSite } from './campaign/mediaTools.ts';
import { bucketStrikes } from './campaign/storageFaults.ts';

describe('the campaign’s media tools', () => {
  let dir: string;
  let media: MediaSite;
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'directorai-tools-'));
    await mkdir(join(dir, 'data'));
    media = await openMediaSite(dir, join(dir, 'data'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  const encode = (timeoutMs = 10_000) => {
    const out = join(dir, 'out.mp4');
    const args = ['-y', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=64x64:d=0.2', `file:${out}`];
    return runProcess(media.ffmpeg, args, { timeoutMs, graceMs: 100 }).then(() => readFile(out));
  };

  it('are the real ones unless a strike lies ready, which one run takes', async () => {
    assert.ok((await encode()).length > 1_000);
    assert.equal(await media.lay('fails'), true);
    assert.equal(await media.lay('killed'), false, 'one at a time');
    const ends = await Promise.allSettled([encode(), encode(), encode()]);
    assert.equal(ends.filter(({ status }) => status === 'rejected').length, 1);
    assert.equal(await media.taken(), 1);
  });

  it('fail in every way there is, at most as long as they are given', async () => {
    const failures: Partial<Record<MediaStrike, RegExp>> = {
      fails: /code 1/,
      killed: /SIGKILL/,
      hangs: /too long/,
      chatters: /code 1/,
      forks: /code 1/,
    };
    for (const [strike, why] of Object.entries(failures)) {
      await media.lay(strike as MediaStrike);
      await assert.rejects(encode(1_000), (error: Error) => error instanceof MediaFailed && why.test(error.message));
    }
    await media.lay('empty');
    assert.equal((await encode()).length, 0);
    await media.lay('hangs');
    await media.calm();
    assert.ok((await encode()).length > 1_000);
  });
});

describe('the campaign’s bucket', () => {
  let dir: string;
  let bucket: Bucket;
  let file: string;
  const bytes = randomBytes(300_000);
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'directorai-bucket-'));
    file = join(dir, 'clip');
    await writeFile(file, bytes);
    bucket = await openBucket(join(dir, 'bucket'));
  });
  after(async () => {
    await bucket.close();
    await rm(dir, { recursive: true, force: true });
  });
  const open = (): Promise<ObjectStore> =>
    openStore({
      ...{ kind: 's3', bucket: 'films', region: 'us-east-1', endpoint: bucket.settings.S3_ENDPOINT ?? '' },
      ...{ pathStyle: true, silentAtMostMs: 200 },
      credentials: { accessKeyId: 'campaign', secretAccessKey: 'a-key' },
    });

  objectStoreSuite(open);

  it('loses and damages nothing for a store that it strikes, in any way there is', async function () {
    this.timeout(60_000);
    const store = await open();
    for (const [method, strike] of bucketStrikes) {
      const key = newKey('mp4');
      const before = bucket.met();
      if (method !== 'GET') assert.ok(bucket.lay(method, strike));
      await store.put(key, file, 'video/mp4');
      assert.ok(bytes.equals(await readFile(join(bucket.root, key))), `${method} ${JSON.stringify(strike)}`);
      if (method === 'GET') assert.ok(bucket.lay(method, strike));
      await store.download(key, join(dir, 'copy'));
      assert.ok(bytes.equals(await readFile(join(dir, 'copy'))), `${method} ${JSON.stringify(strike)}`);
      assert.equal(bucket.met(), before + 1);
    }
  });

  it('may refuse everybody for a while', async () => {
    const store = await open();
    const away = bucket.leave('refusing', 300);
    await assert.rejects(fetch(`${bucket.settings.S3_ENDPOINT}/films/x`));
    await away;
    await eventually('it answers', () => store.stat(newKey()).then(() => true));
  });
});
