import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { S3ServiceException } from '@aws-sdk/client-s3';
import type { ObjectStore } from '../../src/storage/objectStore.ts';
import { openStore } from '../../src/storage/store.ts';
import { newKey, objectStoreSuite } from './objectStoreSuite.ts';
import { type S3Server, startVersityGateway } from './versityGateway.ts';

const binary = process.env.VERSITYGW;
if (!binary) throw new Error('Set VERSITYGW to the path of a versitygw binary; these tests run against the real one.');
const bucket = 'directorai-test';
const isForbidden = (error: unknown) => error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403;

describe('s3Store', () => {
  let folder: string;
  let server: S3Server;
  let store: ObjectStore;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'directorai-s3-'));
    server = await startVersityGateway(binary, folder, bucket);
    store = await openStore({ kind: 's3', bucket, region: 'us-east-1', pathStyle: true, ...server });
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function fileOf(text: string): Promise<string> {
    const file = join(folder, 'file');
    await writeFile(file, text);
    return file;
  }

  objectStoreSuite(async () => store);

  it('signs URLs that read the object, and save it under a name', async () => {
    const key = newKey();
    await store.put(key, await fileOf('signed'), 'image/png');
    const url = await store.signedUrl(key, 60, { downloadAs: '小猫.png' });
    const answer = await fetch(url ?? '');
    assert.equal(await answer.text(), 'signed');
    assert.equal(answer.headers.get('content-type'), 'image/png');
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; .*%E5%B0%8F/);
  });

  it('takes one object by a signed address, of the type and length that were signed', async () => {
    const key = newKey();
    const { url, headers } = (await store.signedPut(key, 5, 60)) ?? assert.fail();
    const put = async (body: string, more: Record<string, string> = {}) =>
      (await fetch(url, { method: 'PUT', headers: { ...headers, ...more }, body })).status;
    assert.equal(await put('longer'), 403);
    assert.equal(await put('bytes', { 'content-type': 'text/html' }), 403);
    assert.equal(await store.stat(key), undefined);
    assert.equal(await put('bytes'), 200);
    assert.equal(await put('other'), 412);
    assert.deepEqual(await store.stat(key), { key, sizeBytes: 5, contentType: 'image/png' });
    await store.download(key, join(folder, 'sent'));
    assert.equal(await readFile(join(folder, 'sent'), 'utf8'), 'bytes');
  });

  it('signs for the address that others see', async () => {
    const settings = { kind: 's3', bucket, region: 'us-east-1', pathStyle: true, ...server } as const;
    const outside = await openStore({ ...settings, publicEndpoint: 'https://media.example.com' });
    const url = new URL((await outside.signedUrl(newKey(), 60)) ?? '');
    assert.equal(url.origin, 'https://media.example.com');
    assert.equal(outside.public, true);
    assert.equal(store.public, false);
  });

  it('refuses an address whose signature was changed', async () => {
    const key = newKey();
    await store.put(key, await fileOf('private'), 'image/png');
    const url = await store.signedUrl(key, 60);
    assert.equal((await fetch(`${url}0`)).status, 403);
    assert.equal(String(await buffer(await store.read(key))), 'private');
  });

  it('says that the credentials are wrong instead of pretending that the object is missing', async () => {
    const credentials = { ...server.credentials, secretAccessKey: 'wrong' };
    const stranger = await openStore({
      kind: 's3',
      bucket,
      region: 'us-east-1',
      pathStyle: true,
      endpoint: server.endpoint,
      credentials,
    });
    await assert.rejects(stranger.stat(newKey()), isForbidden);
    await assert.rejects(stranger.read(newKey()), isForbidden);
  });
});
