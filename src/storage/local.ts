import { randomUUID } from 'node:crypto';
import { constants, type ReadStream } from 'node:fs';
import {
  chmod,
  copyFile,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SetupError } from '../errors.ts';
import { fileDigest } from './digest.ts';
import { checkKeyAndType, contentTypeOfKey } from './keys.ts';
import { type ByteRange, ObjectConflict, ObjectMissing, type ObjectStore, type StoredObject } from './objectStore.ts';

const temporaryFolder = 'unfinished';
/** No copy takes this long: an older unfinished file belongs to a process that died. */
const orphanAgeMs = 60 * 60 * 1000;

const hasCode = (error: unknown, ...codes: string[]) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);

async function syncPath(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
}

/** Removes what processes that died left unfinished. */
async function sweepOrphans(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const age = Date.now() - ((await stat(file).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > orphanAgeMs) await rm(file, { force: true });
  }
}

/** The path of a key. Folders on the way must be real ones: a symbolic link inside the store is not followed. */
async function pathOf(root: string, key: string): Promise<string> {
  contentTypeOfKey(key);
  const folders = key.split('/').slice(0, -1);
  for (let depth = 1; depth <= folders.length; depth += 1) {
    const facts = await lstat(join(root, ...folders.slice(0, depth))).catch((error: unknown) => {
      if (!hasCode(error, 'ENOENT')) throw error;
    });
    if (facts && !facts.isDirectory())
      throw new Error(`A folder of ${key} is a symbolic link; the store does not follow it.`);
  }
  return join(root, key);
}

/** A hard link appears whole or not at all, and never replaces; file systems without them get a rename after a look. */
async function publish(finished: string, path: string): Promise<'stored' | 'taken'> {
  try {
    await link(finished, path);
    return 'stored';
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return 'taken';
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')) throw error;
    if (await stat(path).catch(() => undefined)) return 'taken';
    await rename(finished, path);
    return 'stored';
  }
}

/** The digest of a stored file, or nothing where it was deleted meanwhile. */
async function digestIfThere(path: string): Promise<string | undefined> {
  try {
    return await fileDigest(path, 'sha256');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Publishes, or tells whether what is there already has the same bytes; one that is deleted meanwhile makes room. */
async function holdsAfter(finished: string, path: string): Promise<boolean> {
  while ((await publish(finished, path)) === 'taken') {
    const there = await digestIfThere(path);
    if (there !== undefined) return there === (await fileDigest(finished, 'sha256'));
  }
  return true;
}

/** Finished files never change, so a second name is as good as a copy wherever the file system can give one. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  const plain = (await lstat(from)).isFile();
  const linked =
    plain &&
    (await link(from, to).then(
      () => true,
      () => false,
    ));
  if (!linked) await copyFile(from, to, constants.COPYFILE_FICLONE);
}

async function openObject(root: string, key: string): Promise<{ handle: FileHandle; sizeBytes: number }> {
  const path = await pathOf(root, key);
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((cause: unknown) => {
    if (hasCode(cause, 'ENOENT')) throw new ObjectMissing(key, { cause });
    throw cause;
  });
  const facts = await handle.stat();
  if (facts.isFile()) return { handle, sizeBytes: facts.size };
  await handle.close();
  throw new ObjectMissing(key);
}

async function put(root: string, key: string, file: string, contentType: string): Promise<StoredObject> {
  checkKeyAndType(key, contentType);
  const path = await pathOf(root, key);
  const unfinished = join(root, temporaryFolder, randomUUID());
  try {
    await linkOrCopy(file, unfinished);
    await chmod(unfinished, 0o600);
    await syncPath(unfinished);
    const made = await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const { size: sizeBytes } = await stat(unfinished);
    if (!(await holdsAfter(unfinished, path))) throw new ObjectConflict(`${key} holds other bytes already`);
    await syncPath(dirname(path));
    if (made) await syncPath(dirname(dirname(path)));
    return { key, sizeBytes, contentType: contentTypeOfKey(key) };
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function read(root: string, key: string, range?: ByteRange): Promise<ReadStream> {
  const { handle, sizeBytes } = await openObject(root, key);
  if (range && (range.start >= sizeBytes || range.end < range.start)) {
    await handle.close();
    throw new RangeError(`${key} has ${sizeBytes} bytes`);
  }
  return handle.createReadStream(range);
}

async function download(root: string, key: string, file: string): Promise<void> {
  const { handle } = await openObject(root, key);
  await handle.close();
  try {
    await linkOrCopy(await pathOf(root, key), file);
  } catch (cause) {
    await rm(file, { force: true });
    await stat(dirname(file));
    if (hasCode(cause, 'ENOENT')) throw new ObjectMissing(key, { cause });
    throw cause;
  }
}

async function statObject(root: string, key: string): Promise<StoredObject | undefined> {
  try {
    const { handle, sizeBytes } = await openObject(root, key);
    await handle.close();
    return { key, sizeBytes, contentType: contentTypeOfKey(key) };
  } catch (error) {
    if (error instanceof ObjectMissing) return undefined;
    throw error;
  }
}

async function remove(root: string, key: string): Promise<void> {
  await unlink(await pathOf(root, key)).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error;
  });
}

async function prepareRoot(dir: string): Promise<string> {
  try {
    await mkdir(join(dir, temporaryFolder), { recursive: true, mode: 0o700 });
    const root = await realpath(dir);
    await sweepOrphans(join(root, temporaryFolder));
    return root;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new SetupError(
      `The media folder ${resolve(dir)} can't be used: ${words}; make it writable or set DATA_DIR to another folder. / 无法使用媒体目录：请使其可写，或将 DATA_DIR 设为其他目录。`,
      {
        cause,
      },
    );
  }
}

/** Media on the local disk: an object is there whole and synced, or not there. The service itself serves it. */
export async function localStore({ dir }: { dir: string }): Promise<ObjectStore> {
  const root = await prepareRoot(dir);
  return {
    kind: 'local',
    public: false,
    direct: false,
    put: (key, file, contentType) => put(root, key, file, contentType),
    read: (key, range) => read(root, key, range),
    stat: (key) => statObject(root, key),
    download: (key, file) => download(root, key, file),
    remove: (key) => remove(root, key),
    signedUrl: async () => undefined,
    signedPut: async () => undefined,
  };
}
