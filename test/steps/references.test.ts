import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../src/db/ids.ts';
import type { Media } from '../../src/db/media.ts';
import { createFormCache } from '../../src/steps/formCache.ts';
import { attachReferences, firstFrameUrl } from '../../src/steps/references.ts';
import type { StepTools } from '../../src/steps/tools.ts';
import { mediaKey } from '../../src/storage/keys.ts';
import { openStore } from '../../src/storage/store.ts';
import { stopRigs } from '../engine/engineRig.ts';
import { openBucket } from '../faults/campaign/bucket.ts';
import { photo } from '../operations/fixtures.ts';
import { useSandbox } from '../providers/support.ts';
import { useDatabase } from '../support/database.ts';
import { type AgentRig, startAgentRig } from './agentRig.ts';

describe('pictures that go along with a call', () => {
  const database = useDatabase();
  const sandbox = useSandbox('key');
  let rig: AgentRig;
  let picture: Media;

  before(async () => {
    rig = await startAgentRig(database, sandbox.url);
    const bytes = await photo();
    const file = join(rig.dir, 'picture.jpg');
    await writeFile(file, bytes);
    const storagePath = mediaKey({ userId: newId(), mediaId: newId(), fence: 1, extension: 'jpg' });
    await rig.tools.store.put(storagePath, file, 'image/jpeg');
    picture = {
      ...{ id: newId(), userId: newId(), taskId: null, type: 'image', originalFilename: null, storagePath, url: '' },
      ...{ mimeType: 'image/jpeg', size: bytes.length, width: 640, height: 480, duration: null },
      ...{ sha256: Buffer.alloc(32), createdAt: new Date() },
    };
  });
  after(async () => {
    await rig.stop();
    await stopRigs();
  });

  /** What a public bucket's store gives: another address every time it is asked, as signatures carry their time. */
  const newTry = (): StepTools => ({
    ...rig.tools,
    attachable: createFormCache(10_000_000),
    store: { ...rig.tools.store, public: true, signedUrl: async () => `https://bucket.example.com/${newId()}` },
  });
  const bodyOf = async (idempotency: 'key' | 'none') => {
    const { urls } = await attachReferences(newTry(), [picture], { maxReferences: 4, idempotency });
    return [...urls, await firstFrameUrl(newTry(), picture, { idempotency })];
  };

  it('are the same bytes at every try where the vendor honours keys, whatever the store', async () => {
    const body = await bodyOf('key');
    assert.deepEqual(await bodyOf('key'), body);
    assert.ok(body.every((url) => url.startsWith('data:image/jpeg;base64,')));
  });

  it('are signed addresses where the vendor can reach the store and honours no keys', async () => {
    assert.ok((await bodyOf('none')).every((url) => url.startsWith('https://bucket.example.com/')));
  });

  it('are sent as they were stored, whatever became of them on their way from the store', async () => {
    const bucket = await openBucket(join(rig.dir, 'bucket'));
    try {
      const places = {
        bucket: 'films',
        region: 'us-east-1',
        endpoint: bucket.settings.S3_ENDPOINT ?? '',
        pathStyle: true,
      };
      const credentials = { accessKeyId: 'films', secretAccessKey: 'films-secret' };
      const store = await openStore({ kind: 's3', ...places, credentials });
      await store.put(picture.storagePath, join(rig.dir, 'picture.jpg'), 'image/jpeg');
      const stored = (await readFile(join(rig.dir, 'picture.jpg'))).toString('base64');
      for (const does of ['damaged', 'short', 'reset'] as const) {
        bucket.lay('GET', { does });
        const frame = await firstFrameUrl({ ...newTry(), store }, picture, { idempotency: 'key' });
        assert.equal(frame, `data:image/jpeg;base64,${stored}`, does);
      }
    } finally {
      await bucket.close();
    }
  });
});
