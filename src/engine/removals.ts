import type { Knex } from 'knex';
import { claimRemovals, type RemovedFile, removalDone, removalFailed } from '../db/objectRemovals.ts';
import type { Log } from '../log.ts';

/** Deletes the bytes of a file, its thumbnail's too; deleting what is not there is a success. */
export type RemoveFile = (file: RemovedFile) => Promise<void>;

const atOnce = 50;

/** Removes what is due from the object store, however often that takes: a file that can't be removed now is tried again later. */
export async function removeDueFiles(db: Knex, { removeFile, log }: { removeFile: RemoveFile; log: Log }) {
  for (let files = await claimRemovals(db, atOnce); files.length > 0; files = await claimRemovals(db, atOnce)) {
    for (const file of files) await removeOne(db, file, { removeFile, log });
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
