import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SetupError } from '../errors.ts';
import { setupFailure } from './setupFailure.ts';

/** Keeps held locks from being garbage collected, which would release them. */
const held = new Set<DatabaseSync>();

/** A killed owner may take a moment to be gone. */
const patienceMs = 500;
const sqliteBusy = 5;
const isBusy = (error: unknown) => error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;

function take(lock: DatabaseSync): void {
  lock.exec('PRAGMA journal_mode = memory; PRAGMA synchronous = off');
  lock.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${process.pid}; COMMIT; BEGIN IMMEDIATE`);
}

function holderOf(lock: DatabaseSync): string {
  const pid = lock.prepare('PRAGMA user_version').get()?.user_version;
  return pid ? ` (process ${pid})` : '';
}

/**
 * Makes this process the only owner of a data directory, until the returned function is called or the process is gone.
 * Node has no flock; SQLite's write lock is one that works everywhere, and the kernel lets go of it even after SIGKILL.
 */
export function lockDataDir(dataDir: string): () => void {
  const file = join(dataDir, 'postgres.lock');
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: patienceMs });
    take(lock);
  } catch (error) {
    const busy = lock !== undefined && isBusy(error);
    const holder = lock && busy ? holderOf(lock) : '';
    lock?.close();
    if (!busy) throw setupFailure(`The lock file ${file} can't be used`, error);
    throw new SetupError(
      `Another DirectorAI${holder} is using the data directory ${dataDir}; stop it first, or set DATA_DIR to another folder. / 另一个 DirectorAI 进程正在使用该数据目录：请先停止它，或将 DATA_DIR 设为其他目录。`,
      { cause: error },
    );
  }
  const taken = lock;
  held.add(taken);
  return () => {
    if (held.delete(taken)) taken.close();
  };
}
