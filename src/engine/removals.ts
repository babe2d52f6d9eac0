import type { Knex } from 'knex';
import { claimRemovals, type RemovedFile, removalDone, removalFailed } from '../db/objectRemovals.ts';
import type { Log } from '../log.ts';

/** Deletes the bytes of a file, its thumbnail's too; deleting what is not there is a success. */
export type RemoveFile = (file: RemovedFile) => Promise<void>;

const atOnce = 50;

/**
 * Removes what is due from the object store, however often that takes, until it is over: a file that can't be removed now is tried again
 * later, and so is one that was claimed but not begun.
 */
export async function removeDueFiles(
  db: Knex,
  { removeFile, log, over }: { removeFile: RemoveFile; log: Log; over?: AbortSignal },
): Promise<void> {
  while (!over?.aborted) {
    const files = await claimRemovals(db, atOnce);
    if (files.length === 0) return;
    for (const file of files) {
      if (over?.aborted) return;
      await removeOne(db, file, { removeFile, log });
    }
  }
}

/** For a file whose removal was just committed: at once, and by the remover later where that fails. */
export async function removeOne(
  db: Knex,
  file: RemovedFile,
  { removeFile, log }: { removeFile: RemoveFile; log: Log },
): Promise<void> {
  try {
    await removeFile(file);
    await removalDone(db, file);
  } catch (error) {
    log.warn({ err: error, key: file.storagePath }, 'a deleted file could not be removed from the store; trying again');
    await removalFailed(db, file);
  }
}
