import type { Knex } from 'knex';
import { scheduleOrphanRemoval } from '../db/objectRemovals.ts';
import type { ObjectStore } from '../storage/objectStore.ts';

const idsInKey = /^media\/([^/]+)\/([0-9a-f-]{36})/;

/**
 * The store as steps use it: each file is written down for removal, a day from now, before it is put there. The row that names the file
 * calls that off in the transaction that finishes the step; a file whose step never finishes goes.
 */
export const rememberedStore = (store: ObjectStore, db: Knex): ObjectStore => ({
  ...store,
  async put(key, file, contentType) {
    const [, userId, mediaId] = idsInKey.exec(key) ?? [];
    if (userId && mediaId) await scheduleOrphanRemoval(db, { storagePath: key, userId, mediaId });
    return store.put(key, file, contentType);
  },
});
