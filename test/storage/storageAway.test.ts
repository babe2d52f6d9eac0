import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { openStore } from '../../src/storage/store.ts';
import { useApp } from '../http/testApp.ts';
import { addPicture } from '../operations/fixtures.ts';
import { eventually } from '../support/eventually.ts';

describe('a store that is away', () => {
  const app = useApp({ users: ['ada'] });
  const state = { back: false };
  let bucket: Server;
  let content: string;
  let endpoint: string;

  before(async () => {
    content = `/api/v1/media/${await addPicture(app, 'ada')}/content`;
    const { body: bytes } = await app.as('ada').get(content).expect(200);
    bucket = createServer((_, answer) => {
      if (state.back)
        answer.writeHead(200, { 'content-length': bytes.length, 'content-type': 'image/jpeg' }).end(bytes);
      else answer.writeHead(503).end();
    }).listen(0, '127.0.0.1');
    await once(bucket, 'listening');
    const address = bucket.address();
    endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  after(async () => {
    bucket.closeAllConnections();
    await new Promise((closed) => bucket.close(closed));
  });

  const storeAt = (at: string) =>
    openStore({
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
});
