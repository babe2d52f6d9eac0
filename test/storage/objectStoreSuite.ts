import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type Extension, mediaKey } from '../../src/storage/keys.ts';
import { ObjectConflict, ObjectMissing, type ObjectStore } from '../../src/storage/objectStore.ts';

export const newKey = (extension: Extension = 'png') =>
  mediaKey({ userId: randomUUID(), mediaId: randomUUID(), extension });

/** What every store promises; run on each kind. `open` is asked once per test. */
export function objectStoreSuite(open: () => Promise<ObjectStore>): void {
  let store: ObjectStore;
  let folder: string;
  beforeEach(async () => {
    store = await open();
    folder = await mkdtemp(join(tmpdir(), 'directorai-store-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function fileOf(bytes: Buffer): Promise<string> {
    const file = join(folder, randomUUID());
    await writeFile(file, bytes);
    return file;
  }

  it('gives back the bytes, the size and the type that were stored', async () => {
    const bytes = randomBytes(700_001);
    const key = newKey('mp4');
    const stored = await store.put(key, await fileOf(bytes), 'video/mp4');
    assert.deepEqual(stored, { key, sizeBytes: bytes.length, contentType: 'video/mp4' });
    assert.deepEqual(await store.stat(key), stored);
    assert.ok(bytes.equals(await buffer(await store.read(key))));
    await store.download(key, join(folder, 'copy'));
    assert.ok(bytes.equals(await readFile(join(folder, 'copy'))));
  });

  it('stores and reads an empty object', async () => {
    const key = newKey('srt');
    await store.put(key, await fileOf(Buffer.alloc(0)), 'application/x-subrip');
    assert.equal((await buffer(await store.read(key))).length, 0);
    await store.download(key, join(folder, 'empty'));
    assert.equal((await readFile(join(folder, 'empty'))).length, 0);
  });

  it('reads parts of an object', async () => {
    const bytes = randomBytes(1000);
    const key = newKey();
    await store.put(key, await fileOf(bytes), 'image/png');
    const part = async (start: number, end: number) => buffer(await store.read(key, { start, end }));
    assert.ok(bytes.subarray(0, 1).equals(await part(0, 0)));
    assert.ok(bytes.subarray(10, 20).equals(await part(10, 19)));
    assert.ok(bytes.subarray(990).equals(await part(990, 5000)));
    await assert.rejects(store.read(key, { start: 1000, end: 1001 }), RangeError);
  });

  it('takes the same bytes under the same key again and refuses others', async () => {
    const key = newKey();
    const file = await fileOf(Buffer.from('first'));
    const stored = await store.put(key, file, 'image/png');
    assert.deepEqual(await store.put(key, file, 'image/png'), stored);
    await assert.rejects(store.put(key, await fileOf(Buffer.from('other')), 'image/png'), ObjectConflict);
    await assert.rejects(store.put(key, await fileOf(Buffer.from('longer one')), 'image/png'), ObjectConflict);
    assert.equal(String(await buffer(await store.read(key))), 'first');
  });

  it('lets one of many writers win', async () => {
    const key = newKey();
    const files = await Promise.all(Array.from({ length: 6 }, (_, index) => fileOf(Buffer.from(`writer ${index}`))));
    const outcomes = await Promise.allSettled(files.map((file) => store.put(key, file, 'image/png')));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    assert.equal(String(await buffer(await store.read(key))), `writer ${winner}`);
  });

  it('says that an object is missing', async () => {
    const key = newKey();
    assert.equal(await store.stat(key), undefined);
    await assert.rejects(store.read(key), ObjectMissing);
    await assert.rejects(store.download(key, join(folder, 'none')), ObjectMissing);
    await assert.rejects(access(join(folder, 'none')));
  });

  it('deletes an object, and a missing one too', async () => {
    const key = newKey();
    await store.put(key, await fileOf(Buffer.from('gone')), 'image/png');
    await store.remove(key);
    await store.remove(key);
    assert.equal(await store.stat(key), undefined);
  });

  it('says that an object is missing also where it is deleted in the middle, and takes it again', async () => {
    const file = await fileOf(randomBytes(20_000));
    for (const round of Array(40).keys()) {
      const key = newKey();
      await store.put(key, file, 'image/png');
      const [again, ...downloads] = await Promise.allSettled([
        store.put(key, file, 'image/png'),
        ...['a', 'b', 'c'].map((name) => store.download(key, join(folder, `${round} ${name}`))),
        store.remove(key),
      ]);
      assert.equal(again.status, 'fulfilled', again.status === 'rejected' ? again.reason : '');
      for (const download of downloads)
        if (download.status === 'rejected') assert.ok(download.reason instanceof ObjectMissing, download.reason);
    }
  });

  it('refuses a file that is not there and leaves nothing', async () => {
    const key = newKey();
    await assert.rejects(store.put(key, join(folder, 'no such file'), 'image/png'));
    assert.equal(await store.stat(key), undefined);
  });

  it('refuses keys that it did not make and types that the key does not say', async () => {
    const file = await fileOf(Buffer.from('x'));
    for (const key of [
      '../../etc/passwd',
      '/etc/passwd',
      '',
      newKey().replace('media/', 'media/../media/'),
      `${newKey()}\0`,
    ]) {
      await assert.rejects(store.put(key, file, 'image/png'), TypeError);
      await assert.rejects(store.read(key), TypeError);
      await assert.rejects(store.stat(key), TypeError);
      await assert.rejects(store.remove(key), TypeError);
      await assert.rejects(store.download(key, file), TypeError);
    }
    await assert.rejects(store.put(newKey('png'), file, 'text/html'), TypeError);
  });

  it('reads many objects at once and lets go of abandoned ones', async () => {
    const key = newKey();
    await store.put(key, await fileOf(randomBytes(300_000)), 'image/png');
    const streams = await Promise.all(Array.from({ length: 20 }, () => store.read(key)));
    for (const stream of streams.slice(0, 10)) stream.destroy();
    const sizes = await Promise.all(streams.slice(10).map(async (stream) => (await buffer(stream)).length));
    assert.deepEqual(new Set(sizes), new Set([300_000]));
  });
}
