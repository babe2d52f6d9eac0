import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isStorageAway } from '../../src/storage/storageAway.ts';
import { openStore } from '../../src/storage/store.ts';
import { useApp } from '../http/testApp.ts';
import { addPicture } from '../operations/fixtures.ts';
import { eventually } from '../support/eventually.ts';
import { newKey } from './objectStoreSuite.ts';

describe('a store that is away', () => {
  const app = useApp({ users: ['ada'] });
  const state = { back: false, silent: false, vanishes: '' };
  let bucket: Server;
  let content: string;
  let endpoint: string;
  let dir: string;

  before(async () => {
    content = `/api/v1/media/${await addPicture(app, 'ada')}/content`;
    const { body: bytes } = await app.as('ada').get(content).expect(200);
    bucket = createServer((_, answer) => {
      if (state.silent) return;
      if (state.vanishes) rmSync(state.vanishes, { force: true });
      if (state.back)
        answer.writeHead(200, { 'content-length': bytes.length, 'content-type': 'image/jpeg' }).end(bytes);
      else answer.writeHead(503).end();
    }).listen(0, '127.0.0.1');
    await once(bucket, 'listening');
    const address = bucket.address();
    dir = await mkdtemp(join(tmpdir(), 'directorai-store-'));
    endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  after(async () => {
    bucket.closeAllConnections();
    await new Promise((closed) => bucket.close(closed));
    await rm(dir, { recursive: true, force: true });
  });

  const storeAt = (at: string, more: { silentAtMostMs?: number } = {}) =>
    openStore({
      ...more,
      kind: 's3',
      bucket: 'films',
      region: 'eu-west-1',
      endpoint: at,
      pathStyle: true,
      credentials: { accessKeyId: 'films', secretAccessKey: 'films-secret' },
    });

  it('is said with 503 and Retry-After, whether it refuses or answers 503, and all is well within 5 s of its return', async () => {
    const { services } = app;
    const { store } = services;
    try {
      for (const at of ['http://127.0.0.1:1', endpoint]) {
        services.store = await storeAt(at);
        const { body, headers } = await app.as('ada').get(content).expect(503);
        assert.deepEqual([body.code, headers['retry-after']], [6001, '2']);
      }
      state.back = true;
      const good = async () => (await app.as('ada').get(content)).status === 200;
      await eventually('the picture is there again', good, 5_000);
    } finally {
      services.store = store;
    }
  });

  it('is given up when it falls silent, whatever was asked for', async function () {
    this.timeout(20_000);
    const store = await storeAt(endpoint, { silentAtMostMs: 100 });
    state.silent = true;
    const away = (error: unknown) => isStorageAway(error);
    await assert.rejects(store.stat(newKey()), away);
    await assert.rejects(store.read(newKey()), away);
    await assert.rejects(store.download(newKey(), join(dir, 'copy')), away);
    state.silent = false;
  });

  it('may refuse a file that is gone when it is sent again, which is an error and not the end of the process', async () => {
    const store = await storeAt(endpoint);
    state.back = false;
    state.vanishes = join(dir, 'picture');
    await writeFile(state.vanishes, 'a picture');
    await assert.rejects(store.put(newKey(), state.vanishes, 'image/png'));
  });
});
