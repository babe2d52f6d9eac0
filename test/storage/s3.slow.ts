import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
