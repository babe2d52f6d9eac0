import { randomUUID } from 'node:crypto';
import { access, link, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';

const folders = ['bodies', 'calls', 'frames', 'media', 'marks', 'tmp'] as const;
export type Folder = (typeof folders)[number];
export const sandboxFolders: readonly Folder[] = folders;

export const isErrno = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

async function writeSynced(file: string, data: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx');
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const temporary = (dir: string) => join(dir, 'tmp', `${process.pid}-${randomUUID()}`);

/** Puts a whole file in place, replacing what was there; it is on disk when the promise settles. */
export async function replaceFile(dir: string, folder: Folder, name: string, data: string | Uint8Array): Promise<void> {
  const draft = temporary(dir);
  await writeSynced(draft, data);
  await rename(draft, join(dir, folder, name));
  await syncFolder(join(dir, folder));
}

/** Puts a whole file in place unless the name is taken, by this or any other process; false where it is. */
export async function createFile(
  dir: string,
  folder: Folder,
  name: string,
  data: string | Uint8Array,
): Promise<boolean> {
  const draft = temporary(dir);
  await writeSynced(draft, data);
  try {
    await link(draft, join(dir, folder, name));
    await syncFolder(join(dir, folder));
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

export async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

export async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false;
    throw error;
  }
}

export const removeFile = (dir: string, folder: Folder, name: string): Promise<void> =>
  rm(join(dir, folder, name), { force: true });

/** Appends whole lines; lines asked for together share one write and one fsync. */
export function createAppender(file: string): (line: string) => Promise<void> {
  let queued: string[] = [];
  let flushing: Promise<void> | undefined;
  const flush = async () => {
    const lines = queued;
    queued = [];
    flushing = undefined;
    const handle = await open(file, 'a');
    try {
      await handle.appendFile(lines.join(''));
      await handle.datasync();
    } finally {
      await handle.close();
    }
  };
  let last: Promise<void> = Promise.resolve();
  return (line) => {
    queued.push(`${line}\n`);
    flushing ??= last = last.then(flush, flush);
    return flushing;
  };
}
