import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanUp } from '../../src/engine/cleanUp.ts';
import { eraseAccount } from '../../src/engine/eraseAccounts.ts';
import { removeDueFiles } from '../../src/engine/removals.ts';
import { fileRemover } from '../../src/services.ts';
import { type TestApp, useApp } from '../http/testApp.ts';
import { openTinyBucket, type TinyBucket } from '../storage/tinyBucket.ts';
import { missingId, photo } from './fixtures.ts';

/** The service over a bucket that clients reach. */
function useBucket(app: TestApp): () => TinyBucket {
  let bucket: TinyBucket | undefined;
  before(async () => {
    bucket = await openTinyBucket();
    app.services.store = bucket.store;
    app.services.removeFile = fileRemover({ store: bucket.store });
  });
  after(() => bucket?.close());
  return () => bucket ?? assert.fail('there is no bucket yet');
}

describe('uploads to the bucket', () => {
  const app = useApp({ users: ['ada', 'bob', 'cai'], config: { maxMediaBytesPerUser: 2_000_000 } });
  const bucket = useBucket(app);
  const start = (name: string, body: object) => app.as(name).post('/api/v1/media/uploads').send(body);
  const complete = (name: string, id: string) => app.as(name).post(`/api/v1/media/uploads/${id}/complete`);
  const facts = (bytes: Buffer) => ({ name: '../海边.jpg', mimeType: 'image/jpeg', byteSize: bytes.length });
  const rawKeys = () => [...bucket().objects.keys()].filter((key) => key.startsWith('uploads/'));
  const rows = (name: string) => app.db('media_uploads').where({ user_id: app.sessionOf(name).userId });

  /** An upload whose bytes are in the bucket. */
  async function sent(name: string, bytes: Buffer, more: object = {}): Promise<string> {
    const { body } = await start(name, { ...facts(bytes), ...more }).expect(201);
    const { uploadId, url, method, headers } = body.data;
    const put = await fetch(url, { method, headers, body: new Uint8Array(bytes) });
    assert.equal(put.status, 200);
    return uploadId;
  }

  describe('startUpload', () => {
    it('answers with an address at the bucket for exactly these bytes', async () => {
      const bytes = await photo();
      const { body } = await start('ada', facts(bytes)).expect(201);
      const { uploadId, url, method, headers, expiresAt } = body.data;
      const { userId } = app.sessionOf('ada');
      assert.ok(url.startsWith(`${bucket().origin}/films/uploads/${userId}/${uploadId}.jpg?`));
      const signed = new URL(url).searchParams;
      assert.equal(signed.get('X-Amz-SignedHeaders'), 'content-length;content-type;host;if-none-match');
      assert.equal(signed.get('X-Amz-Expires'), '900');
      assert.deepEqual([method, headers], ['PUT', { 'content-type': 'image/jpeg', 'if-none-match': '*' }]);
      const seconds = (Date.parse(expiresAt) - Date.now()) / 1000;
      assert.ok(seconds > 880 && seconds <= 900);
    });

    it('refuses what is no picture, too large, or without a length, and writes nothing down', async () => {
      const before = await rows('cai').count();
      const wrong = { mimeType: 'image/gif', byteSize: 20_971_521, sha256: 'ABC', name: 'a\u0000b' };
      for (const [field, value] of Object.entries(wrong)) {
        const { body } = await start('cai', { ...facts(Buffer.alloc(9)), [field]: value }).expect(400);
        assert.deepEqual([body.code, body.errors[0].pointer], [1000, `/body/${field}`]);
      }
      await start('cai', { name: 'x' }).expect(400);
      assert.deepEqual(await rows('cai').count(), before);
    });

    it('counts what the bucket may still take against what a user may keep, until the address has expired', async () => {
      const big = { ...facts(Buffer.alloc(0)), byteSize: 1_500_000 };
      await start('cai', big).expect(201);
      const { body } = await start('cai', big).expect(409);
      assert.equal(body.code, 5002);
      await rows('cai').update({ expires_at: new Date() });
      await start('cai', big).expect(201);
      await rows('cai').delete();
    });

    it('says where to go instead where files are not in such a bucket', async () => {
      const { services } = app;
      const { store } = services;
      services.store = { ...store, direct: false };
      try {
        const { body } = await start('ada', facts(Buffer.alloc(9))).expect(409);
        assert.deepEqual([body.code, body.type], [4002, 'urn:directorai:problem:direct_upload_unsupported']);
      } finally {
        services.store = store;
      }
    });
  });

  describe('completeUpload', () => {
    it('keeps the picture as uploadMedia does, once, and removes what was sent', async () => {
      const bytes = await photo();
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const id = await sent('ada', bytes, { sha256 });
      const { body, headers } = await complete('ada', id).expect(201);
      const { width, height, mimeType, originalFilename } = body.data;
      assert.deepEqual([width, height, mimeType, originalFilename], [200, 300, 'image/jpeg', '海边.jpg']);
      assert.equal(headers.location, `/api/v1/media/${body.data.id}`);
      const again = await complete('ada', id).expect(201);
      assert.equal(again.body.data.id, body.data.id);
      const kept = [...bucket().objects].find(([key]) => key.includes(body.data.id))?.[1];
      assert.ok(kept && !kept.includes('SECRET-ARTIST'), 'it was encoded anew');
      assert.deepEqual(rawKeys(), []);
      assert.deepEqual(await readdir(join(app.dir, 'tmp')), []);
      await app.as('ada').delete(`/api/v1/media/${body.data.id}`).expect(200);
      await complete('ada', id).expect(404);
    });

    it('makes one file of it however many ask at once', async () => {
      const id = await sent('ada', await photo());
      const answers = await Promise.all(Array.from({ length: 4 }, () => complete('ada', id).expect(201)));
      const made = new Set(answers.map(({ body }) => body.data.id));
      assert.equal(made.size, 1);
      const [mediaId = ''] = made;
      assert.deepEqual(rawKeys(), []);
      const files = [...bucket().objects.keys()].filter((key) => key.includes(app.sessionOf('ada').userId));
      assert.deepEqual(
        files.filter((key) => !key.includes(mediaId)),
        [],
      );
    });

    it('refuses before the bytes are there, and takes them afterwards', async () => {
      const bytes = await photo();
      const { body } = await start('ada', facts(bytes)).expect(201);
      const { uploadId, url, method, headers } = body.data;
      const early = await complete('ada', uploadId).expect(409);
      assert.equal(early.body.code, 4002);
      assert.equal((await fetch(url, { method, headers, body: new Uint8Array(bytes) })).status, 200);
      assert.equal((await fetch(url, { method, headers, body: 'other' })).status, 412);
      await complete('ada', uploadId).expect(201);
    });

    it('refuses what is no such picture or not what was announced, and leaves nothing of it', async () => {
      const bytes = await photo();
      const text = Buffer.from('a text, whatever it is called');
      const { body: unread } = await complete('ada', await sent('ada', text)).expect(400);
      assert.deepEqual([unread.code, unread.errors[0].pointer], [1000, '/path/uploadId']);
      const other = await sent('ada', bytes, { mimeType: 'image/png' });
      assert.equal((await complete('ada', other).expect(415)).body.code, 1002);
      await complete('ada', other).expect(404);
      await complete('ada', await sent('ada', bytes, { sha256: '0'.repeat(64) })).expect(400);
      await complete('ada', await sent('ada', bytes, { byteSize: bytes.length - 1 })).expect(400);
      assert.deepEqual(rawKeys(), []);
      await app.as('ada').post('/api/v1/media/uploads/1/complete').expect(400);
    });

    it('hides an upload from everyone else', async () => {
      const id = await sent('ada', await photo());
      const foreign = await complete('bob', id).expect(404);
      const missing = await complete('bob', missingId).expect(404);
      assert.deepEqual({ ...foreign.body, requestId: '' }, { ...missing.body, requestId: '' });
      await app.anyone().post(`/api/v1/media/uploads/${id}/complete`).expect(401);
      await complete('ada', id).expect(201);
    });
  });

  describe('what is left of them', () => {
    const sweep = () => removeDueFiles(app.db, { removeFile: app.services.removeFile, log: app.services.log });
    const dayAgo = () => new Date(Date.now() - 86_400_001);

    it('is removed after a day, also where bytes came once more after it was complete', async () => {
      const bytes = await photo();
      await rows('ada').delete();
      const [young, old] = [await sent('ada', bytes), await sent('ada', bytes)];
      await rows('ada').where({ id: old }).update({ created_at: dayAgo() });
      await cleanUp(app.db);
      await sweep();
      assert.deepEqual(
        rawKeys().map((key) => key.includes(young)),
        [true],
      );
      await complete('ada', old).expect(404);
      const [key = ''] = rawKeys();
      await complete('ada', young).expect(201);
      bucket().objects.set(key, bytes);
      await rows('ada').update({ created_at: dayAgo() });
      await cleanUp(app.db);
      await sweep();
      assert.deepEqual(rawKeys(), []);
    });

    it('goes with the account, as soon as no address works any more', async () => {
      const { userId } = app.sessionOf('bob');
      await sent('bob', await photo());
      await app.db('users').where({ id: userId }).update({ closed_at: new Date() });
      assert.equal(await eraseAccount(app.db, userId), true);
      await sweep();
      assert.equal(rawKeys().length, 1);
      await app.db('object_removals').where({ user_id: userId }).update({ not_before: new Date() });
      await sweep();
      assert.deepEqual([rawKeys(), await rows('bob')], [[], []]);
    });
  });
});
