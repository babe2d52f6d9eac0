import { StoreAwayError } from '../engine/step.ts';
import { ObjectConflict, ObjectMissing, type ObjectStore } from '../storage/objectStore.ts';
import { isStorageAway } from '../storage/storageAway.ts';

/**
 * The store as steps use it, as far as it may be away: that is told apart from all other errors, so that its step waits, and the first
 * success after it, or of this process, ends the waiting of all. What was read is not known to be away before its last byte.
 */
export function noticedStore(store: ObjectStore, isBack: () => Promise<void>): ObjectStore {
  let mayBeAway = true;
  const noticed =
    <Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      const result = await work(...given).catch((error: unknown) => {
        if (!findsAway(error)) throw error;
        mayBeAway = true;
        throw new StoreAwayError(error);
      });
      if (mayBeAway) {
        mayBeAway = false;
        await isBack();
      }
      return result;
    };
  return {
    ...store,
    put: noticed(store.put),
    read: noticed(store.read),
    stat: noticed(store.stat),
    download: noticed(store.download),
  };
}

const findsAway = (error: unknown): boolean =>
  !(error instanceof ObjectConflict || error instanceof ObjectMissing) && isStorageAway(error);
