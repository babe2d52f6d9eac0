import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { SetupError } from '../../src/errors.ts';
import { ObjectMissing, type ObjectStore } from '../../src/storage/objectStore.ts';
import { openStore } from '../../src/storage/store.ts';
import { newKey, objectStoreSuite } from './objectStoreSuite.ts';

describe('localStore', () => {
  let dir: string;
  const open = (): Promise<ObjectStore> => openStore({ kind: 'local', dir: join(dir, 'media store') });
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'directorai-local-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  objectStoreSuite(open);

  it('sweeps old unfinished files at the start and leaves young ones', async () => {
    await open();
    const unfinished = join(dir, 'media store', 'unfinished');
    const [old, young] = [join(unfinished, randomUUID()), join(unfinished, randomUUID())];
    await Promise.all([writeFile(old, 'half'), writeFile(young, 'half')]);
    const yesterday = new Date(Date.now() - 86_400_000);
    await utimes(old, yesterday, yesterday);
    await open();
    await assert.rejects(access(old));
    await access(young);
    await rm(young);
  });

  it('leaves no unfinished file after a refused one', async () => {
    const store = await open();
    const key = newKey();
    const [one, two] = [join(dir, 'one'), join(dir, 'two')];
    await Promise.all([writeFile(one, '1'), writeFile(two, '2')]);
    await store.put(key, one, 'image/png');
    await assert.rejects(store.put(key, two, 'image/png'));
    assert.deepEqual(await readdir(join(dir, 'media store', 'unfinished')), []);
  });

  it('follows no symbolic link inside the store, neither of a file nor of a folder', async () => {
    const store = await open();
    const root = join(dir, 'media store');
    const secret = join(dir, 'secret');
    await writeFile(secret, 'secret');
    const linked = newKey();
    await mkdir(dirname(join(root, linked)), { recursive: true });
    await symlink(secret, join(root, linked));
    await assert.rejects(store.read(linked));
    await assert.rejects(store.download(linked, join(dir, 'leak')));
    const inside = newKey();
    await mkdir(join(dir, 'outside'));
    await symlink(join(dir, 'outside'), dirname(join(root, inside)));
    await assert.rejects(store.put(inside, secret, 'image/png'), /symbolic link/);
    assert.deepEqual(await readdir(join(dir, 'outside')), []);
  });

  it('does not take a folder for an object', async () => {
    const store = await open();
    const key = newKey();
    await mkdir(join(dir, 'media store', key), { recursive: true });
    await assert.rejects(store.read(key), ObjectMissing);
    assert.equal(await store.stat(key), undefined);
  });

  it('leaves signing to the service', async () => {
    const store = await open();
    assert.equal(store.public, false);
    assert.equal(await store.signedUrl(newKey(), 60), undefined);
  });

  it('says in one sentence that its folder can not be used', async () => {
    await writeFile(join(dir, 'file'), '');
    await assert.rejects(openStore({ kind: 'local', dir: join(dir, 'file') }), SetupError);
  });
});
